import type { RouteRequest } from '../routing';
import { resolvedPath } from '../routing/uri';
import type { Entry } from './entries';
import type { HostClass } from './hosts';
import type { MatchingRoutes } from './matching-routes';
import type { Difference } from './outcomes';
import type { PathClass } from './paths';
import { requestOf, sentPath } from './requests';
import type { Given } from './variables';

/** The place of a comparison: a class of hosts and one of paths. */
export interface Place {
  readonly entry: Entry;
  readonly host: HostClass;
  readonly path: PathClass;
  readonly before: MatchingRoutes;
  readonly after: MatchingRoutes;
}

/** Requests of a place that may show a difference, the smallest first. */
export function* requestsOf({ entry, host, path, ...place }: Place, given: readonly Given[]): Generator<RouteRequest> {
  const routesAt = (resolved: string) => [place.before.of(resolved), place.after.of(resolved)].flat();
  const own = routesAt(path.path);
  const isOfClass = (sent: string) => {
    const resolved = resolvedPath(sent);
    const routes = resolved === undefined ? [] : routesAt(resolved);
    return routes.length === own.length && routes.every((route, index) => route === own[index]);
  };
  const [first = '', ...others] = [path.path, ...path.variants].map(sentPath);
  yield requestOf(entry, host.host, first, '', given);
  const plain = [first, ...others.filter(isOfClass)];
  // Beyond a path that stands for itself alone there is another class.
  const escaped = path.variants.length === 0 ? [] : [first, ...others].map((sent) => `${sent}%3F`).filter(isOfClass);
  // What is captured behind the path, and how odd spellings go on to the backend.
  const deep =
    path.variants.length === 0
      ? []
      : ['/a', 'a', '/a/b', '/A', '/%61', '//a', '%61'].map((tail) => `${first}${tail}`).filter(isOfClass);
  const isRewritten = own.some(({ decisions }) =>
    decisions.some(
      ({ outcome }) =>
        outcome.kind === 'backends' && [outcome, ...outcome.backends].some(({ rewrite }) => rewrite !== undefined),
    ),
  );
  for (const name of [host.host, ...host.others]) {
    for (const query of ['', 'q=1', 'q=/']) {
      for (const sent of plain) {
        yield requestOf(entry, name, sent, query, given);
      }
    }
    for (const sent of isRewritten ? deep : []) {
      yield requestOf(entry, name, sent, '', given);
      yield requestOf(entry, name, sent, 'q=1', given);
    }
    for (const sent of escaped) {
      yield requestOf(entry, name, sent, '', given);
    }
  }
}

/** The first of them. */
export function requestAt({ entry, host, path }: Place, given: readonly Given[]): RouteRequest {
  return requestOf(entry, host.host, sentPath(path.path), '', given);
}

/**
 * What differs otherwise has a name after all, where the hosts are taken by a wildcard on one side alone, where a wider host takes
 * what no rule of the host does, and for paths that are taken only because case does not count.
 *
 * @param isWider whether a wider host takes it on one side, and nothing on the other
 */
export function named(difference: Difference, { host, path }: Place, isWider: boolean): Difference {
  if (difference !== 'otherwise') {
    return difference;
  }
  if (host.isByLabels) {
    return ['wildcard-labels'];
  }
  return isWider ? ['wildcard-beside-exact'] : path.isByCase === true ? ['path-case'] : difference;
}
