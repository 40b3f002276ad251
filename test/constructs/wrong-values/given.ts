// What settings are given to, and what is there already.
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import * as lib from '../../../constructs';

export const image = 'registry.example/shop:1.4';
export const IMAGE = { image, port: 8080 };
export const EXISTING = { name: 'theirs', port: 80, targetPort: 8080, podLabels: { app: 'theirs' } };
export const HOST = 'shop.example.com';
export const POOL = { cidr: '192.168.0.0/16' };

const { Exposure, Issuer } = lib;

// What is there already stands in another tree, so that nothing of it counts as made by mistake.
const there = new Chart(new lib.NetworkingApp(), 'there', { namespace: 'there' });
export const issuer = Issuer.selfSigned();
export const shop = new lib.ExposedService(there, 'shop', { ...IMAGE, exposure: Exposure.ingress({ host: HOST }) });
export const gateway = new lib.Gateway(there, 'gateway', { className: 'eg' });
export const ableGateway = new lib.Gateway(there, 'able', { implementation: lib.GatewayImplementation.ENVOY_GATEWAY });
export const standingGateway = lib.Gateway.existing({
  name: 'edge',
  namespace: { name: 'there' },
  implementation: lib.GatewayImplementation.ENVOY_GATEWAY,
});
export const pods = new Deployment(there, 'pods', { containers: [{ image: 'a:1', portNumber: 80 }] });
export const other = lib.Peer.pods({ app: 'other' });

export const exposed = (at: Chart, exposure: lib.Exposure) => new lib.ExposedService(at, 'it', { ...IMAGE, exposure });
export const withTls = (at: Chart, tls: lib.Tls) => exposed(at, Exposure.ingress({ host: HOST, tls }));
export const signedBy = (at: Chart, by: lib.Issuer) => new lib.Certificate(at, 'it', { hosts: [HOST], issuer: by });
export const solvedBy = (at: Chart, solver: lib.AcmeSolver) =>
  signedBy(at, Issuer.acme({ email: 'ops@example.com', solver }));
export const listening = (at: Chart, ...listeners: lib.GatewayListener[]) =>
  new lib.Gateway(at, 'it', { className: 'eg', listeners });
export const servedBy = (at: Chart, implementation: lib.GatewayImplementation) =>
  new lib.Gateway(at, 'it', { className: 'eg', implementation });
export const calico = (at: Chart, values: object) => new lib.Calico(at, 'it', { values });
export const installation = (at: Chart, given: object) => calico(at, { installation: given });
export const network = (at: Chart, calicoNetwork: object) => installation(at, { calicoNetwork });
export const canary = (at: Chart, rule: lib.CanaryRule) =>
  new lib.CanaryIngress(at, 'it', { main: shop, canary: { existing: EXISTING }, rule });
export const resources = (at: Chart, given: object) => new lib.ExposedService(at, 'it', { ...IMAGE, resources: given });
export const argoCd = (at: Chart, app: object) =>
  new lib.ArgoCdApps(at, 'it', { repoUrl: 'https://git.example.com/shop.git', apps: [app as lib.ArgoCdApp] });

/** The charts that `standing` has made, for who reads what was written there. */
export const STANDING: Chart[] = [];

/** A construct that stands in a tree of its own, for what is asked of it. */
export function standing<T>(make: (at: Chart) => T): T {
  const chart = new Chart(new App(), 'standing', { namespace: 'shop' });
  STANDING.push(chart);
  return make(chart);
}
export const RULE = lib.AdminRule.deny([lib.AdminPeer.everywhere()]);
export const ruled = (at: Chart, rule: lib.AdminRule) => new lib.AdminPolicy(at, 'it', { priority: 1, egress: [rule] });
export const service = () => standing((at) => new lib.ExposedService(at, 'it', IMAGE));
export const closed = () =>
  standing((at) => new lib.DefaultDenyNamespace(at, 'it', { name: 'shop', egress: lib.EgressDefault.DENY_EXCEPT_DNS }));

const { DeliveryMetric, ProgressiveDelivery, RolloutStep, RolloutStrategy } = lib;
export const STEPS = RolloutStrategy.canary([RolloutStep.weight(5), RolloutStep.pause()]);
export const ANALYSIS = { prometheus: 'http://prometheus:9090', metrics: [DeliveryMetric.successRate(99)] };
export const delivered = (at: Chart, delivery: lib.ProgressiveDelivery) =>
  new lib.ExposedService(at, 'it', { ...IMAGE, exposure: Exposure.ingress({ host: HOST }), delivery });
export const rolledOut = (at: Chart, strategy: lib.RolloutStrategy) =>
  delivered(at, ProgressiveDelivery.argoRollouts({ strategy, analysis: ANALYSIS }));
export const flagged = (at: Chart, strategy: lib.FlaggerStrategy) =>
  delivered(at, ProgressiveDelivery.flagger({ strategy, analysis: ANALYSIS }));
export const measured = (at: Chart, metric: lib.DeliveryMetric) =>
  delivered(at, ProgressiveDelivery.argoRollouts({ strategy: STEPS, analysis: { ...ANALYSIS, metrics: [metric] } }));
export const flaggedByQuery = (at: Chart, strategy: lib.FlaggerStrategy) =>
  delivered(
    at,
    ProgressiveDelivery.flagger({
      strategy,
      analysis: { ...ANALYSIS, metrics: [DeliveryMetric.query('errors', 'sum(errors)', { max: 1 })] },
    }),
  );

export const FLAGGED = { strategy: lib.FlaggerStrategy.canary(5, 50), analysis: ANALYSIS };
export const hooked = (at: Chart, webhook: lib.FlaggerWebhook) =>
  delivered(at, ProgressiveDelivery.flagger({ ...FLAGGED, webhooks: [webhook] }));
export const heldByCookie = (at: Chart, sessionAffinity: lib.SessionAffinity) =>
  new lib.ExposedService(at, 'it', {
    ...IMAGE,
    namespace: { name: 'there' },
    exposure: Exposure.gateway({ gateway: standingGateway, host: HOST }),
    delivery: ProgressiveDelivery.flagger({
      strategy: FLAGGED.strategy,
      analysis: { ...ANALYSIS, metrics: [DeliveryMetric.query('errors', 'sum(errors)', { max: 1 })] },
      sessionAffinity,
    }),
  });
