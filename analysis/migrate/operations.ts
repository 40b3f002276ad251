import type { HostName, Route, RoutingModel } from '../routing';
import { hostText } from '../routing/host-index';
import { plainPrefix } from './paths';
import type { Operation, OperationPath } from './targets';

/** The hosts and paths of each Ingress that lead to backends, by `namespace/name`. */
export function operationsOf({ listeners }: RoutingModel): ReadonlyMap<string, readonly Operation[]> {
  const hosts = listeners.flatMap((listener) => listener.hosts);
  const names = hosts.map(({ name }) => name);
  const found = new Map<string, Map<string, Operation>>();
  for (const { name, routes } of hosts) {
    for (const route of routes.filter(({ decisions }) =>
      decisions.some(({ outcome }) => outcome.kind === 'backends'),
    )) {
      const key = keyOf(route);
      if (key !== undefined) {
        const own = found.get(key) ?? new Map<string, Operation>();
        const others = routes.filter((other) => (keyOf(other) ?? key) !== key);
        const notPaths = pathsWithin(route, others);
        const notHosts = hostsWithin(name, names);
        const isSure = notPaths !== undefined && notHosts !== undefined;
        const except = isSure ? { hosts: notHosts, paths: notPaths } : undefined;
        const operation = { host: hostOf(name), ...pathOf(route), except };
        found.set(key, own.set(JSON.stringify(operation), operation));
      }
    }
  }
  return new Map([...found].map(([key, own]) => [key, [...own.values()]]));
}

/** The Ingress of a route; `undefined` for what the controller adds by itself. */
function keyOf({ rule }: Route): string | undefined {
  return rule === undefined ? undefined : `${rule.ref.namespace}/${rule.ref.name}`;
}

/** The paths of other Ingresses that take requests from a route; `undefined` where regular expressions decide. */
function pathsWithin(route: Route, others: readonly Route[]): readonly OperationPath[] | undefined {
  if (others.length > 0 && [route, ...others].some(({ path }) => path.kind === 'pattern')) {
    return undefined;
  }
  const { path, isPrefix } = pathOf(route);
  const inside = path.endsWith('/') ? path : `${path}/`;
  const taken = others
    .map(pathOf)
    .filter((other) => isPrefix && (other.path === path ? !other.isPrefix : other.path.startsWith(inside)));
  return [...new Map(taken.map((one) => [JSON.stringify(one), one])).values()];
}

/** The other hosts whose requests a host name holds too; `undefined` where nobody can say which these are. */
function hostsWithin(own: HostName, names: readonly HostName[]): readonly string[] | undefined {
  const others = names.filter((name) => name.kind !== 'any' && hostText(name) !== hostText(own));
  if (own.kind === 'exact' || others.length === 0) {
    return [];
  }
  if ([own, ...others].some(({ kind }) => kind === 'pattern' || kind === 'prefix')) {
    return undefined;
  }
  const texts = others.map((name) => hostText(name) as string);
  return own.kind === 'label' || own.kind === 'suffix' ? texts.filter((text) => text.endsWith(own.suffix)) : texts;
}

function hostOf(name: HostName): string | undefined {
  return name.kind === 'pattern' ? undefined : (hostText(name) ?? undefined);
}

function pathOf({ path, rule }: Route): OperationPath {
  return path.kind === 'pattern'
    ? { path: plainPrefix(rule?.ref.path ?? '/') ?? '/', isPrefix: true }
    : { path: path.path, isPrefix: path.kind !== 'exact' };
}
