import type { Path } from '../manifest';
import type { RoutingModel } from '../routing';
import type { SourceIngress } from './source';

/** The Ingresses that have a part in where requests go, as `namespace/name`. */
export function servedKeys({ listeners }: RoutingModel): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { routes } of listeners.flatMap(({ hosts }) => hosts)) {
    for (const { rule, decisions } of routes) {
      // A host is there for each rule, though nothing is found under it.
      const taken = decisions.filter(({ outcome }) => outcome.kind !== 'not-found');
      const rules = taken.flatMap(({ by, rule: named }) => [rule, by, named]);
      for (const { ref } of rules.filter((one) => one !== undefined)) {
        keys.add(`${ref.namespace}/${ref.name}`);
      }
    }
  }
  return keys;
}

/** Why ingress-nginx serves nothing of an Ingress, as far as the Ingress itself tells. */
export function emptyReason({ ingress: { rules, defaultBackend }, isCanary }: SourceIngress): string {
  const paths = rules.flatMap((rule) => rule.paths ?? []);
  if (isCanary) {
    return 'it is a canary, and joins no main Ingress';
  }
  const backends = [...paths.map(({ backend }) => backend), ...(defaultBackend === undefined ? [] : [defaultBackend])];
  if (backends.length > 0 && backends.every(({ service }) => service === undefined)) {
    return `its backends are resources, ${RESOURCES}`;
  }
  return backends.length === 0
    ? 'it has no backend'
    : 'ingress-nginx serves nothing of it; other Ingresses have its paths, or the controller refuses it';
}

const RESOURCES =
  'which neither ingress-nginx nor an HTTPRoute of the Gateway API serves; a Service has to stand for them';

/** The paths of an Ingress whose backends are resources, each with where it stands and why nothing is taken over. */
export function resourcePaths({
  ingress: { rules, defaultBackend },
}: SourceIngress): readonly { readonly path: string; readonly at: Path; readonly why: string }[] {
  const why = `its backend is a resource, ${RESOURCES}`;
  const own = defaultBackend?.service === undefined && defaultBackend !== undefined ? [defaultBackend] : [];
  return [
    ...rules.flatMap(({ host, paths = [] }) =>
      paths
        .filter(({ backend }) => backend.service === undefined)
        .map(({ path, backend }) => ({
          path: `${host ?? 'every host'}${path === '' ? '/' : path}`,
          at: backend.at,
          why,
        })),
    ),
    ...own.map(({ at }) => ({ path: 'the default backend', at, why })),
  ];
}
