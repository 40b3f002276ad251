import type { Exposure } from '../../../analysis';
import { app, clusterOf, deployment, named, namespace, policy } from './manifests';

const web = deployment('shop/web', { app: 'web' }, named({ http: 8080 }));

function service(name: string, spec: object): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec };
}
const webService = (more: object = {}) =>
  service('web', { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...more });

function ingress(className: string): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { ingressClassName: className, defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  };
}
const ingressClass = (name: string, controller: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller },
});

const exposures = (...objects: object[]) => clusterOf([web, ...objects]).exposures();
const first = (...objects: object[]): Exposure => exposures(...objects)[0] as Exposure;

const allow = (...from: object[]) =>
  policy('shop/web', { ...app('web'), ingress: [{ from, ports: [{ port: 8080 }] }] });
const block = (cidr: string, except: string[] = []) => ({ ipBlock: { cidr, except } });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const deny = policy('shop/web', app('web'));

describe('a Service is exposed by itself', () => {
  test('of type LoadBalancer, NodePort, or with external addresses', () => {
    expect(exposures(webService())).toEqual([]);
    for (const spec of [{ type: 'LoadBalancer' }, { type: 'NodePort' }, { externalIPs: ['192.0.2.1'] }]) {
      expect(exposures(webService(spec))).toEqual([
        {
          via: { kind: 'Service', namespace: 'shop', name: 'web' },
          host: null,
          path: null,
          service: 'web',
          servicePort: 80,
          to: { namespace: 'shop', kind: 'Deployment', name: 'web' },
          port: 8080,
          protocol: 'TCP',
          controller: {
            namespace: undefined,
            workload: undefined,
            text: `clients outside, by ${'type' in spec ? spec.type : 'externalIPs'}`,
          },
          reachable: true,
          why: 'no policy selects the pods',
        },
      ]);
    }
  });

  test.each([
    [
      { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24', '192.0.2.0/24'] },
      'LoadBalancer from 192.0.2.0/24, 203.0.113.0/24',
    ],
    [{ type: 'NodePort', loadBalancerSourceRanges: ['203.0.113.0/24'] }, 'NodePort'],
    [{ type: 'NodePort', externalIPs: ['192.0.2.1'] }, 'NodePort and externalIPs'],
  ])('to those who are let in: %j', (spec, by) => {
    expect(first(webService(spec)).controller.text).toBe(`clients outside, by ${by}`);
  });

  test('once for each port', () => {
    const ports = [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' },
    ];
    expect(
      exposures(webService({ type: 'NodePort', ports })).map(({ port, protocol }) => `${protocol} ${port}`),
    ).toEqual(['UDP 53', 'TCP 53']);
  });

  test('where its selector meets no pod, to nothing', () => {
    expect(exposures(webService({ type: 'LoadBalancer', selector: { app: 'wbe' } }))).toMatchObject([
      { to: null, port: null, reachable: false, why: 'Service shop/web selects no pod of the manifests (app=wbe)' },
    ]);
  });

  const balancer = (more: object = {}) => webService({ type: 'LoadBalancer', ...more });
  test.each([
    ['a policy without rules stops everybody', deny, balancer(), false],
    ['pods alone let in no address', allow({ podSelector: {} }), balancer(), false],
    ['all of IPv4 lets everybody in', allow(block('0.0.0.0/0')), balancer(), true],
    ['all of IPv6 lets everybody in', allow(block('::/0')), balancer(), true],
    ['two halves are all', allow(block('0.0.0.0/1'), block('128.0.0.0/1')), balancer(), true],
    ['some addresses are not decided: a node may show its own', allow(block('203.0.113.0/24')), balancer(), null],
    [
      'some addresses are let in where their own are kept',
      allow(block('203.0.113.0/24')),
      balancer({ externalTrafficPolicy: 'Local' }),
      true,
    ],
    [
      'the source ranges of the Service are all who come',
      allow(block('203.0.113.0/24')),
      balancer({ loadBalancerSourceRanges: ['203.0.113.0/28'] }),
      true,
    ],
    [
      'source ranges that are not let in are stopped where their own are kept',
      allow(block('203.0.113.0/24')),
      balancer({ loadBalancerSourceRanges: ['198.51.100.0/24'], externalTrafficPolicy: 'Local' }),
      false,
    ],
  ])('%s', (_, rule, spec, reachable) => {
    expect(first(spec, rule).reachable).toBe(reachable);
  });
});

describe('an Ingress of a load balancer', () => {
  const alb = (...objects: object[]) => first(webService(), ingress('alb'), ...objects);

  test('is reached from addresses of the network, which a policy lets in as a block', () => {
    const found = alb(allow(block('10.0.0.0/16')));
    expect(found.controller).toEqual({
      namespace: undefined,
      workload: undefined,
      text: 'the AWS Application Load Balancer',
    });
    // Nobody knows whether it stands in that block.
    expect(found.reachable).toBeNull();
    expect(found.why).toBe(
      'NetworkPolicy shop/web lets the addresses of its ipBlock in (ingress rule 1); whether those of the AWS Application Load Balancer are among them is not in the manifests',
    );
  });

  test('is not reached where no address is let in', () => {
    expect(alb(deny).reachable).toBe(false);
    expect(alb(allow(inNamespace('ingress-nginx'))).reachable).toBe(false);
    expect(alb().reachable).toBe(true);
  });

  test('is not decided where the block is not of such a network', () => {
    expect(alb(allow(block('203.0.113.0/24'))).reachable).toBeNull();
  });

  test('is known by its IngressClass whatever its name', () => {
    const objects = [webService(), ingress('public'), allow(block('10.0.0.0/16'))];
    expect(first(...objects, ingressClass('public', 'ingress.k8s.aws/alb')).reachable).toBeNull();
    expect(first(webService(), ingress('alb'), ingressClass('alb', 'example.com/x')).controller.text).toBe(
      'whoever serves the class "alb"',
    );
  });

  test('of Google comes from addresses that are known', () => {
    const gce = (...from: object[]) => first(webService(), ingress('gce'), allow(...from)).reachable;
    expect(gce(block('35.191.0.0/16'), block('130.211.0.0/22'))).toBe(true);
    expect(gce(block('10.0.0.0/8'))).toBe(false);
  });
});

describe('an Ingress of an unknown class', () => {
  const unknown = (...objects: object[]) => first(webService(), ingress('edge'), ...objects);

  test('is not decided where policies let some in', () => {
    expect(unknown(allow(inNamespace('edge')))).toMatchObject({
      reachable: null,
      why: 'NetworkPolicy shop/web lets some in; whether whoever serves the class "edge" is among them can\'t be told',
    });
    expect(unknown(allow(block('10.0.0.0/8'))).reachable).toBeNull();
  });

  test('is decided where policies let in everybody, or nobody', () => {
    expect(unknown().reachable).toBe(true);
    expect(unknown(policy('shop/web', { ...app('web'), ingress: [{}] })).reachable).toBe(true);
    expect(unknown(deny).reachable).toBe(false);
    const otherPort = policy('shop/web', { ...app('web'), ingress: [{ ports: [{ port: 9090 }] }] });
    expect(unknown(otherPort).reachable).toBe(false);
  });
});

describe('an Ingress of another controller', () => {
  test('comes from the pods that run it', () => {
    const traefik = deployment('edge/proxy', { 'app.kubernetes.io/name': 'traefik' });
    const found = first(webService(), ingress('traefik'), traefik, allow(inNamespace('edge')));
    expect(found).toMatchObject({ reachable: true, controller: { text: 'edge/Deployment/proxy' } });
    expect(first(webService(), ingress('traefik'), traefik, allow(inNamespace('traefik'))).reachable).toBe(false);
  });

  test('that no manifest shows may be installed otherwise: closed to the usual pods alone is not decided', () => {
    const ask = (...objects: object[]) => first(webService(), ingress('traefik'), ...objects);
    expect(ask(allow(inNamespace('traefik')))).toMatchObject({
      reachable: true,
      controller: { text: 'traefik/Traefik (assumed)' },
    });
    expect(ask(allow(inNamespace('kube-system'))).reachable).toBeNull();
    expect(ask(deny).reachable).toBe(false);
  });
});

describe('a Route of OpenShift', () => {
  const route = (spec: object) => ({
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { host: 'shop.example.com', to: { kind: 'Service', name: 'web' }, ...spec },
  });

  test('exposes the workloads of its Services', () => {
    const other = service('other', { selector: { app: 'other' }, ports: [{ port: 80 }] });
    const alternateBackends = [{ kind: 'Service', name: 'other' }];
    expect(
      exposures(
        webService(),
        other,
        deployment('shop/other', { app: 'other' }),
        route({ path: '/a', alternateBackends }),
      ),
    ).toMatchObject([
      {
        via: { kind: 'Route' },
        host: 'shop.example.com',
        path: '/a',
        servicePort: 80,
        to: { name: 'web' },
        port: 8080,
      },
      { to: { name: 'other' }, port: 80 },
    ]);
  });

  test('asks for a port by its name, or by the number that the pods have', () => {
    const ports = [
      { name: 'metrics', port: 9090 },
      { name: 'http', port: 80, targetPort: 8080 },
    ];
    for (const targetPort of ['http', 8080]) {
      expect(first(webService({ ports }), route({ port: { targetPort } }))).toMatchObject({ port: 8080 });
    }
    expect(first(webService({ ports }), route({})).port).toBe(9090);
    expect(first(webService({ ports }), route({ port: { targetPort: 81 } })).why).toBe(
      'Service shop/web has no port that leads to 81',
    );
  });

  test('of which TLS is passed through has no path', () => {
    expect(first(webService(), route({ tls: { termination: 'passthrough' } })).path).toBeNull();
  });

  test('is let in by the labels that the namespace of the router always has', () => {
    const peer = { namespaceSelector: { matchLabels: { 'network.openshift.io/policy-group': 'ingress' } } };
    expect(first(webService(), route({}), allow(peer))).toMatchObject({
      reachable: true,
      controller: { namespace: 'openshift-ingress', text: 'openshift-ingress/the OpenShift router (assumed)' },
    });
    expect(first(webService(), route({}), allow(peer), namespace('openshift-ingress')).reachable).toBeNull();
    expect(first(webService(), route({}), deny).reachable).toBe(false);
  });
});
