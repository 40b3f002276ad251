/**
 * Differences between two answers that have a name, so that they can be accepted:
 * - `redirect-status`: both redirects are permanent (301, 308), or both are not (302, 303, 307);
 * - `redirect-slash`: one drops a slash at the very end of the Location;
 * - `redirect-query`: one keeps the query;
 * - `error-status`: both answer with an error, with another status;
 * - `controller-paths`: one answers by itself, under hosts that no rule has: ingress-nginx does so at `/healthz` and
 *   `/nginx_status`;
 * - `settings`: what is not evaluated differs, such as timeouts and policies; all of it is listed all the same;
 * - `path-case`: a regular expression takes the path only because case does not count, as in ingress-nginx;
 * - `wildcard-labels`: one takes several labels before the name of a wildcard host, as Gateways do, the other one label alone, as
 *   ingress-nginx does;
 * - `wildcard-beside-exact`: what no rule of a host takes goes on to rules of a wider one, such as a wildcard host, where the other
 *   answers 404;
 * - `forwarded-host`: one takes the header X-Forwarded-Host for the host, as ingress-nginx does with `use-forwarded-headers`.
 */
export type NamedDifference =
  | 'redirect-status'
  | 'redirect-slash'
  | 'redirect-query'
  | 'error-status'
  | 'controller-paths'
  | 'settings'
  | 'path-case'
  | 'wildcard-labels'
  | 'wildcard-beside-exact'
  | 'forwarded-host';

/** All of them. */
export const NAMED_DIFFERENCES: readonly NamedDifference[] = [
  'redirect-status',
  'redirect-slash',
  'redirect-query',
  'error-status',
  'controller-paths',
  'settings',
  'path-case',
  'wildcard-labels',
  'wildcard-beside-exact',
  'forwarded-host',
];

/**
 * A difference that does not count: under every host by its name, or under some by `NAME=HOST`, e.g.
 * `wildcard-labels=*.example.com`. A wildcard host stands for itself and all hosts below it.
 */
export type AcceptedName = NamedDifference | `${NamedDifference}=${string}`;
