import { isMapping } from './value';

/**
 * The groups of kinds by which gateways, meshes and load balancers are told what to do with requests. What they say is not
 * evaluated; they are read so that an answer can say so, and so that a change of them is seen.
 *
 * @see https://gateway-api.sigs.k8s.io/implementations/
 */
const GROUPS = new Set([
  'alb.networking.azure.io',
  'apisix.apache.org',
  'application-networking.k8s.aws',
  'cloud.google.com',
  'configuration.konghq.com',
  'elbv2.k8s.aws',
  'extensions.istio.io',
  'gateway-operator.konghq.com',
  'gateway.envoyproxy.io',
  'gateway.k8s.aws',
  'gateway.kgateway.dev',
  'gateway.networking.x-k8s.io',
  'gateway.nginx.org',
  'gateway.solo.io',
  'getambassador.io',
  'gloo.solo.io',
  'inference.networking.k8s.io',
  'inference.networking.x-k8s.io',
  'ingress.v1.haproxy.org',
  'install.istio.io',
  'k8s.nginx.org',
  'linkerd.io',
  'multicluster.x-k8s.io',
  'networking.gke.io',
  'networking.istio.io',
  'policy.linkerd.io',
  'projectcontour.io',
  'security.istio.io',
  'traefik.containo.us',
  'traefik.io',
]);

/** Single kinds of groups that have others besides. */
const KINDS = new Set([
  'cilium.io/CiliumClusterwideEnvoyConfig',
  'cilium.io/CiliumEnvoyConfig',
  'cilium.io/CiliumGatewayClassConfig',
  'cilium.io/CiliumLocalRedirectPolicy',
  'gateway.networking.k8s.io/BackendLBPolicy',
  'gateway.networking.k8s.io/BackendTLSPolicy',
]);

/** Whether a kind tells a gateway, mesh or load balancer something of requests that is not evaluated. */
export function tellsOfRequests(group: string, kind: string): boolean {
  return GROUPS.has(group) || KINDS.has(`${group}/${kind}`);
}

const TARGETS = new Set(['Service', 'Gateway', 'GatewayClass', 'HTTPRoute', 'GRPCRoute', 'ListenerSet', 'TLSRoute']);

/**
 * Whether an object of whatever kind is attached to a route, Gateway or Service, as policies are.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/policy-attachment/
 */
export function isAttachedPolicy({ spec }: Readonly<Record<string, unknown>>): boolean {
  const { targetRef, targetRefs, targetSelectors } = isMapping(spec) ? spec : {};
  return [targetRef, targetRefs, targetSelectors]
    .flat()
    .some((ref) => isMapping(ref) && typeof ref.kind === 'string' && TARGETS.has(ref.kind));
}
