import { Cluster, type Exposure } from '../../../analysis';
import { IMPLEMENTATIONS } from '../../../analysis/connectivity/exposure/implementations';
import { clusterOf, deployment, named, policy } from './manifests';

const API = 'gateway.networking.k8s.io/v1';
const web = deployment('shop/web', { app: 'web' }, named({ http: 8080 }));
const service = (path: string, app = 'web') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: path.split('/')[1], namespace: path.split('/')[0] },
  spec: { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
});

const gateway = (className: string, parts: object = {}) => ({
  apiVersion: API,
  kind: 'Gateway',
  metadata: { name: 'web', namespace: 'infra' },
  spec: {
    gatewayClassName: className,
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } }, ...parts }],
  },
});
const gatewayClass = (name: string, controllerName: string) => ({
  apiVersion: API,
  kind: 'GatewayClass',
  metadata: { name },
  spec: { controllerName },
});

const route = (rules: readonly object[], hostnames?: readonly string[]) => ({
  apiVersion: API,
  kind: 'HTTPRoute',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { parentRefs: [{ name: 'web', namespace: 'infra' }], ...(hostnames === undefined ? {} : { hostnames }), rules },
});
const toWeb = { backendRefs: [{ name: 'web', port: 80 }] };

const exposures = (objects: readonly object[], name?: string) =>
  clusterOf(objects, name === undefined ? {} : { controller: name }).exposures();
const first = (...given: Parameters<typeof exposures>) => exposures(...given)[0] as Exposure;
const rows = (objects: readonly object[]) =>
  exposures(objects).map(
    ({ host, path, service: by, to }) =>
      `${host ?? '*'}${path} ${by} ${to === null ? 'nothing' : `${to.namespace}/${to.name}`}`,
  );

/** Closes `shop/web` but for pods with some labels in a namespace. */
const closed = (namespace: string, labels: Record<string, string>) =>
  policy('shop/web', {
    podSelector: { matchLabels: { app: 'web' } },
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
            podSelector: { matchLabels: labels },
          },
        ],
      },
    ],
  });

describe('an HTTPRoute exposes', () => {
  test('the workloads that the Service behind a rule selects, at the port of their pods', () => {
    expect(first([web, service('shop/web'), gateway('istio'), route([toWeb], ['shop.example.com'])])).toEqual({
      via: { kind: 'HTTPRoute', namespace: 'shop', name: 'web' },
      host: 'shop.example.com',
      path: '/',
      service: 'web',
      servicePort: 80,
      to: { namespace: 'shop', kind: 'Deployment', name: 'web' },
      port: 8080,
      protocol: 'TCP',
      controller: { namespace: 'infra', workload: undefined, text: 'infra/web of Istio (assumed)' },
      reachable: true,
      why: 'no policy selects either end',
    });
  });

  test('none for what is called Service in another group', () => {
    const knative = { group: 'serving.knative.dev', kind: 'Service', name: 'web', port: 80 };
    expect(rows([web, service('shop/web'), gateway('istio'), route([{ backendRefs: [knative] }])])).toEqual([]);
  });

  test('one row for each hostname, path and backend, each once', () => {
    const canary = deployment('shop/canary', { app: 'canary' });
    const rules = [
      { matches: [{ path: { value: '/a' } }, { path: { value: '/b' } }], ...toWeb },
      { matches: [{ path: { value: '/a' }, headers: [{ name: 'x', value: 'y' }] }], ...toWeb },
      { backendRefs: [...toWeb.backendRefs, { name: 'canary', port: 80, weight: 0 }] },
      { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] },
    ];
    const objects = [web, canary, service('shop/web'), service('shop/canary', 'canary'), gateway('istio')];
    expect(rows([...objects, route(rules, ['x.test', 'y.test'])])).toEqual([
      'x.test/a web shop/web',
      'x.test/b web shop/web',
      'x.test/ web shop/web',
      'x.test/ canary shop/canary',
      'y.test/a web shop/web',
      'y.test/b web shop/web',
      'y.test/ web shop/web',
      'y.test/ canary shop/canary',
    ]);
    expect(rows([...objects, route([toWeb])])).toEqual(['*/ web shop/web']);
  });

  test('only by hostnames that a listener of its Gateway has', () => {
    const objects = [web, service('shop/web'), gateway('istio', { hostname: '*.x.test' })];
    expect(exposures([...objects, route([toWeb], ['a.x.test', 'a.y.test'])])).toMatchObject([
      { host: 'a.x.test', reachable: true },
      {
        host: 'a.y.test',
        reachable: false,
        why: 'Gateway infra/web does not take it: none of its listeners has this hostname',
      },
    ]);
    expect(rows([...objects, route([toWeb])])).toEqual(['*/ web shop/web']);
  });

  test('nothing where its Gateway does not take it', () => {
    const same = gateway('istio', { allowedRoutes: { namespaces: { from: 'Same' } } });
    expect(first([web, service('shop/web'), same, route([toWeb])])).toMatchObject({
      reachable: false,
      why: 'Gateway infra/web does not take it: listener "http" does not take it: it takes routes of the namespace infra only',
    });
    const none = { ...route([toWeb]), spec: { rules: [toWeb] } };
    expect(first([web, service('shop/web'), gateway('istio'), none])).toMatchObject({
      reachable: false,
      why: 'HTTPRoute is attached to no Gateway',
    });
  });

  test('the same if its Gateway is not among the manifests', () => {
    expect(first([web, service('shop/web'), route([toWeb])])).toMatchObject({
      controller: { text: 'infra/web of an unknown implementation (assumed)', namespace: 'infra' },
      reachable: true,
    });
  });

  test('Services of other namespaces, which need a ReferenceGrant', () => {
    const team = deployment('team/web', { app: 'web' });
    const elsewhere = route([{ backendRefs: [{ name: 'web', namespace: 'team', port: 80 }] }]);
    const objects = [web, team, service('team/web'), gateway('istio'), elsewhere];
    expect(first(objects)).toMatchObject({
      to: { namespace: 'team' },
      reachable: false,
      why: 'no ReferenceGrant in team lets HTTPRoutes of shop refer to Service web',
    });
    const grant = {
      apiVersion: API,
      kind: 'ReferenceGrant',
      metadata: { name: 'grant', namespace: 'team' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
        to: [{ group: '', kind: 'Service' }],
      },
    };
    expect(first([...objects, grant])).toMatchObject({ to: { namespace: 'team' }, reachable: true });
  });
});

describe('requests of a Gateway come from', () => {
  const objects = [web, service('shop/web'), route([toWeb])];
  const own = { 'gateway.networking.k8s.io/gateway-name': 'web' };
  const all = [
    ...objects,
    closed('infra', own),
    ...IMPLEMENTATIONS.map(({ controllerName }, index) => gatewayClass(`class-${index}`, controllerName)),
  ];

  test.each([
    ['Envoy Gateway', 'envoy-gateway-system', { 'gateway.envoyproxy.io/owning-gateway-name': 'web' }],
    ['Istio', 'infra', own],
    ['NGINX Gateway Fabric', 'infra', own],
    ['kgateway', 'infra', own],
    ['Contour', 'projectcontour', { app: 'envoy' }],
    ['Traefik', 'traefik', { 'app.kubernetes.io/name': 'traefik' }],
  ])('the pods that %s runs in the namespace %s', (name, namespace, labels) => {
    const index = IMPLEMENTATIONS.findIndex((one) => one.name === name);
    const cluster = (label: Record<string, string>) => [
      ...all.slice(0, 3),
      ...all.slice(4),
      closed(namespace, label),
      gateway(`class-${index}`),
    ];
    expect(first(cluster(labels))).toMatchObject({ reachable: true, controller: { namespace } });
    expect(first(cluster({ app: 'other' }))).toMatchObject({ reachable: false });
  });

  test('the class of that name where the GatewayClass is not among the manifests', () => {
    expect(first([...objects, gateway('eg')]).controller.text).toBe(
      'envoy-gateway-system/web of Envoy Gateway (assumed)',
    );
    expect(first([...objects, gateway('eg'), gatewayClass('eg', 'example.com/other')]).controller.text).toBe(
      'infra/web of an unknown implementation (assumed)',
    );
  });

  test('pods of the manifests with those labels', () => {
    const proxy = deployment('infra/proxy', { ...own, app: 'proxy' });
    expect(first([...all, gateway('istio'), proxy]).controller).toEqual({
      namespace: 'infra',
      workload: { namespace: 'infra', kind: 'Deployment', name: 'proxy' },
      text: 'infra/Deployment/proxy',
    });
    const elsewhere = deployment('other/proxy', { ...own, app: 'proxy' });
    expect(first([...all, gateway('istio'), elsewhere]).controller.workload).toBeUndefined();
  });

  test('the node under Cilium, where only a rule for everybody lets them through', () => {
    expect(first([...all, gateway('cilium')])).toMatchObject({ reachable: false });
    const open = policy('shop/web', { podSelector: {}, ingress: [{}] });
    expect(first([...objects, open, gateway('cilium')])).toMatchObject({
      reachable: true,
      controller: { text: 'kube-system/web of Cilium, on the node (assumed)' },
    });
  });

  test('the workload that is named', () => {
    const proxy = deployment('edge/proxy', { app: 'proxy' });
    expect(first([...all, gateway('istio'), proxy], 'edge/proxy')).toMatchObject({
      reachable: false,
      controller: { text: 'edge/Deployment/proxy' },
    });
  });
});

describe('routes of other kinds expose', () => {
  const of = (kind: string, rule: object, more: object = {}) => ({
    apiVersion: kind === 'GRPCRoute' ? API : 'gateway.networking.k8s.io/v1alpha2',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: { parentRefs: [{ name: 'web', namespace: 'infra' }], ...more, rules: [{ ...rule, ...toWeb }] },
  });
  const objects = [web, service('shop/web')];

  test('GRPCRoute: its methods are paths', () => {
    const matches = [{ method: { service: 'shop.Cart', method: 'Get' } }, { method: { service: 'shop.Cart' } }];
    expect(rows([...objects, gateway('istio'), of('GRPCRoute', { matches }, { hostnames: ['a.test'] })])).toEqual([
      'a.test/shop.Cart/Get web shop/web',
      'a.test/shop.Cart/ web shop/web',
    ]);
    expect(rows([...objects, gateway('istio'), of('GRPCRoute', {})])).toEqual(['*/ web shop/web']);
  });

  test.each([
    ['TLSRoute', { protocol: 'TLS', port: 443, tls: { mode: 'Passthrough' } }, { hostnames: ['a.test'] }, 'a.test'],
    ['TCPRoute', { protocol: 'TCP', port: 5432 }, {}, null],
  ])('%s: there are no paths', (kind, listener, more, host) => {
    expect(exposures([...objects, gateway('istio', listener), of(kind, {}, more)])).toMatchObject([
      { via: { kind }, host, path: null, servicePort: 80, port: 8080, protocol: 'TCP', reachable: true },
    ]);
  });

  test('UDPRoute: of two protocols of one number it leads to UDP', () => {
    const both = {
      ...service('shop/web'),
      spec: {
        selector: { app: 'web' },
        ports: [
          { name: 'tcp', port: 80 },
          { name: 'udp', port: 80, protocol: 'UDP', targetPort: 53 },
        ],
      },
    };
    expect(exposures([web, both, gateway('istio', { protocol: 'UDP' }), of('UDPRoute', {})])).toMatchObject([
      { port: 53, protocol: 'UDP', reachable: true },
    ]);
  });

  test('nothing where the protocol of the listener is another', () => {
    expect(exposures([...objects, gateway('istio'), of('TCPRoute', {})])).toMatchObject([
      {
        reachable: false,
        why: 'Gateway infra/web does not take it: listener "http" does not take it: the protocol HTTP has no TCPRoutes',
      },
    ]);
  });
});

describe('of a load balancer', () => {
  const fromBlock = (cidr: string) =>
    policy('shop/web', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }], ports: [{ port: 8080 }] }] });
  const objects = [web, service('shop/web'), route([toWeb])];

  test('of which addresses are known, these have to be let in', () => {
    const ask = (cidr: string) => first([...objects, gateway('gke-l7-global-external-managed'), fromBlock(cidr)]);
    expect(ask('35.191.0.0/16').reachable).toBeNull();
    expect(ask('0.0.0.0/0').reachable).toBe(true);
    expect(ask('10.0.0.0/8')).toMatchObject({
      reachable: false,
      why: 'NetworkPolicy shop/web lets addresses in, but none of those of the Google Cloud load balancer',
    });
  });
});

test('fails with what an API server refuses of routes', () => {
  const wrong = route([{ backendRefs: [{ name: 'web' }] }]);
  expect(Cluster.from([wrong]).problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'bad-route HTTPRoute shop/web: spec.rules[0].backendRefs[0].port is missing; give the number of a port of the Service',
  ]);
});

test('a route of one protocol does not lead to the port of a Service for another', () => {
  const udp = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'UDPRoute',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { parentRefs: [{ name: 'web', namespace: 'infra' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  };
  expect(first([web, service('shop/web'), udp])).toMatchObject({
    protocol: 'UDP',
    port: null,
    reachable: false,
    why: 'Service shop/web has no port 80 of UDP, only of TCP',
  });
});
