import { Chart, Duration } from 'cdk8s';
import * as lib from '../../../constructs';
import {
  ableGateway,
  canary,
  closed,
  exposed,
  flagged,
  flaggedByQuery,
  HOST,
  hooked,
  issuer,
  listening,
  measured,
  network,
  other,
  pods,
  rolledOut,
  ruled,
  service,
  signedBy,
  standing,
  standingGateway,
  withTls,
} from './given';
import { LONG } from './values';

// biome-ignore lint/suspicious/noExplicitAny: any value at all is given
type Any = any;

/** How a factory or method is called, and what is given what it makes. */
export interface Call {
  /** Arguments that are right. */
  readonly right: readonly unknown[];
  call(at: Chart, ...given: Any[]): unknown;
  /** What a message begins with, where there is no construct. */
  readonly at?: string;
  /** What a message calls an argument, where that is not its name. */
  readonly called?: { readonly [parameter: string]: string };
  /** Values of an argument that are odd, and right. */
  readonly fine?: { readonly [parameter: string]: readonly unknown[] };
}

const { CanaryRule, CalicoNodeAddress, Exposure, GatewayListener, Issuer, Peer, PolicyPort, Tls } = lib;

/** What a controller compares requests with may be long, and of few characters. */
const FINE = { header: [LONG, '-'], cookie: [LONG, '-'], value: ['two words', LONG, '-'] };

const rule =
  (make: (...given: Any[]) => lib.CanaryRule) =>
  (at: Chart, ...given: Any[]) =>
    canary(at, make(...given));
const address = (make: (given: Any) => lib.CalicoNodeAddress) => (at: Chart, given: Any) =>
  network(at, { nodeAddressAutodetectionV4: make(given) });
const allowed = (make: (given: Any) => lib.AllowedNamespaces) => (at: Chart, given: Any) =>
  listening(at, GatewayListener.http({ allowedNamespaces: make(given) }));
const peer =
  (make: (...given: Any[]) => lib.Peer) =>
  (_: Chart, ...given: Any[]) =>
    service().allowFrom(make(...given));
const port = (make: (...given: Any[]) => lib.PolicyPort): Pick<Call, 'call' | 'called'> => ({
  call: (_, ...given) => service().allowFrom(other, { ports: [make(...given)] }),
  called: { port: 'ports', first: 'ports', last: 'ports', name: 'ports' },
});
const asked =
  (method: Exclude<keyof lib.DefaultDenyNamespace, 'name' | 'peer' | 'node' | 'with' | 'toString'>) =>
  (_: Chart, ...given: Any[]) =>
    (closed()[method] as (...given: Any[]) => void)(...given);

const NAMESPACE = { name: 'shop' };
const spokenTo = (at: Chart, backendTls: lib.BackendTls) =>
  exposed(at, Exposure.gateway({ gateway: ableGateway, host: HOST, backendTls }));
const listenerSet = () =>
  standing(
    (at) => new lib.GatewayListenerSet(at, 'it', { gateway: standingGateway, listeners: [GatewayListener.http()] }),
  );
const adminPeer =
  (make: (...given: Any[]) => lib.AdminPeer) =>
  (at: Chart, ...given: Any[]) =>
    ruled(at, lib.AdminRule.deny([make(...given)]));
const adminRule =
  (make: (...given: Any[]) => lib.AdminRule) =>
  (at: Chart, ...given: Any[]) =>
    ruled(at, make(...given));
const { FlaggerStrategy, RolloutStrategy } = lib;
const FINE_HEADER = { name: FINE.header, value: FINE.value };
const step =
  (make: (...given: Any[]) => lib.RolloutStep) =>
  (at: Chart, ...given: Any[]) =>
    rolledOut(at, RolloutStrategy.canary([make(...given)]));
const peerOf = (name: string) => ({ [name]: 'the peer' });

const USES: { readonly [name: string]: Call } = {
  'Tls.secret': { right: ['shop-tls'], call: (at, name) => withTls(at, Tls.secret(name)) },
  'Tls.certManager': {
    right: [issuer, {}],
    call: (at, by, options) => withTls(at, Tls.certManager(by, options)),
    called: { options: 'tls' },
  },
  'CalicoNodeAddress.canReach': { right: ['example.com'], call: address(CalicoNodeAddress.canReach) },
  'CalicoNodeAddress.onInterface': {
    right: ['eth.*'],
    call: address(CalicoNodeAddress.onInterface),
    called: { pattern: 'the interface' },
    fine: { pattern: [LONG, '"', '-', '{}'] },
  },
  'CalicoNodeAddress.notOnInterface': {
    right: ['eth.*'],
    call: address(CalicoNodeAddress.notOnInterface),
    called: { pattern: 'the interface' },
    fine: { pattern: [LONG, '"', '-', '{}'] },
  },
  'CalicoNodeAddress.inCidrs': {
    right: [['10.0.0.0/8']],
    call: (at, given) =>
      address(() => (Array.isArray(given) ? CalicoNodeAddress.inCidrs(...given) : CalicoNodeAddress.inCidrs(given)))(
        at,
        0,
      ),
    called: { cidrs: 'range' },
  },
  'CalicoApplication.of': {
    right: [{}],
    call: (at, props) => new lib.Calico(at, 'it', { application: lib.CalicoApplication.of(props) }),
    called: { props: 'application' },
  },
  'CanaryRule.weight': {
    right: [5, {}],
    call: rule(CanaryRule.weight),
    called: { options: '(the options|give total)' },
  },
  'CanaryRule.header': {
    right: ['FOO', 'bar'],
    call: rule(CanaryRule.header),
    called: { name: 'header' },
    fine: { ...FINE, name: FINE.header },
  },
  'CanaryRule.headerPattern': {
    right: ['FOO', 'bar'],
    call: rule(CanaryRule.headerPattern),
    called: { name: 'header' },
    fine: { name: FINE.header, pattern: [LONG, '-', '{}'] },
  },
  'CanaryRule.cookie': {
    right: ['beta'],
    call: rule(CanaryRule.cookie),
    called: { name: 'cookie' },
    fine: { name: FINE.cookie },
  },
  'CanaryRule.blueGreen': { right: ['blue', 'FOO'], call: rule(CanaryRule.blueGreen), fine: FINE },
  'CanaryRule.abTestByCookie': { right: ['beta', 50], call: rule(CanaryRule.abTestByCookie), fine: FINE },
  'CanaryRule.abTestByHeader': { right: ['FOO', 'bar', 50], call: rule(CanaryRule.abTestByHeader), fine: FINE },
  'CanaryRule#orCookie': {
    right: ['beta'],
    call: rule((name) => CanaryRule.header('FOO').orCookie(name)),
    called: { name: 'cookie' },
    fine: { name: FINE.cookie },
  },
  'CanaryRule#orWeight': {
    right: [5, {}],
    call: rule((weight, options) => CanaryRule.header('FOO').orWeight(weight, options)),
    called: { options: '(the options|give total)' },
  },
  'AcmeServer.of': {
    right: ['https://acme.example.com/directory', 'acme'],
    call: (at, url, name) => {
      const server = lib.AcmeServer.of(url, name);
      return signedBy(at, Issuer.acme({ email: 'ops@example.com', solver: lib.AcmeSolver.http01Ingress(), server }));
    },
  },
  'Issuer.existing': { right: ['ca', 'Issuer'], call: (at, name, kind) => signedBy(at, Issuer.existing(name, kind)) },
  'Issuer#addTo': {
    right: [undefined, NAMESPACE],
    call: (_, __, namespace) =>
      Issuer.selfSigned().addTo(
        standing((at) => new Chart(at, 'it')),
        namespace,
      ),
  },
  'ExposedService#expose': {
    right: [Exposure.ingress({ host: HOST })],
    call: (_, exposure) => service().expose(exposure),
  },
  'ExposedService#allowFrom': { right: [other, {}], call: (_, from, options) => service().allowFrom(from, options) },
  'Exposure#and': {
    right: [Exposure.nodePort()],
    call: (at, second) => exposed(at, Exposure.ingress({ host: HOST }).and(second)),
    called: { other: 'exposure.and' },
  },
  'AllowedNamespaces.named': { right: [[NAMESPACE]], call: allowed(lib.AllowedNamespaces.named) },
  'AllowedNamespaces.labelled': { right: [{ a: 'b' }], call: allowed(lib.AllowedNamespaces.labelled) },
  'Gateway#addListener': {
    right: [GatewayListener.http({ port: 8080 })],
    call: (_, listener) => standing((at) => new lib.Gateway(at, 'it', { className: 'eg' })).addListener(listener),
  },
  'GatewayListenerSet#addListener': {
    right: [GatewayListener.http({ port: 8080 })],
    call: (_, listener) => listenerSet().addListener(listener),
  },
  'Peer.pods': { right: [{ a: 'b' }, NAMESPACE], call: peer(Peer.pods) },
  'Peer.workload': { right: [pods], call: peer(Peer.workload), called: peerOf('workload') },
  'AdminPeer.namespaces': { right: [[NAMESPACE]], call: adminPeer(lib.AdminPeer.namespaces) },
  'AdminPeer.namespacesExcept': { right: [[NAMESPACE]], call: adminPeer(lib.AdminPeer.namespacesExcept) },
  'AdminPeer.namespacesLabelled': { right: [{ team: 'web' }], call: adminPeer(lib.AdminPeer.namespacesLabelled) },
  'AdminPeer.pods': { right: [{ app: 'web' }, NAMESPACE], call: adminPeer(lib.AdminPeer.pods) },
  'AdminPeer.networks': {
    right: [['10.0.0.0/8']],
    call: adminPeer(lib.AdminPeer.networks),
  },
  'AdminRule.accept': { right: [[lib.AdminPeer.everywhere()], {}], call: adminRule(lib.AdminRule.accept) },
  'AdminRule.deny': { right: [[lib.AdminPeer.everywhere()], {}], call: adminRule(lib.AdminRule.deny) },
  'AdminRule.pass': { right: [[lib.AdminPeer.everywhere()], {}], call: adminRule(lib.AdminRule.pass) },
  'RolloutStep.weight': { right: [5], call: step(lib.RolloutStep.weight) },
  'RolloutStep.pause': {
    right: [Duration.minutes(1)],
    call: (at, given) =>
      rolledOut(at, RolloutStrategy.canary([lib.RolloutStep.weight(5), lib.RolloutStep.pause(given)])),
  },
  'RolloutStep.header': { right: ['FOO', 'bar'], call: step(lib.RolloutStep.header), fine: FINE_HEADER },
  'RolloutStep.analysis': {
    right: [5],
    call: (at, given) =>
      rolledOut(at, RolloutStrategy.canary([lib.RolloutStep.weight(5), lib.RolloutStep.analysis(given)])),
  },
  'RolloutStrategy.canary': {
    right: [[lib.RolloutStep.weight(5)]],
    call: (at, steps) => rolledOut(at, RolloutStrategy.canary(steps)),
  },
  'RolloutStrategy.abTest': {
    right: ['FOO', 'bar', Duration.minutes(1)],
    call: (at, ...given) => rolledOut(at, RolloutStrategy.abTest(...(given as [string, string]))),
    fine: { header: FINE.header, value: FINE.value },
  },
  'FlaggerStrategy.canary': {
    right: [5, 50],
    call: (at, ...given) => flagged(at, FlaggerStrategy.canary(...(given as [number, number]))),
  },
  'FlaggerStrategy.weights': { right: [[5, 50]], call: (at, given) => flagged(at, FlaggerStrategy.weights(given)) },
  'FlaggerStrategy.blueGreen': {
    right: [5],
    call: (at, given) => flaggedByQuery(at, FlaggerStrategy.blueGreen(given)),
  },
  'FlaggerStrategy.abTest': {
    right: [CanaryRule.cookie('beta'), 5],
    call: (at, ...given) => flagged(at, FlaggerStrategy.abTest(...(given as [lib.CanaryRule, number]))),
  },
  ...Object.fromEntries(
    (
      [
        'confirmRollout',
        'preRollout',
        'rollout',
        'confirmTrafficIncrease',
        'confirmPromotion',
        'postRollout',
        'rollback',
        'event',
      ] as const
    ).map((moment): [string, Call] => [
      `FlaggerWebhook.${moment}`,
      {
        right: ['load-test', 'http://tester.test/', {}],
        call: (at, ...given) => hooked(at, lib.FlaggerWebhook[moment](...(given as [string, string, object]))),
        fine: { name: ['two words', 'line\nbreak', 'ünïcode', LONG, '"', '-', '{}', '__proto__ '] },
      },
    ]),
  ),
  'DeliveryMetric.successRate': {
    right: [99],
    call: (at, given) => measured(at, lib.DeliveryMetric.successRate(given)),
    fine: { atLeast: [1.5] },
  },
  'DeliveryMetric.latency': {
    right: [Duration.millis(500), 0.99],
    call: (at, ...given) => measured(at, lib.DeliveryMetric.latency(...(given as [Duration, number]))),
  },
  'DeliveryMetric.query': {
    right: ['errors', 'sum(errors)', { max: 1 }],
    call: (at, ...given) => measured(at, lib.DeliveryMetric.query(...(given as [string, string, lib.MetricRange]))),
    fine: { query: ['two words', 'line\nbreak', 'ünïcode', LONG, '"', '-', '{}', '__proto__ '] },
  },
  'Peer.service': {
    right: ['web', NAMESPACE],
    call: peer(Peer.service),
    called: { name: 'the name of the peer', namespace: 'the namespace' },
  },
  'Peer.serviceAccount': {
    right: ['web', NAMESPACE],
    call: peer(Peer.serviceAccount),
    called: { name: 'the name of the peer', namespace: 'the namespace' },
  },
  'Peer.blocks': {
    right: ['postgres', ['10.20.0.0/24']],
    call: peer(Peer.blocks),
    called: { name: 'the name of the peer' },
  },
  'Peer.apiServer': { right: [['10.0.0.0/28']], call: peer(Peer.apiServer) },
  'Peer.nodes': { right: [['10.0.0.0/16']], call: peer(Peer.nodes) },
  'ExposedService#allowAmongItself': {
    right: [[PolicyPort.tcp(7000)]],
    call: (_, ports) => service().allowAmongItself(ports),
  },
  'ExposedService#allowMetricsFrom': {
    right: [other, 9090],
    call: (_, ...given) => service().allowMetricsFrom(...(given as [lib.Peer, number])),
  },
  'DefaultDenyNamespace#allowMetricsFrom': {
    right: [other, 9090, {}],
    call: asked('allowMetricsFrom'),
    called: { monitoring: 'the peer' },
  },
  'DefaultDenyNamespace#allowToApiServer': { right: [['10.0.0.0/28'], {}], call: asked('allowToApiServer') },
  'DefaultDenyNamespace#allowAmong': {
    right: [[closed()], [PolicyPort.tcp(80)]],
    call: asked('allowAmong'),
  },
  'BackendTls.configMap': {
    right: ['web.internal.example', 'ca'],
    call: (at, ...given) => spokenTo(at, lib.BackendTls.configMap(...(given as [string, string]))),
    called: { name: 'the ConfigMap' },
  },
  'BackendTls.systemCertificates': {
    right: ['web.internal.example'],
    call: (at, hostname) => spokenTo(at, lib.BackendTls.systemCertificates(hostname)),
  },
  'Peer.namespace': { right: [NAMESPACE], call: peer(Peer.namespace) },
  'Peer.ingressController': { right: [NAMESPACE], call: peer(Peer.ingressController) },
  'NetworkingApp.normalize': {
    right: [new Chart(new lib.NetworkingApp(), 'normalized')],
    call: (_, given) => lib.NetworkingApp.normalize(given),
    at: 'NetworkingApp.normalize: ',
  },
  'NetworkingApp.alternative': {
    right: [new Chart(new lib.NetworkingApp(), 'variant')],
    call: (_, given) => lib.NetworkingApp.alternative(given),
    at: 'NetworkingApp.alternative: ',
  },
  'Peer.cidr': {
    right: ['10.0.0.0/8', ['10.1.0.0/16']],
    call: peer(Peer.cidr),
    called: { except: 'exceptions?' },
    fine: { except: [[]] },
  },
  'EgressDefault.denyExceptDns': {
    right: [{}],
    call: (at, dns) =>
      new lib.DefaultDenyNamespace(at, 'it', { ...NAMESPACE, egress: lib.EgressDefault.denyExceptDns(dns) }),
    called: { dns: 'egress to DNS' },
  },
  'PolicyPort.tcp': { right: [80], ...port(PolicyPort.tcp) },
  'PolicyPort.udp': { right: [80], ...port(PolicyPort.udp) },
  'PolicyPort.sctp': { right: [80], ...port(PolicyPort.sctp) },
  'PolicyPort.tcpRange': { right: [80, 90], ...port(PolicyPort.tcpRange) },
  'PolicyPort.udpRange': { right: [80, 90], ...port(PolicyPort.udpRange) },
  'PolicyPort.named': { right: ['http'], ...port(PolicyPort.named) },
  'DefaultDenyNamespace#allowFromWorkload': {
    right: [other, {}],
    call: asked('allowFromWorkload'),
    called: peerOf('workload'),
  },
  'DefaultDenyNamespace#allowFromNamespace': { right: [NAMESPACE, {}], call: asked('allowFromNamespace') },
  'DefaultDenyNamespace#allowFromIngressController': {
    right: [{}, NAMESPACE],
    call: asked('allowFromIngressController'),
    called: { controller: 'the namespace' },
  },
  'DefaultDenyNamespace#allowFromCidr': { right: ['10.0.0.0/8', {}], call: asked('allowFromCidr') },
  'DefaultDenyNamespace#allowToWorkload': {
    right: [other, {}],
    call: asked('allowToWorkload'),
    called: peerOf('workload'),
  },
  'DefaultDenyNamespace#allowToNamespace': { right: [NAMESPACE, {}], call: asked('allowToNamespace') },
  'DefaultDenyNamespace#allowToCidr': { right: ['10.0.0.0/8', {}], call: asked('allowToCidr') },
};

/** Every public factory and method that takes more than one object of settings. */
export const CALLS: ReadonlyMap<string, Call> = new Map(Object.entries(USES));
