import type { Condition } from '../model';
import { bytesOf } from '../uri';
import type { HttpMatch, HttpRoute, PathType } from './objects';

/**
 * Routes in the order that decides between matches of the same precedence: the oldest first, then by `namespace/name`.
 * What has no creation time is yet to be made, all of it at once.
 */
export function inOrder(routes: readonly HttpRoute[]): readonly HttpRoute[] {
  return routes
    .map((route) => ({ route, key: bytesOf(route.key), created: route.created ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => (a.created === b.created ? (a.key < b.key ? -1 : 1) : a.created - b.created))
    .map(({ route }) => route);
}

/** Whether the manifests say which of two routes is the older one. */
export function isOrderKnown(a: HttpRoute, b: HttpRoute): boolean {
  return a === b || (a.created !== b.created && (a.created !== undefined || b.created !== undefined));
}

/** What a match has of each criterion of precedence, the more the better. */
export type Rank = readonly number[];

/** Regular expressions have no place in the specification; here they stand where most implementations put them. */
const KINDS: Readonly<Record<PathType, number>> = { Exact: 2, RegularExpression: 1, PathPrefix: 0 };

/**
 * The rank of a match: the kind of its path, the length of that, whether it has a method, how many headers and how many
 * query parameters.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export function rankOf({ path, pathType, conditions }: HttpMatch): Rank {
  const count = (wanted: Condition['kind']) => countOf(conditions, wanted);
  const length = pathType === 'PathPrefix' ? path.replace(/\/$/, '').length : path.length;
  return [KINDS[pathType], pathType === 'Exact' ? 0 : length, count('method'), count('header'), count('query')];
}

/** How many conditions of a kind there are. */
export function countOf(conditions: readonly Condition[], kind: Condition['kind']): number {
  return conditions.reduce((sum, one) => sum + Number(one.kind === kind), 0);
}

/** The higher rank first. */
export function byRank(one: Rank, other: Rank): number {
  let place = 0;
  while (place < one.length && one[place] === other[place]) {
    place++;
  }
  return place < one.length ? (other[place] as number) - (one[place] as number) : 0;
}
