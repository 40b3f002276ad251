import type { Condition } from '../model';
import type { HttpMatch, PathType } from './objects';
import { type Rank, rankOf } from './precedence';

/** In which order an implementation tries the matches of a host. */
export interface Order {
  /** The implementation; `undefined` for what the specification says alone. */
  readonly name: string | undefined;
  /**
   * What a match has of each criterion, the more the better.
   *
   * @param host how long the longest hostname of the route is
   */
  readonly rankOf: (match: HttpMatch, host: number) => Rank;
  /** Whether it is known which of a regular expression and another path comes first. */
  readonly knowsExpressions: boolean;
  /**
   * How hostnames are weighed:
   * - `each`: routes with the more specific hostname come first; what they do not take goes on to others;
   * - `apart`: the same, but it goes on to nobody;
   * - `merged`: apart, and routes whose hostnames come to the same together with the listener's are one list;
   * - `flat`: one list of all, in which the length of the hostname counts as a part of the rank.
   */
  readonly hosts: 'each' | 'apart' | 'merged' | 'flat';
  /** Of two matches of one rank, whether the one comes first whose name is first in the alphabet, not the older one. */
  readonly isByName: boolean;
}

/** The order of the specification, which has no place for regular expressions. */
export const SPECIFIED: Order = {
  name: undefined,
  rankOf,
  knowsExpressions: false,
  hosts: 'each',
  isByName: false,
};

type Kinds = Readonly<Record<PathType, number>>;
const EXPRESSIONS_FIRST: Kinds = { Exact: 2, RegularExpression: 1, PathPrefix: 0 };
const EXPRESSIONS_LAST: Kinds = { Exact: 2, PathPrefix: 1, RegularExpression: 0 };

/** How many conditions of a kind a match has, or how many of these ask for an exact value. */
function count({ conditions }: HttpMatch, kind: Condition['kind'], isExact = false): number {
  return conditions.filter((one) => one.kind === kind && (!isExact || ('value' in one && one.value.is === 'equal')))
    .length;
}

/** Kind and length of the path; a slash at the end of a prefix counts only where it is said to. */
function pathRank({ path, pathType }: HttpMatch, kinds: Kinds, countsSlash: boolean): Rank {
  const text = pathType === 'PathPrefix' && !countsSlash ? path.replace(/\/$/, '') : path;
  return [kinds[pathType], pathType === 'Exact' ? 0 : text.length];
}

function usualRank(match: HttpMatch): Rank {
  return [count(match, 'method'), count(match, 'header'), count(match, 'query')];
}

/**
 * The orders that implementations are known to follow, from their sources.
 *
 * @see https://github.com/envoyproxy/gateway/blob/main/internal/gatewayapi/sort.go
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/config/kube/gateway/conversion.go
 * @see https://github.com/kgateway-dev/kgateway/blob/main/pkg/kgateway/translator/routeutils/sorted.go
 * @see https://github.com/cilium/cilium/blob/main/operator/pkg/model/translation/envoy_virtual_host.go
 * @see https://github.com/nginx/nginx-gateway-fabric/blob/main/internal/controller/state/dataplane/sort.go
 * @see https://github.com/traefik/traefik/blob/master/pkg/provider/kubernetes/gateway/httproute.go
 */
const ORDERS: readonly Order[] = [
  {
    name: 'Envoy Gateway',
    // A method is a header like others, and of as many headers those with more exact values come first.
    rankOf: (match) => [
      ...pathRank(match, EXPRESSIONS_FIRST, true),
      count(match, 'header') + count(match, 'method'),
      count(match, 'header', true) + count(match, 'method'),
      count(match, 'query'),
      count(match, 'query', true),
    ],
    knowsExpressions: true,
    hosts: 'merged',
    isByName: true,
  },
  {
    name: 'Istio',
    rankOf: (match) => [...pathRank(match, EXPRESSIONS_LAST, false), ...usualRank(match)],
    knowsExpressions: true,
    hosts: 'apart',
    isByName: false,
  },
  {
    name: 'kgateway',
    // The length of a regular expression does not count.
    rankOf: (match) => [
      ...(match.pathType === 'RegularExpression' ? [1, 0] : pathRank(match, EXPRESSIONS_FIRST, true)),
      ...usualRank(match),
    ],
    knowsExpressions: true,
    hosts: 'merged',
    isByName: false,
  },
  {
    name: 'Cilium',
    rankOf: (match) => [...pathRank(match, EXPRESSIONS_FIRST, false), ...usualRank(match)],
    knowsExpressions: true,
    hosts: 'merged',
    isByName: false,
  },
  {
    name: 'NGINX Gateway Fabric',
    // Its releases differ in whether a location of a prefix keeps those of regular expressions out.
    rankOf: (match) => [...pathRank(match, EXPRESSIONS_FIRST, false), ...usualRank(match)],
    knowsExpressions: false,
    hosts: 'merged',
    isByName: false,
  },
  {
    name: 'Contour',
    rankOf,
    knowsExpressions: false,
    hosts: 'apart',
    isByName: false,
  },
  {
    name: 'Traefik',
    rankOf: (match, host) => [traefikPriority(match) + host],
    knowsExpressions: true,
    hosts: 'flat',
    isByName: false,
  },
];

/** Everything is one number: a method outweighs ten characters of a path. */
function traefikPriority(match: HttpMatch): number {
  const { path, pathType } = match;
  const own =
    pathType === 'Exact' ? 100_000 : pathType === 'PathPrefix' && path === '/' ? 1 : 10_000 + path.length * 100;
  return own + count(match, 'method') * 1000 + count(match, 'header') * 100 + count(match, 'query') * 10;
}

/** The order of an implementation by its name; what the specification says where it is not known. */
export function orderOf(implementation: string | undefined): Order {
  return ORDERS.find(({ name }) => name === implementation) ?? SPECIFIED;
}

/**
 * The ranks of matches where there are GRPCRoutes: those of the specification by characters of the service, then of the
 * method, then by headers; implementations that are known take the path that a method comes to.
 *
 * @param isAlone whether there are no HTTPRoutes beside them
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcrouterule
 */
export function grpcRank(order: Order, isAlone: boolean): Order['rankOf'] {
  return (match, host) => {
    if (order.name === undefined && isAlone) {
      return [match.grpc?.service ?? 0, match.grpc?.method ?? 0, count(match, 'header')];
    }
    return order.rankOf(match.match.kind === 'pattern' ? { ...match, pathType: 'RegularExpression' } : match, host);
  };
}
