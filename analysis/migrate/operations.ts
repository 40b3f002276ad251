import type { HostName, Route, RoutingModel } from '../routing';
import { hostText } from '../routing/host-index';
import { plainPrefix } from './paths';
import type { Operation } from './targets';

/** The hosts and paths of each Ingress that lead to backends, by `namespace/name`. */
export function operationsOf({ listeners }: RoutingModel): ReadonlyMap<string, readonly Operation[]> {
  const found = new Map<string, Map<string, Operation>>();
  for (const { name, routes } of listeners.flatMap(({ hosts }) => hosts)) {
    for (const route of routes.filter(({ decisions }) =>
      decisions.some(({ outcome }) => outcome.kind === 'backends'),
    )) {
      const { rule } = route;
      if (rule !== undefined) {
        const key = `${rule.ref.namespace}/${rule.ref.name}`;
        const own = found.get(key) ?? new Map<string, Operation>();
        const operation = { host: hostOf(name), ...pathOf(route) };
        found.set(key, own.set(JSON.stringify(operation), operation));
      }
    }
  }
  return new Map([...found].map(([key, own]) => [key, [...own.values()]]));
}

function hostOf(name: HostName): string | undefined {
  return name.kind === 'pattern' ? undefined : (hostText(name) ?? undefined);
}

function pathOf({ path, rule }: Route): Pick<Operation, 'path' | 'isPrefix'> {
  return path.kind === 'pattern'
    ? { path: plainPrefix(rule?.ref.path ?? '/') ?? '/', isPrefix: true }
    : { path: path.path, isPrefix: path.kind !== 'exact' };
}
