import { bytesOf } from '../uri';
import type { Location, Server } from './servers';

/** A location as nginx gets it. */
export interface NginxLocation {
  readonly location: Location;
  readonly path: string;
  readonly isExact: boolean;
}

/** The locations of a server, in the order in which they are written for nginx. */
export interface NginxLocations {
  /** Whether all of them are regular expressions, which one rewrite or `use-regex` makes of all. */
  readonly areRegex: boolean;
  readonly locations: readonly NginxLocation[];
}

/**
 * Turns paths into locations of nginx: longest first; a prefix becomes one for the path itself and one for what is below
 * it; a single Ingress with `use-regex` or a rewrite makes regular expressions of all locations of the host.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/ingress-path-matching/
 */
export function nginxLocations({ locations }: Server): NginxLocations {
  const sorted = [...locations].sort((one, other) => {
    const [a, b] = [bytesOf(one.path), bytesOf(other.path)];
    return b.length - a.length || (a < b ? 1 : a > b ? -1 : 0);
  });
  const exact = new Set(sorted.filter(({ pathType }) => pathType === 'Exact').map(({ path }) => path));
  const written = sorted.flatMap((location): NginxLocation[] => {
    const { path, pathType } = location;
    if (path === '/' || pathType === 'Exact' || isRewritten(location, path) || location.owner?.annotations.useRegex) {
      return [{ location, path, isExact: pathType === 'Exact' }];
    }
    const below = { location, path: path.endsWith('/') ? path : `${path}/`, isExact: false };
    return exact.has(path) ? [below] : [below, { location, path, isExact: true }];
  });
  const areRegex = written.some(
    ({ location, path }) => isRewritten(location, path) || location.owner?.annotations.useRegex === true,
  );
  return { areRegex, locations: written };
}

function isRewritten({ owner }: Location, path: string): boolean {
  const target = owner?.annotations.rewriteTarget;
  return target !== undefined && target !== path;
}
