import { Chart, Yaml } from 'cdk8s';
import { Cluster, peerText, portsText, readManifests } from '../../../analysis';
import { IMPLEMENTATIONS } from '../../../analysis/connectivity/exposure/implementations';
import {
  AcmeSolver,
  CanaryIngress,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  Gateway,
  GatewayImplementation,
  type GatewayProps,
  type IGateway,
  Issuer,
  Peer,
  Tls,
} from '../../../constructs';
import { failureOf, frontendOf, IMAGE, messageOf, objectsOf, type Parts, parts } from './apps';

const KNOWN: [string, GatewayImplementation][] = [
  ['Envoy Gateway', GatewayImplementation.ENVOY_GATEWAY],
  ['Istio', GatewayImplementation.ISTIO],
  ['NGINX Gateway Fabric', GatewayImplementation.NGINX_GATEWAY_FABRIC],
  ['kgateway', GatewayImplementation.KGATEWAY],
  ['Contour', GatewayImplementation.CONTOUR],
  ['Traefik', GatewayImplementation.TRAEFIK],
];

/** An app with a service that a Gateway exposes in a namespace that is closed for connections in and out. */
function closed(props: GatewayProps, make: (all: Parts, gateway: IGateway) => void = frontendOf): Parts {
  const all = parts();
  const gateway = new Gateway(all.infra, 'web', props);
  make(all, gateway);
  new DefaultDenyNamespace(all.shop, 'namespace', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
  return all;
}

/** What is known of who gets to the Pods, with a stranger around. */
function clusterOf(all: Parts): Cluster {
  new ExposedService(new Chart(all.app, 'elsewhere', { namespace: 'elsewhere' }), 'stranger', IMAGE);
  const cluster = Cluster.from(readManifests(Yaml.stringify(...objectsOf(all.app)), 'all.yaml'));
  expect(cluster.problems).toEqual([]);
  return cluster;
}

const policiesOf = ({ app }: Parts) => objectsOf(app).filter(({ kind }) => kind === 'NetworkPolicy');

describe('a closed namespace lets in the Pods that serve the Gateway, and nobody else:', () => {
  test.each(KNOWN)('%s', (_, implementation) => {
    const all = closed({ implementation, createClass: true });
    const [row, ...others] = clusterOf(all).exposures();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ service: 'frontend', reachable: true, port: 8080 });
    const policy = policiesOf(all).find(({ spec }) => spec.ingress !== undefined);
    expect(policy?.spec.ingress).toHaveLength(1);
    expect(policy?.spec.ingress[0].from).toHaveLength(1);
    expect(policy?.spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });

  test('Kong', () => {
    const all = closed({ implementation: GatewayImplementation.KONG });
    const policy = policiesOf(all).find(({ spec }) => spec.ingress !== undefined);
    expect(policy).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'frontend-allow-from-kong-gateway-infra-web', namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'frontend' } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kong' } },
                podSelector: {
                  matchLabels: { 'app.kubernetes.io/component': 'app', 'app.kubernetes.io/name': 'gateway' },
                },
              },
            ],
            ports: [{ protocol: 'TCP', port: 8080 }],
          },
        ],
      },
    });
  });

  test('Pods that the Gateway names', () => {
    const controller = Peer.pods({ app: 'edge' }, { name: 'edge' });
    const all = closed({ className: 'any', controller });
    expect(policiesOf(all).map(({ metadata }) => metadata.name)).toContain('frontend-allow-from-edge-edge');
  });

  test('those of an implementation of one’s own, beside the Gateway or elsewhere', () => {
    for (const namespace of [undefined, { name: 'edge' }]) {
      const implementation = GatewayImplementation.of({
        controllerName: 'example.com/gateways',
        className: 'own',
        pods: { labels: { app: 'proxy' }, namespace },
      });
      const [policy] = policiesOf(closed({ implementation })).filter(({ spec }) => spec.ingress !== undefined);
      expect(policy?.spec.ingress[0].from).toEqual([
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace?.name ?? 'infra' } },
          podSelector: { matchLabels: { app: 'proxy' } },
        },
      ]);
    }
  });

  test('also to a canary', () => {
    const all = closed({ implementation: GatewayImplementation.ISTIO, createClass: true }, (given, gateway) => {
      const main = frontendOf(given, gateway);
      new CanaryIngress(given.shop, 'canary', { main, canary: { image: 'registry.example/frontend:1.5' } });
    });
    new ExposedService(all.infra, 'web-istio', {
      ...IMAGE,
      labels: { 'gateway.networking.k8s.io/gateway-name': 'web' },
    });
    const cluster = clusterOf(all);
    for (const name of ['frontend', 'frontend-canary']) {
      const to = cluster.find(`shop/Deployment/${name}`);
      expect(
        [...cluster.connections({ to })].map(({ from, ports }) => `${peerText(from)} ${portsText(ports)}`),
      ).toEqual(['infra/Deployment/web-istio TCP 8080']);
    }
  });
});

test('the Pods that prove a host to an authority by the Gateway are opened to it too', () => {
  const all = closed({ implementation: GatewayImplementation.ISTIO }, (given, gateway) => {
    const solver = AcmeSolver.http01Gateway({ gateway });
    const tls = Tls.certManager(Issuer.acme({ email: 'ops@shop.example', solver }));
    frontendOf(given, gateway, { tls });
  });
  const policy = policiesOf(all).find(({ metadata }) => metadata.name.startsWith('acme'));
  expect(policy?.spec.ingress[0].from).toEqual([
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra' } },
      podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'web' } },
    },
  ]);
});

test('a Gateway whose namespace is closed for connections out is let out to the service', () => {
  const all = closed({ implementation: GatewayImplementation.ISTIO });
  const egress = EgressDefault.DENY_EXCEPT_DNS;
  new DefaultDenyNamespace(all.infra, 'namespace', { name: 'infra', egress });
  const policy = policiesOf(all).find(({ metadata }) => metadata.name.endsWith('allow-to-shop-frontend'));
  expect([policy?.metadata.namespace, policy?.spec.podSelector]).toEqual([
    'infra',
    { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'web' } },
  ]);
});

describe('fails at synth where something closes the Pods', () => {
  const remedies: [string, GatewayProps, string][] = [
    [
      'and nobody says what serves the Gateway',
      { className: 'any' },
      'name its implementation, such as GatewayImplementation.ENVOY_GATEWAY, or its Pods, by controller',
    ],
    [
      'and Cilium serves it',
      { implementation: GatewayImplementation.CILIUM },
      'Cilium gives its gateways an identity that no NetworkPolicy selects, so let them in by a CiliumNetworkPolicy with fromEntities: [ingress], and give the Gateway admittedElsewhere: true',
    ],
    [
      'and the implementation names no Pods',
      { implementation: GatewayImplementation.of({ controllerName: 'example.com/gateways', className: 'own' }) },
      'say which Pods serve it: give GatewayImplementation.of pods, or the Gateway a controller',
    ],
  ];
  test.each(remedies)('%s', (_, props, remedy) => {
    const message = `shop/frontend: NetworkPolicies close the Pods, and can't open them to the Gateway infra/web; ${remedy}`;
    expect(failureOf(closed(props).app)).toBe(message);
  });

  test('by allowFrom alone', () => {
    const all = parts();
    const main = frontendOf(all, new Gateway(all.infra, 'web', { className: 'any' }));
    expect(failureOf(all.app)).toBe('');
    main.allowFrom(new ExposedService(all.shop, 'other', IMAGE));
    expect(failureOf(all.app)).toMatch("shop/frontend: NetworkPolicies close the Pods, and can't open them to");
  });

  test('unless something else opens them', () => {
    const all = closed({ implementation: GatewayImplementation.CILIUM, admittedElsewhere: true });
    expect(failureOf(all.app)).toBe('');
    expect(policiesOf(all).map(({ metadata }) => metadata.name)).toEqual(['default-deny', 'allow-dns']);
  });
});

test('a Gateway whose Pods are beside it needs a namespace that the manifests name', () => {
  const all = parts();
  const gateway = new Gateway(new Chart(all.app, 'edge'), 'web', { implementation: GatewayImplementation.ISTIO });
  frontendOf(all, gateway);
  expect(messageOf(() => new DefaultDenyNamespace(all.shop, 'namespace', { name: 'shop' }))).toBe(
    'shop/frontend: gateway-web has no namespace that the manifests name, so a policy of "shop" can\'t tell it; give it one',
  );
});

test.each(IMPLEMENTATIONS.map((one) => [one.name, one] as const))(
  'what the constructs know of %s is what the analysis knows',
  (name, { controllerName, classNames, podsOf }) => {
    const [, known] =
      [...KNOWN, ['Cilium', GatewayImplementation.CILIUM] as const].find(([text]) => text === name) ?? [];
    expect([known?.controllerName, classNames.includes(known?.className ?? '')]).toEqual([controllerName, true]);
    const place = { namespace: 'infra', name: 'web' };
    const { namespace, labels, onNode } = podsOf(place);
    const peer = new Gateway(parts().infra, 'web', { implementation: known }).peer;
    expect(peer?._toJson('shop')).toEqual(
      onNode
        ? undefined
        : [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
              podSelector: { matchLabels: Object.fromEntries(labels) },
            },
          ],
    );
  },
);
