import type { Findings } from '../problems';
import type { BackendRef, Ingress } from './ingress';
import { type Annotated, type Upstream, upstreamName } from './upstreams';

/**
 * Notes Services that canaries share with others. The Ingress that comes first with a Service decides whether it is a
 * canary and by which rules; what later ones say of it counts for nothing.
 */
export function noteSharedServices(
  annotated: readonly Annotated[],
  upstreams: ReadonlyMap<string, Upstream>,
  findings: Findings,
): void {
  // Without canaries, nothing hangs on a Service.
  const isPlain = annotated.every(({ annotations }) => annotations.canary === undefined);
  for (const { ingress, annotations } of isPlain ? [] : annotated) {
    for (const backend of backendsOf(ingress)) {
      const upstream = upstreams.get(upstreamName(ingress.namespace, backend));
      const message = upstream && disagreement(upstream, ingress, annotations.canary);
      if (message !== undefined) {
        findings.note(ingress.manifest, backend.at, 'shared-service', message);
      }
    }
  }
}

/** The backends of an Ingress, each Service and port once. */
function backendsOf({ namespace, defaultBackend, rules }: Ingress): Iterable<BackendRef> {
  const found = new Map<string, BackendRef>();
  const backends = rules.flatMap(({ paths }) => (paths ?? []).map(({ backend }) => backend));
  for (const backend of defaultBackend === undefined ? backends : [defaultBackend, ...backends]) {
    const name = upstreamName(namespace, backend);
    found.set(name, found.get(name) ?? backend);
  }
  return found.values();
}

function disagreement(
  { name, ingress: first, policy }: Upstream,
  ingress: Ingress,
  own: Upstream['policy'],
): string | undefined {
  if (first === ingress) {
    return undefined;
  }
  if (own === undefined) {
    return policy === undefined
      ? undefined
      : `${name} is a canary of Ingress ${first.key}; a canary takes no requests for others, so this path is not served`;
  }
  if (policy === undefined) {
    return `${name} is a main backend of Ingress ${first.key}; the rules of this canary count for nothing`;
  }
  return JSON.stringify(policy) === JSON.stringify(own)
    ? undefined
    : `${name} is a canary of Ingress ${first.key} as well, whose rules count for both`;
}
