import { type Chart, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import * as lib from '../../../constructs';
import {
  ANALYSIS,
  ableGateway,
  argoCd,
  calico,
  canary,
  closed,
  delivered,
  EXISTING,
  exposed,
  FLAGGED,
  gateway,
  HOST,
  heldByCookie,
  hooked,
  IMAGE,
  image,
  installation,
  issuer,
  listening,
  measured,
  network,
  other,
  POOL,
  RULE,
  resources,
  ruled,
  STEPS,
  servedBy,
  service,
  shop,
  signedBy,
  solvedBy,
  standingGateway,
  withTls,
} from './given';
import { LONG, ODD_TEXT } from './values';

const { ProgressiveDelivery: Delivery } = lib;

/** How settings are given, at the place where wrong ones are refused. */
export interface Use {
  /** Settings that are right. */
  readonly right: object;
  /** Gives them. */
  // biome-ignore lint/suspicious/noExplicitAny: any value at all is given
  use(at: Chart, given: any): unknown;
  /** What else is right where a field does not go with `right`. */
  readonly instead?: { readonly [field: string]: object };
  /** How the message begins where there is no construct yet. */
  readonly at?: string;
  /** Values of a field that are odd, and right. */
  readonly fine?: { readonly [field: string]: readonly unknown[] };
}

/** What a process is handed may be any text. */
const ANY_TEXT = ODD_TEXT.filter((text) => !text.includes('\0')).map((text) => [text]);

const { Exposure, Issuer, AcmeSolver, Tls, GatewayListener, GatewayImplementation } = lib;

const FOLDERS = ['two words', 'ünïcode', LONG, '"', '-', '{}', '__proto__ '];

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Settings of others, of which none is needed. */
const EMPTY = [{}, Object.create(null)];

const USES: { readonly [name: string]: Use } = {
  ContainerResources: { right: {}, use: resources },
  ResourceAmounts: { right: {}, use: (at, limits) => resources(at, { limits }) },
  CertManagerTlsOptions: { right: {}, use: (at, options) => withTls(at, Tls.certManager(issuer, options)) },
  ArgoCdAppsProps: {
    fine: { targetRevision: ['ünïcode', '"', '{}'], path: [LONG, '-'] },
    right: { repoUrl: 'https://git.example.com/shop.git', apps: [{ name: 'shop', files: ['shop.yaml'] }] },
    use: (at, props) => new lib.ArgoCdApps(at, 'it', props),
  },
  ArgoCdApp: { fine: { wave: [-1] }, right: { name: 'shop', files: ['shop.yaml'] }, use: argoCd },
  ArgoCdHelmChart: {
    fine: { values: [{ 'two words': 'x' }, { a: 7 }, { a: null }, { a: undefined }, { '': 'x' }] },
    right: { repoUrl: 'https://charts.example.com', chart: 'shop', version: '1.2.3' },
    use: (at, helmChart) => argoCd(at, { name: 'shop', helmChart }),
  },
  ArgoCdClusterResource: {
    fine: { group: [''] },
    right: { group: '', kind: 'Node' },
    use: (at, one) => argoCd(at, { name: 'shop', files: ['shop.yaml'], clusterResources: [one] }),
  },
  CalicoProps: { right: {}, use: (at, props) => new lib.Calico(at, 'it', props) },
  CalicoHelmValues: { right: {}, use: calico },
  CalicoApiServer: { right: {}, use: (at, apiServer) => calico(at, { apiServer }) },
  CalicoOperatorImage: { right: {}, use: (at, tigeraOperator) => calico(at, { tigeraOperator }) },
  CalicoctlImage: { right: {}, use: (at, calicoctl) => calico(at, { calicoctl }) },
  CalicoInstallation: { right: {}, use: installation },
  CalicoCni: { right: { type: 'Calico' }, use: (at, cni) => installation(at, { cni }) },
  CalicoComponentResources: {
    right: {},
    use: (at, componentResources) => installation(at, { componentResources }),
  },
  CalicoNodeUpdateStrategy: {
    right: { maxUnavailable: k8s.IntOrString.fromNumber(1) },
    use: (at, nodeUpdateStrategy) => installation(at, { nodeUpdateStrategy }),
  },
  CalicoNetwork: { right: {}, use: network },
  CalicoIpPool: { right: POOL, use: (at, pool) => network(at, { ipPools: [pool] }) },
  CalicoApplicationProps: {
    fine: { wave: [-1] },
    right: {},
    use: (at, props) => new lib.Calico(at, 'it', { application: lib.CalicoApplication.of(props) }),
  },
  CanaryIngressProps: {
    right: { main: shop, canary: { existing: EXISTING } },
    use: (at, props) => new lib.CanaryIngress(at, 'it', props),
  },
  CanaryWeightOptions: { right: {}, use: (at, options) => canary(at, lib.CanaryRule.weight(5, options)) },
  CanaryTarget: {
    right: { image },
    instead: { service: {}, existing: {} },
    use: (at, target) => new lib.CanaryIngress(at, 'it', { main: shop, canary: target }),
  },
  CertificateProps: { right: { hosts: [HOST], issuer }, use: (at, props) => new lib.Certificate(at, 'it', props) },
  CertificateOptions: {
    right: {},
    use: (at, given) => new lib.Certificate(at, 'it', isObject(given) ? { hosts: [HOST], issuer, ...given } : given),
  },
  Http01IngressProps: { right: {}, use: (at, props) => solvedBy(at, AcmeSolver.http01Ingress(props)) },
  Http01GatewayProps: { right: { gateway }, use: (at, props) => solvedBy(at, AcmeSolver.http01Gateway(props)) },
  Dns01Route53Props: { right: {}, use: (at, props) => solvedBy(at, AcmeSolver.dns01Route53(props)) },
  Dns01CloudflareProps: {
    fine: { apiTokenKey: ['-'] },
    right: { apiTokenSecret: 'token' },
    use: (at, props) => solvedBy(at, AcmeSolver.dns01Cloudflare(props)),
  },
  SelfSignedIssuerProps: { right: {}, use: (at, props) => signedBy(at, Issuer.selfSigned(props)) },
  AcmeIssuerProps: {
    right: { email: 'ops@example.com', solver: AcmeSolver.http01Ingress() },
    use: (at, props) => signedBy(at, Issuer.acme(props)),
  },
  ExistingService: { right: EXISTING, use: (at, existing) => new lib.ExposedService(at, 'it', { existing }) },
  AllowFromOptions: { right: {}, use: (_, options) => service().allowFrom(other, options) },
  ExposedServiceProps: {
    fine: { command: ANY_TEXT, args: ANY_TEXT, container: EMPTY, deployment: EMPTY },
    right: IMAGE,
    instead: { workload: {}, service: {}, existing: {} },
    use: (at, props) => new lib.ExposedService(at, 'it', props),
  },
  ClusterInternalProps: { right: {}, use: (at, props) => exposed(at, Exposure.clusterInternal(props)) },
  NodePortProps: { right: {}, use: (at, props) => exposed(at, Exposure.nodePort(props)) },
  LoadBalancerProps: { right: {}, use: (at, props) => exposed(at, Exposure.loadBalancer(props)) },
  AwsNetworkLoadBalancerProps: {
    right: {},
    use: (at, props) => exposed(at, Exposure.awsNetworkLoadBalancer(props)),
  },
  IngressExposureProps: { right: { host: HOST }, use: (at, props) => exposed(at, Exposure.ingress(props)) },
  GatewayExposureProps: {
    right: { gateway, host: HOST },
    use: (at, props) => exposed(at, Exposure.gateway(props)),
  },
  Game2048Props: { right: {}, use: (at, props) => new lib.Game2048(at, 'it', props) },
  ExistingGatewayProps: {
    right: { name: 'web', namespace: { name: 'infra' } },
    use: (_, props) => lib.Gateway.existing(props),
    at: 'Gateway.existing: ',
  },
  GatewayImplementationProps: {
    right: { controllerName: 'example.com/controller' },
    use: (at, props) => servedBy(at, GatewayImplementation.of(props)),
  },
  GatewayPods: {
    right: { labels: { app: 'gateway' } },
    use: (at, pods) => servedBy(at, GatewayImplementation.of({ controllerName: 'example.com/controller', pods })),
  },
  GrpcExposureProps: {
    right: { gateway: ableGateway, host: HOST },
    instead: { method: { gateway: ableGateway, host: HOST, service: 'shop.v1.Cart' } },
    fine: { service: [LONG], method: [LONG] },
    use: (at, props) => exposed(at, Exposure.grpc(props)),
  },
  TlsPassthroughProps: {
    right: { gateway: standingGateway, host: HOST },
    use: (at, props) => exposed(at, Exposure.tlsPassthrough(props)),
  },
  GatewayListenerSetProps: {
    right: { gateway: standingGateway, namespace: { name: 'shop' }, listeners: [GatewayListener.http()] },
    use: (at, props) => new lib.GatewayListenerSet(at, 'it', props),
  },
  GatewayTimeouts: {
    right: { request: Duration.seconds(10) },
    use: (at, timeouts) => exposed(at, Exposure.gateway({ gateway: ableGateway, host: HOST, timeouts })),
  },
  GatewayCors: {
    right: { allowOrigins: ['https://shop.example.com'] },
    fine: { allowHeaders: [['-']], exposeHeaders: [['-']] },
    use: (at, cors) => exposed(at, Exposure.gateway({ gateway: ableGateway, host: HOST, cors })),
  },
  GatewayListenerProps: { right: {}, use: (at, props) => listening(at, GatewayListener.http(props)) },
  HttpsListenerProps: {
    right: { hostname: HOST, tls: Tls.secret('shop-tls') },
    use: (at, props) => listening(at, GatewayListener.https(props)),
  },
  GatewaySecret: {
    right: { name: 'shop-tls' },
    use: (at, secret) => listening(at, GatewayListener.https({ secrets: [secret] })),
  },
  GatewayProps: { right: { className: 'eg' }, use: (at, props) => new lib.Gateway(at, 'it', props) },
  IngressNginxProps: { right: {}, use: (at, props) => new lib.IngressNginx(at, 'it', props) },
  NetworkingAppProps: {
    fine: { outdir: FOLDERS, staging: FOLDERS },
    right: {},
    use: (_, props) => new lib.NetworkingApp(props),
    at: 'NetworkingApp: ',
  },
  OnlineBoutiqueProps: { right: {}, use: (at, props) => new lib.OnlineBoutique(at, 'it', props) },
  OnlineBoutiqueFrontendProps: { right: {}, use: (at, props) => new lib.OnlineBoutiqueFrontend(at, 'it', props) },
  DefaultDenyNamespaceProps: {
    right: { name: 'shop' },
    use: (at, props) => new lib.DefaultDenyNamespace(at, 'it', props),
  },
  ServicePortProps: {
    right: { name: 'metrics', port: 9090 },
    use: (at, port) => new lib.ExposedService(at, 'it', { ...IMAGE, portName: 'http', ports: [port] }),
  },
  AdminPolicyProps: {
    right: { priority: 1, ingress: [RULE] },
    use: (at, props) => new lib.AdminPolicy(at, 'it', props),
  },
  ClusterPolicyProps: { right: { ingress: [RULE] }, use: (at, props) => new lib.BaselinePolicy(at, 'it', props) },
  BaselinePolicyProps: { right: { ingress: [RULE] }, use: (at, props) => new lib.BaselinePolicy(at, 'it', props) },
  AdminRuleOptions: {
    right: {},
    use: (at, options) => ruled(at, lib.AdminRule.deny([lib.AdminPeer.everywhere()], options)),
    fine: { name: ['two words', 'ünïcode', '"', '-', '{}', '__proto__ '] },
  },
  CalicoDefaultDenyProps: { right: {}, use: (at, props) => new lib.CalicoDefaultDeny(at, 'it', props) },
  ArgoRolloutsProps: { right: { strategy: STEPS }, use: (at, props) => delivered(at, Delivery.argoRollouts(props)) },
  FlaggerProps: {
    right: FLAGGED,
    use: (at, props) => delivered(at, Delivery.flagger(props)),
  },
  FlaggerWebhookOptions: {
    right: {},
    use: (at, options) => hooked(at, lib.FlaggerWebhook.rollout('load-test', 'http://tester.test/', options)),
    fine: { metadata: [{ 'two words': 'x' }, { '': 'x' }] },
  },
  SessionAffinity: {
    right: { cookieName: 'version' },
    use: (at, sessionAffinity) => heldByCookie(at, sessionAffinity),
    fine: { cookieName: ['-', LONG] },
  },
  DeliveryAnalysis: {
    right: ANALYSIS,
    use: (at, analysis) => delivered(at, Delivery.argoRollouts({ strategy: STEPS, analysis })),
  },
  BlueGreenRolloutOptions: {
    right: {},
    use: (at, options) => delivered(at, Delivery.argoRollouts({ strategy: lib.RolloutStrategy.blueGreen(options) })),
  },
  MetricRange: {
    fine: { min: [1.5, -1, 2 ** 53], max: [1.5, 2 ** 53] },
    right: { min: 0 },
    use: (at, range) => measured(at, lib.DeliveryMetric.query('errors', 'sum(errors)', range)),
  },
  MetricsOptions: { right: {}, use: (_, options) => closed().allowMetricsFrom(other, 9090, options) },
  WebhookProps: { right: {}, use: (at, props) => exposed(at, Exposure.webhook(props)) },
  AllowOptions: { right: {}, use: (_, options) => closed().allowFromWorkload(other, options) },
  ClusterDnsOptions: {
    right: {},
    use: (at, dns) =>
      new lib.DefaultDenyNamespace(at, 'it', { name: 'shop', egress: lib.EgressDefault.denyExceptDns(dns) }),
  },
  StarsDemoProps: { right: {}, use: (at, props) => new lib.StarsDemo(at, 'it', props) },
};

/** Every exported interface of settings. */
export const INTERFACES: ReadonlyMap<string, Use> = new Map(Object.entries(USES));
