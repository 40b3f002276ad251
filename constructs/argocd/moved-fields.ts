import type { ApiObject } from 'cdk8s';
import type { ApplicationSpecIgnoreDifferences } from '../../imports/argoproj.io';

// biome-ignore lint/suspicious/noExplicitAny: objects are read as they are written
type Fields = any;

/** How the plugin for the Gateway API marks a route whose weights it moves, and who has it do so. */
const MARKS = [
  '.metadata.labels["rollouts.argoproj.io/gatewayapi-canary"]',
  '.metadata.annotations["rollouts.argoproj.io/gatewayapi-active-rollouts"]',
];

/**
 * Fields that controllers of progressive delivery move on the cluster: to Argo CD each would be a difference, and to undo it
 * would be to undo the delivery. Each field is named alone. A whole list of rules is not, and not by a label that only the
 * object of the cluster has: what is left out on one side alone is a difference for ever.
 *
 * @param written the objects of one Application
 * @param all those of all of them
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
export function movedFields(
  written: readonly ApiObject[],
  all: readonly ApiObject[],
): readonly ApplicationSpecIgnoreDifferences[] {
  const routes = routesOf(all.filter(({ apiGroup, kind }) => apiGroup === 'argoproj.io' && kind === 'Rollout'));
  const canaries = all.filter(({ apiGroup, kind }) => apiGroup === 'flagger.app' && kind === 'Canary');
  return written.flatMap((object): ApplicationSpecIgnoreDifferences[] => {
    const { namespace } = object.metadata;
    const { apiGroup: group, kind, name } = object;
    if (kind === 'HTTPRoute') {
      const headers = routes.get(placeOf(namespace, name));
      return headers === undefined ? [] : [{ group, kind, name, namespace, ...fieldsOfRoute(headers) }];
    }
    const isScaled =
      kind === 'Deployment' &&
      object.toJson().spec.replicas !== undefined &&
      canaries.some(
        (canary) => canary.metadata.namespace === namespace && canary.toJson().spec.targetRef.name === name,
      );
    return isScaled ? [{ group, kind, name, namespace, jsonPointers: ['/spec/replicas'] }] : [];
  });
}

function fieldsOfRoute(headers: readonly string[]) {
  return {
    jqPathExpressions: [
      '.spec.rules[].backendRefs[]?.weight',
      ...MARKS,
      ...headers.map((name) => `.spec.rules[] | select((.name // "") | test("^${name}(-[0-9]+)?$"))`),
    ],
  };
}

/** The HTTPRoutes whose weights Rollouts move, by place, and the names of the rules for headers that they get. */
function routesOf(rollouts: readonly ApiObject[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const rollout of rollouts) {
    const { managedRoutes = [], plugins = {} }: Fields = rollout.toJson().spec.strategy?.canary?.trafficRouting ?? {};
    const {
      httpRoute,
      httpRoutes = [],
      namespace = rollout.metadata.namespace,
    }: Fields = plugins['argoproj-labs/gatewayAPI'] ?? {};
    const names = [...(httpRoute === undefined ? [] : [httpRoute]), ...httpRoutes.map(({ name }: Fields) => name)];
    for (const name of names) {
      const place = placeOf(namespace, name);
      found.set(place, [...(found.get(place) ?? []), ...managedRoutes.map((route: Fields) => route.name)]);
    }
  }
  return found;
}

function placeOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
