/** A kind of backends that is no Service of Kubernetes. */
interface BackendKind {
  readonly group: string;
  readonly kind: string;
  /** The implementations that send requests there. */
  readonly knownTo: readonly string[];
  /** Whether a name of a backend is that of an object; else it is a DNS name, or what the implementation has by itself. */
  readonly isObject: (name: string) => boolean;
}

const always = () => true;

/**
 * The backends of other kinds that implementations document.
 *
 * @see https://gateway.envoyproxy.io/docs/tasks/traffic/backend/
 * @see https://kgateway.dev/docs/main/traffic-management/destination-types/
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/gateway-api/
 * @see https://gateway-api-inference-extension.sigs.k8s.io/implementations/gateways/
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1748/
 */
const KINDS: readonly BackendKind[] = [
  { group: 'gateway.envoyproxy.io', kind: 'Backend', knownTo: ['Envoy Gateway'], isObject: always },
  { group: 'gateway.kgateway.dev', kind: 'Backend', knownTo: ['kgateway'], isObject: always },
  { group: 'networking.istio.io', kind: 'Hostname', knownTo: ['Istio', 'kgateway'], isObject: () => false },
  { group: 'networking.istio.io', kind: 'ServiceEntry', knownTo: ['Istio', 'kgateway'], isObject: always },
  // Names of other providers have an @, as api@internal.
  { group: 'traefik.io', kind: 'TraefikService', knownTo: ['Traefik'], isObject: (name) => !name.includes('@') },
  {
    group: 'inference.networking.k8s.io',
    kind: 'InferencePool',
    knownTo: ['Istio', 'kgateway', 'Envoy Gateway', 'NGINX Gateway Fabric'],
    isObject: always,
  },
  {
    group: 'multicluster.x-k8s.io',
    kind: 'ServiceImport',
    knownTo: ['Envoy Gateway', 'Istio', 'Cilium'],
    isObject: always,
  },
];

/** What an implementation makes of a backend that is no Service. */
export type Knowledge =
  /** It sends requests there. */
  | { readonly is: 'known'; readonly isObject: (name: string) => boolean }
  /** Nobody can tell from here. */
  | { readonly is: 'open'; readonly why: string }
  /** It does not know the kind. */
  | { readonly is: 'unknown'; readonly why: string };

/**
 * Whether an implementation sends requests to backends of a kind.
 *
 * @param implementation its name; `undefined` where the class of the Gateway does not tell
 */
export function knowledgeOf(
  { group, kind }: { readonly group: string; readonly kind: string },
  implementation: string | undefined,
): Knowledge {
  // Kinds of Kubernetes itself that take no requests.
  if (isOfKubernetes(group)) {
    return { is: 'unknown', why: 'which takes no requests' };
  }
  const found = KINDS.find((one) => one.group === group && one.kind === kind);
  if (implementation !== undefined && found?.knownTo.includes(implementation)) {
    return { is: 'known', isObject: found.isObject };
  }
  const owners = KINDS.filter((one) => one.group === group).flatMap(({ knownTo }) => knownTo);
  const isForeign = implementation !== undefined && owners.length > 0 && OWN_GROUPS.has(group);
  if (isForeign) {
    return { is: 'unknown', why: `which ${implementation} does not know` };
  }
  const who = implementation ?? 'the implementation of the Gateway';
  return { is: 'open', why: `${who} knows the kind ${kind} of ${group}` };
}

function isOfKubernetes(group: string): boolean {
  return group === '' || group === 'apps' || group === 'batch';
}

/**
 * What is sure of a backend that is no Service, whoever serves the route: that nobody knows its kind, or that its name is that of
 * an object.
 */
export function surelyOf(
  ref: { readonly group: string; readonly kind: string },
  name: string,
): 'no-backend' | 'object' | undefined {
  if (isOfKubernetes(ref.group)) {
    return 'no-backend';
  }
  const found = KINDS.find((one) => one.group === ref.group && one.kind === ref.kind);
  return found?.isObject(name) === true ? 'object' : undefined;
}

/** Groups of one implementation, whose kinds nobody else serves. */
const OWN_GROUPS = new Set(['gateway.envoyproxy.io', 'gateway.kgateway.dev', 'traefik.io']);
