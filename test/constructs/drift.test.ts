import { Chart, Duration } from 'cdk8s';
import {
  AcmeSolver,
  AwsLoadBalancerScheme,
  Calico,
  CalicoCustomResources,
  CanaryIngress,
  CanaryRule,
  Certificate,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  type ExposedServiceProps,
  Exposure,
  Gateway,
  GatewayListener,
  IngressNginx,
  Issuer,
  KeyAlgorithm,
  NetworkingApp,
  Peer,
  PodSecurity,
  PolicyPort,
  Tls,
  TrafficPolicy,
} from '../../constructs';
import { withDefaults } from '../helpers/api-defaults';
import { atomicFields } from '../helpers/atomic';
import type { Fields } from '../helpers/fields';
import { INTERFACES } from './wrong-values/interfaces';

// What Argo CD would show as a difference for ever: something is written that the API server keeps otherwise.

const IMAGE = { image: 'registry.example/shop:1.4', port: 8080 };
const HOST = 'shop.example.com';
const exposed = (props: Partial<ExposedServiceProps>) => (at: Chart) =>
  void new ExposedService(at, 'shop', { ...IMAGE, ...props });

/** Settings that are legal, and that would be dropped, shortened or spelled otherwise. */
const VARIANTS: [string, (at: Chart) => void][] = [
  [
    'a service with everything, much of it empty',
    exposed({
      labels: { app: 'shop', tier: '' },
      env: { EMPTY: '', ZERO: '0' },
      resources: { requests: { cpu: '1000m', memory: '0.5Gi' }, limits: { cpu: '1.50', memory: '2048Mi' } },
      command: ['serve'],
      readinessPath: '/healthz',
      security: PodSecurity.RESTRICTED,
      replicas: 0,
    }),
  ],
  ['a service without variables', exposed({ env: {}, resources: {} })],
  ['resources of nothing', exposed({ resources: { limits: {}, requests: { cpu: '0' } } })],
  ['a headless service', exposed({ exposure: Exposure.clusterInternal({ clusterIp: 'None' }) })],
  [
    'a node port',
    exposed({ exposure: Exposure.nodePort({ nodePort: 30080, externalTrafficPolicy: TrafficPolicy.LOCAL }) }),
  ],
  ['a load balancer without annotations', exposed({ exposure: Exposure.loadBalancer({ annotations: {} }) })],
  [
    'a Network Load Balancer',
    exposed({
      exposure: Exposure.awsNetworkLoadBalancer({
        clusterIp: '10.100.0.20',
        sourceRanges: ['203.0.113.0/24'],
        scheme: AwsLoadBalancerScheme.INTERNAL,
        annotations: { 'example.com/team': '' },
      }),
    }),
  ],
  [
    'an Ingress with a certificate',
    exposed({
      exposure: Exposure.ingress({
        host: HOST,
        annotations: {},
        httpsOnly: true,
        tls: Tls.certManager(Issuer.acme({ email: 'ops@example.com', solver: AcmeSolver.http01Ingress() })),
      }),
    }),
  ],
  [
    'a certificate of a year and a bit',
    (at) =>
      void new Certificate(at, 'tls', {
        hosts: [HOST, HOST],
        issuer: Issuer.selfSigned(),
        duration: Duration.minutes(525_601),
        renewBefore: Duration.seconds(86_399),
        keyAlgorithm: KeyAlgorithm.RSA_4096,
      }),
  ],
  [
    'a canary in a closed namespace',
    (at) => {
      const egress = EgressDefault.denyExceptDns({ nodeLocalDns: true, openShift: true });
      const shop = new DefaultDenyNamespace(at, 'namespace', { name: 'shop', labels: {}, egress });
      const main = new ExposedService(at, 'main', { ...IMAGE, exposure: Exposure.ingress({ host: HOST }) });
      const rule = CanaryRule.headerPattern('FOO', 'b.r').orCookie('beta').orWeight(0, { total: 1000 });
      const canary = { image: 'registry.example/shop:1.5' };
      new CanaryIngress(at, 'canary', { main, canary, rule, annotations: {} });
      shop.allowFromCidr('10.0.0.0/8', {
        ports: [PolicyPort.allTcp(), PolicyPort.udpRange(1, 9), PolicyPort.named('http')],
      });
      shop.allowToWorkload(Peer.cidr('10.0.0.0/8', []), { pods: { app: '' } });
    },
  ],
  [
    'a Gateway with a route to another namespace',
    (at) => {
      const gateway = new Gateway(at, 'web', {
        className: 'eg',
        annotations: {},
        listeners: [GatewayListener.http(), GatewayListener.https({ hostname: HOST, tls: Tls.secret('shop-tls') })],
      });
      const exposure = Exposure.gateway({ gateway, host: HOST, httpsOnly: true, annotations: {} });
      new ExposedService(at, 'shop', { ...IMAGE, exposure });
    },
  ],
  [
    'an Installation with much that is empty',
    (at) => {
      const installation = {
        componentResources: { node: {}, typha: { requests: {} } },
        controlPlaneNodeSelector: {},
        calicoNetwork: {},
      };
      const values = { installation, nodeSelector: {}, podLabels: {}, podAnnotations: {}, resources: {} };
      new Calico(at, 'calico', { values, customResources: CalicoCustomResources.AS_MANIFESTS });
    },
  ],
  [
    'a controller with much that is empty',
    (at) =>
      void new IngressNginx(at, 'nginx', {
        config: {},
        extraArgs: {},
        serviceAnnotations: {},
        resources: {},
        replicas: 1,
      }),
  ],
];

const DEFAULTS = [...INTERFACES]
  .filter(([, { at }]) => at === undefined)
  .map(([name, { use, right }]): [string, (at: Chart) => void] => [
    `what ${name} leaves to its defaults`,
    (at) => void use(at, right),
  ]);

/** Objects of kinds whose defaulting is known here; the others are of CustomResourceDefinitions. */
const OF_KUBERNETES = /^(v1|(apps|batch)\/v1|(networking|rbac\.authorization|admissionregistration)\.k8s\.io\/v1)$/;

function objectsOf(make: (at: Chart) => void): Fields[] {
  const app = new NetworkingApp();
  make(new Chart(app, 'chart', { namespace: 'shop' }));
  return app.node
    .findAll()
    .filter(Chart.isChart)
    .flatMap((chart) => chart.toJson());
}

/** Fields that are null, an empty list, or an object of any keys that has none. */
function empty(value: unknown, at: string): string[] {
  const nothing = value === null || (Array.isArray(value) && value.length === 0);
  const isObject = typeof value === 'object' && value !== null;
  const keys = isObject ? Object.entries(value) : [];
  const isMap =
    isObject &&
    /\.(labels|annotations|data|matchLabels|nodeSelector|limits|requests|controlPlaneNodeSelector)$/.test(at);
  return nothing || (isMap && keys.length === 0) ? [at] : keys.flatMap(([key, held]) => empty(held, `${at}.${key}`));
}

describe('an API server drops nothing and rewrites nothing of', () => {
  test.each([...VARIANTS, ...DEFAULTS])('%s', (_, make) => {
    for (const object of objectsOf(make)) {
      expect(empty(object, `${object.kind} ${object.metadata.name}`)).toEqual([]);
      if (OF_KUBERNETES.test(object.apiVersion)) {
        expect(withDefaults(object)).toMatchObject(object);
      }
    }
  });
});

describe('an API server fills in nothing within what it keeps as one value, of', () => {
  test.each([...VARIANTS, ...DEFAULTS])('%s', (_, make) => {
    for (const object of objectsOf(make).filter(({ apiVersion }) => OF_KUBERNETES.test(apiVersion))) {
      const kept = atomicFields(withDefaults(object));
      const written = atomicFields(object);
      expect(new Map([...kept].filter(([path]) => written.has(path)))).toEqual(written);
    }
  });
});

test('what an API server would fill in within one value is seen', () => {
  const webhooks = [{ name: 'a', rules: [{ resources: ['pods'] }] }];
  const kind = 'ValidatingWebhookConfiguration';
  const object = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'w' }, webhooks };
  expect([...atomicFields(object)]).toEqual([[`${kind} w.webhooks[0].rules`, [{ resources: ['pods'] }]]]);
  expect([...atomicFields(withDefaults(object))]).toEqual([
    [`${kind} w.webhooks[0].rules`, [{ resources: ['pods'], scope: '*' }]],
  ]);
});

describe('amounts are written as an API server writes them:', () => {
  test.each([
    ['1000m', '1'],
    ['2048Mi', '2Gi'],
    ['0.5Gi', '512Mi'],
    ['1.50', '1500m'],
    ['1024Ki', '1Mi'],
    ['0', '0'],
  ])('%s as %s', (given, written) => {
    const [deployment] = objectsOf(exposed({ resources: { requests: { memory: given } } }));
    expect(deployment?.spec.template.spec.containers[0].resources).toEqual({ requests: { memory: written } });
  });
});

test('the same app gives the same bytes, whatever was made before it', () => {
  const text = () => {
    const app = new NetworkingApp();
    for (const [at, [, make]] of VARIANTS.entries()) {
      make(new Chart(app, `chart-${at}`, { namespace: `shop-${at}` }));
    }
    return app.node
      .findAll()
      .filter(Chart.isChart)
      .map((chart) => JSON.stringify(chart.toJson()));
  };
  expect(text()).toEqual(text());
});
