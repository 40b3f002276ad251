import { App, Chart, Yaml } from 'cdk8s';
import { AwsLoadBalancerScheme, ExposedService, Exposure, PathType, Tls, TrafficPolicy } from '../../constructs';
import type { Fields } from '../helpers/fields';
import { find, objectsOf, refusal } from '../helpers/synth';

const IMAGE = { image: 'registry.example/shop:1.4', port: 8080 };
const exposed = (exposure?: Exposure) => (chart: Chart) =>
  void new ExposedService(chart, 'shop', { ...IMAGE, exposure });
const serviceOf = (exposure?: Exposure): Fields => find(objectsOf(exposed(exposure)), 'Service', 'shop');
const ingressOf = (exposure: Exposure, name = 'shop'): Fields => find(objectsOf(exposed(exposure)), 'Ingress', name);
/** All that is made besides the Deployment. */
const yamlOf = (exposure?: Exposure) =>
  Yaml.stringify(...objectsOf(exposed(exposure)).filter(({ kind }) => kind !== 'Deployment'));

const ALL: [string, Exposure | undefined][] = [
  ['nothing said', undefined],
  ['clusterInternal', Exposure.clusterInternal()],
  ['clusterInternal with an address', Exposure.clusterInternal({ clusterIp: '10.0.171.239' })],
  ['clusterInternal without an address', Exposure.clusterInternal({ clusterIp: 'None' })],
  ['nodePort', Exposure.nodePort()],
  [
    'nodePort with every setting',
    Exposure.nodePort({ nodePort: 30080, clusterIp: 'fd00::1', externalTrafficPolicy: TrafficPolicy.LOCAL }),
  ],
  ['loadBalancer', Exposure.loadBalancer()],
  [
    'loadBalancer with every setting',
    Exposure.loadBalancer({
      clusterIp: '10.0.171.239',
      nodePort: 30080,
      externalTrafficPolicy: TrafficPolicy.CLUSTER,
      sourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
      annotations: { 'example.com/kind': 'plain' },
    }),
  ],
  ['awsNetworkLoadBalancer', Exposure.awsNetworkLoadBalancer()],
  [
    'awsNetworkLoadBalancer with every setting',
    Exposure.awsNetworkLoadBalancer({
      clusterIp: '10.0.171.239',
      nodePort: 30080,
      externalTrafficPolicy: TrafficPolicy.LOCAL,
      sourceRanges: ['192.0.2.0/24'],
      scheme: AwsLoadBalancerScheme.INTERNAL,
      annotations: { 'example.com/team': 'shop' },
    }),
  ],
  ['ingress', Exposure.ingress({ host: 'shop.example.com' })],
  [
    'ingress with every setting',
    Exposure.ingress({
      host: '*.example.com',
      path: '/shop',
      pathType: PathType.EXACT,
      tls: Tls.secret('shop-tls'),
      httpsOnly: true,
      className: 'internal',
      ingressName: 'shop-ing',
      annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' },
    }),
  ],
  ['nodePort and ingress', Exposure.nodePort().and(Exposure.ingress({ host: 'shop.example.com' }))],
];

describe('the objects of', () => {
  test.each(ALL)('%s', (_, exposure) => {
    expect(yamlOf(exposure)).toMatchSnapshot();
  });
});

const METADATA = { name: 'shop', labels: { app: 'shop' } };
const SPEC = { selector: { app: 'shop' }, ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP' }] };

describe('the Service', () => {
  test('is for the cluster alone by default', () => {
    expect(serviceOf()).toEqual({ apiVersion: 'v1', kind: 'Service', metadata: METADATA, spec: SPEC });
    expect(serviceOf(Exposure.clusterInternal())).toEqual(serviceOf());
    expect(serviceOf(Exposure.ingress({ host: 'shop.example.com' }))).toEqual(serviceOf());
  });

  test('may be headless', () => {
    expect(serviceOf(Exposure.clusterInternal({ clusterIp: 'None' })).spec).toEqual({ ...SPEC, clusterIP: 'None' });
  });

  test('may be on a port of every node', () => {
    expect(serviceOf(Exposure.nodePort({ nodePort: 30080 })).spec).toEqual({
      ...SPEC,
      type: 'NodePort',
      ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP', nodePort: 30080 }],
    });
    expect(serviceOf(Exposure.nodePort()).spec).toEqual({ ...SPEC, type: 'NodePort' });
  });

  test('of lesson 1: a load balancer, port 80 to 9376, with a cluster IP', () => {
    const objects = objectsOf(
      (chart) =>
        void new ExposedService(chart, 'my-service', {
          image: 'registry.example/shop:1.4',
          port: 9376,
          servicePort: 80,
          exposure: Exposure.loadBalancer({ clusterIp: '10.0.171.239' }),
        }),
    );
    expect(find(objects, 'Service', 'my-service').spec).toEqual({
      type: 'LoadBalancer',
      clusterIP: '10.0.171.239',
      selector: { app: 'my-service' },
      ports: [{ port: 80, targetPort: 9376, protocol: 'TCP' }],
    });
  });

  test('of a load balancer lets only some addresses in', () => {
    const sourceRanges = ['192.0.2.0/24'];
    expect(serviceOf(Exposure.loadBalancer({ sourceRanges })).spec).toEqual({
      ...SPEC,
      type: 'LoadBalancer',
      loadBalancerSourceRanges: sourceRanges,
    });
  });

  const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
  const ANNOTATIONS = {
    [`${NLB}type`]: 'nlb',
    [`${NLB}backend-protocol`]: 'tcp',
    [`${NLB}cross-zone-load-balancing-enabled`]: 'true',
  };

  test('is a Network Load Balancer of AWS by annotation', () => {
    const { metadata, spec } = serviceOf(Exposure.awsNetworkLoadBalancer());
    expect(metadata).toEqual({ ...METADATA, annotations: ANNOTATIONS });
    expect(spec).toEqual({ ...SPEC, type: 'LoadBalancer' });
  });

  test.each([
    [AwsLoadBalancerScheme.INTERNAL, { [`${NLB}scheme`]: 'internal', [`${NLB}internal`]: 'true' }],
    [AwsLoadBalancerScheme.INTERNET_FACING, { [`${NLB}scheme`]: 'internet-facing' }],
  ])('of AWS is %s for both controllers that read the annotations', (scheme, own) => {
    const { metadata } = serviceOf(Exposure.awsNetworkLoadBalancer({ scheme }));
    expect(metadata.annotations).toEqual({ ...ANNOTATIONS, ...own });
  });

  test('of AWS has the annotations that a person adds beside its own', () => {
    const added = { 'example.com/team': 'shop' };
    const { metadata } = serviceOf(Exposure.awsNetworkLoadBalancer({ annotations: added }));
    expect(metadata.annotations).toEqual({ ...ANNOTATIONS, ...added });
  });
});

describe('the Ingress', () => {
  const rule = (host: string, path: string, pathType: string) => ({
    host,
    http: { paths: [{ path, pathType, backend: { service: { name: 'shop', port: { number: 8080 } } } }] },
  });

  test('leads a host to the Service', () => {
    expect(ingressOf(Exposure.ingress({ host: 'shop.example.com' }))).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop' },
      spec: { ingressClassName: 'nginx', rules: [rule('shop.example.com', '/', 'Prefix')] },
    });
  });

  test('has HTTPS by a Secret for its host, and forces HTTP to it', () => {
    const exposure = Exposure.ingress({ host: 'shop.example.com', tls: Tls.secret('shop-tls'), httpsOnly: true });
    expect(ingressOf(exposure)).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop', annotations: { 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' } },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
        rules: [rule('shop.example.com', '/', 'Prefix')],
      },
    });
  });

  test('has the annotations that a person adds beside its own', () => {
    const added = { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m', 'example.com/team': 'shop' };
    const exposure = Exposure.ingress({ host: 'shop.example.com', httpsOnly: true, annotations: added });
    expect(ingressOf(exposure).metadata.annotations).toEqual({
      ...added,
      'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true',
    });
  });

  test('says nothing of HTTPS unless it is asked to', () => {
    const exposure = Exposure.ingress({ host: 'shop.example.com', httpsOnly: false, annotations: {} });
    expect(ingressOf(exposure).metadata).toEqual({ name: 'shop' });
  });

  test.each([
    ['of one exposure', (chart: Chart) => exposed(a().and(b()))(chart)],
    [
      'of two',
      (chart: Chart) => {
        new ExposedService(chart, 'shop', { ...IMAGE, exposure: a() }).expose(b());
      },
    ],
  ])('may be one of several, %s', (_, make) => {
    const hosts = objectsOf(make)
      .filter(({ kind }) => kind === 'Ingress')
      .map(({ metadata, spec }) => `${metadata.name} ${spec.rules[0].host}`);
    expect(hosts).toEqual(['shop a.example.com', 'shop-b b.example.com']);
  });
});

const a = () => Exposure.ingress({ host: 'a.example.com' });
const b = () => Exposure.ingress({ host: 'b.example.com', ingressName: 'shop-b' });

const js = (value: unknown) => value as never;
const NAME = 'use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends';
const ADDRESS = 'give an address such as "10.100.0.20", or "None"';
const HOST = 'give a DNS name in lower case such as "shop.example.com" or "*.example.com"';
const PREFIX = 'nginx.ingress.kubernetes.io/';
const ingress = (props: object) => Exposure.ingress(js({ host: 'shop.example.com', ...props }));

/** Exposures, some of values that only JavaScript lets through, and all that is wrong with them. */
const REFUSED: [string, unknown, string][] = [
  [
    'text in the place of an exposure',
    'ingress',
    `exposure is "ingress"; give an Exposure such as Exposure.ingress({ host: 'shop.example.com' })`,
  ],
  ['null for settings', Exposure.nodePort(js(null)), `exposure is null; give an object such as { key: 'value' }`],
  [
    'null for settings of a load balancer',
    Exposure.loadBalancer(js(null)),
    `exposure is null; give an object such as { key: 'value' }`,
  ],
  [
    'null for settings of no exposure at all',
    Exposure.clusterInternal(js(null)),
    `exposure is null; give an object such as { key: 'value' }`,
  ],
  [
    'an unknown setting',
    Exposure.clusterInternal(js({ nodePort: 30080 })),
    'exposure.nodePort is not known; give clusterIp',
  ],
  [
    'a host name for an address',
    Exposure.clusterInternal({ clusterIp: 'shop' }),
    `exposure.clusterIp is "shop"; ${ADDRESS}`,
  ],
  [
    'a block for an address',
    Exposure.clusterInternal({ clusterIp: '10.0.0.0/8' }),
    `exposure.clusterIp is "10.0.0.0/8"; ${ADDRESS}`,
  ],
  [
    'a node port without an address',
    Exposure.nodePort({ clusterIp: 'None' }),
    'exposure.clusterIp is "None"; only Exposure.clusterInternal can be without an address of its own',
  ],
  ['a node port of 0', Exposure.nodePort({ nodePort: 0 }), 'exposure.nodePort is 0; give an integer from 1 to 65535'],
  [
    'an unknown traffic policy',
    Exposure.nodePort({ externalTrafficPolicy: js('local') }),
    'exposure.externalTrafficPolicy is "local"; give one of "Cluster", "Local"',
  ],
  [
    'no source range',
    Exposure.loadBalancer({ sourceRanges: [] }),
    'exposure.sourceRanges is empty; give a list such as ["203.0.113.0/24"], or leave it out',
  ],
  [
    'a source range that is no list',
    Exposure.loadBalancer({ sourceRanges: js(8) }),
    'exposure.sourceRanges is 8; give a list such as ["203.0.113.0/24"], or leave it out',
  ],
  [
    'an address for a source range',
    Exposure.loadBalancer({ sourceRanges: ['192.0.2.1'] }),
    'exposure.sourceRanges[0] is "192.0.2.1"; give a block such as "192.0.2.1/32"',
  ],
  [
    'annotations as a list',
    Exposure.loadBalancer({ annotations: js([]) }),
    `exposure.annotations is a list; give an object such as { key: 'value' }`,
  ],
  [
    'an annotation that is no text',
    Exposure.loadBalancer({ annotations: js({ 'example.com/a': 1 }) }),
    'exposure.annotations: "example.com/a" is 1; an annotation is text, write "1"',
  ],
  [
    'an annotation that the exposure sets',
    Exposure.awsNetworkLoadBalancer({
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' },
    }),
    'exposure.annotations: "service.beta.kubernetes.io/aws-load-balancer-type" is "external"; the exposure sets it, leave it out',
  ],
  [
    'an unknown scheme',
    Exposure.awsNetworkLoadBalancer({ scheme: js('public') }),
    'exposure.scheme is "public"; give one of "internet-facing", "internal"',
  ],
  [
    'a scheme where there is none',
    Exposure.loadBalancer(js({ scheme: 'internal' })),
    'exposure.scheme is not known; give clusterIp, nodePort, externalTrafficPolicy, sourceRanges, annotations',
  ],
  ['no host', Exposure.ingress(js(undefined)), 'exposure.host is missing'],
  [
    'a host with a scheme',
    ingress({ host: 'https://a.test' }),
    'exposure.host is "https://a.test"; leave out the scheme "https://"',
  ],
  ['a host with a port', ingress({ host: 'a.test:80' }), 'exposure.host is "a.test:80"; leave out the port'],
  [
    'a host with a path',
    ingress({ host: 'a.test/x' }),
    'exposure.host is "a.test/x"; leave out the path, which is a value of its own',
  ],
  ['an address', ingress({ host: '10.0.0.1' }), `exposure.host is "10.0.0.1"; an IP address cannot be a host, ${HOST}`],
  ['a host with a capital', ingress({ host: 'Shop.test' }), `exposure.host is "Shop.test"; ${HOST}`],
  ['a wildcard within', ingress({ host: 'a.*.test' }), `exposure.host is "a.*.test"; ${HOST}`],
  ['a path without slash', ingress({ path: 'shop' }), 'exposure.path is "shop"; a path begins with "/"'],
  [
    'a path with a query',
    ingress({ path: '/a?b' }),
    'exposure.path is "/a?b"; give a path without query, spaces, quotes, braces and ";"',
  ],
  [
    'a path that nginx never sees',
    ingress({ path: '/a//b' }),
    'exposure.path is "/a//b"; nginx merges "//" into "/", so this path is never matched',
  ],
  [
    'an unknown path type',
    ingress({ pathType: 'prefix' }),
    'exposure.pathType is "prefix"; give one of "Prefix", "Exact", "ImplementationSpecific"',
  ],
  [
    'a Secret by its name alone',
    ingress({ tls: 'shop-tls' }),
    'exposure.tls is "shop-tls"; give Tls.secret(name) or Tls.certManager(issuer)',
  ],
  [
    'a Secret with a space',
    ingress({ tls: Tls.secret('a b') }),
    `the name of the Secret of exposure.tls is "a b"; ${NAME}`,
  ],
  ['text for a switch', ingress({ httpsOnly: 'yes' }), 'exposure.httpsOnly is "yes"; give true or false'],
  ['a class with a space', ingress({ className: 'a b' }), `exposure.className is "a b"; ${NAME}`],
  ['a name with a capital', ingress({ ingressName: 'Shop' }), `exposure.ingressName is "Shop"; ${NAME}`],
  [
    'an annotation that the library writes',
    ingress({ annotations: { [`${PREFIX}force-ssl-redirect`]: 'true' } }),
    `exposure.annotations: "${PREFIX}force-ssl-redirect" is "true"; leave it out and set httpsOnly of the exposure`,
  ],
  [
    'a controller by its name',
    ingress({ controller: 'ingress-nginx' }),
    'exposure.controller is "ingress-nginx"; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)',
  ],
  [
    'two kinds of Service at once',
    Exposure.nodePort().and(Exposure.loadBalancer()),
    'exposure joins nodePort and loadBalancer; a Service is one of them, make another ExposedService of it',
  ],
  [
    'nothing to join',
    Exposure.nodePort().and(js(undefined)),
    'exposure.and is undefined; give an Exposure such as Exposure.ingress({ host })',
  ],
  [
    'a mistake in the second of two, which is named',
    Exposure.nodePort().and(ingress({ path: 'shop' })),
    'exposure.ingress.path is "shop"; a path begins with "/"',
  ],
  [
    'two Ingresses of one name',
    Exposure.ingress({ host: 'a.example.com' }).and(Exposure.ingress({ host: 'b.example.com' })),
    'exposure makes the Ingress "shop" a second time; give it another name, by ingressName',
  ],
];

describe('fails before anything is made, for', () => {
  test.each(REFUSED)('%s', (_, exposure, problem) => {
    expect(refusal(exposed(exposure as Exposure))).toBe(`shop/shop: ${problem}`);
  });
});

describe('expose fails and leaves the service as it was, for', () => {
  const MORE: [string, unknown, string][] = [
    ...REFUSED.slice(0, 1),
    ['a path without slash', ingress({ path: 'shop' }), 'exposure.path is "shop"; a path begins with "/"'],
    [
      'a kind of Service, which is there already',
      Exposure.loadBalancer(),
      'exposure is loadBalancer; the Service is there already, set its type where it is made',
    ],
    [
      'an Ingress of a name that is taken',
      Exposure.ingress({ host: 'b.example.com' }),
      'exposure makes the Ingress "shop" a second time; give it another name, by ingressName',
    ],
  ];

  test.each(MORE)('%s', (_, exposure, problem) => {
    const chart = new Chart(new App(), 'shop');
    const service = new ExposedService(chart, 'shop', { ...IMAGE, exposure: a() });
    const before = chart.toJson();
    expect(() => service.expose(exposure as Exposure)).toThrow(new Error(`shop/shop: ${problem}`));
    expect(chart.toJson()).toEqual(before);
  });
});
