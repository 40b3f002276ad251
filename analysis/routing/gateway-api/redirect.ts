import type { LocationPart, RouteOutcome } from '../model';
import { sentUri } from '../uri';
import type { HttpMatch, RequestRedirect } from './objects';

/** The listener that a redirect answers for, as far as its Location depends on it. */
export interface Entry {
  readonly scheme: 'http' | 'https';
  readonly port: number;
}

const USUAL_PORTS = { http: 80, https: 443 } as const;

/**
 * The redirect that a filter makes. Without port it leads to the usual one of the scheme that it names, else to the
 * listener's; the usual port of the scheme is not written.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter
 */
export function redirectOf(redirect: RequestRedirect, { path: under }: HttpMatch, entry: Entry): RouteOutcome {
  const scheme = redirect.scheme ?? entry.scheme;
  const port = redirect.port ?? (redirect.scheme === undefined ? entry.port : USUAL_PORTS[redirect.scheme]);
  const host: LocationPart = redirect.hostname === undefined ? { of: 'host' } : { text: redirect.hostname };
  return {
    kind: 'redirect',
    status: redirect.status,
    location: [
      { text: `${scheme}://` },
      host,
      ...(port === USUAL_PORTS[scheme] ? [] : [{ text: `:${port}` }]),
      ...pathOf(redirect.path, under),
    ],
  };
}

/** The path of a Location, with the query of the request. */
function pathOf(path: RequestRedirect['path'], under: string): LocationPart[] {
  if (path === undefined) {
    return [{ of: 'uri' }];
  }
  const query: LocationPart[] = [{ of: 'query-mark' }, { of: 'query' }];
  if ('full' in path) {
    return [{ text: sentUri(path.full.startsWith('/') ? path.full : `/${path.full}`) }, ...query];
  }
  return [{ under, by: sentUri(path.prefix) }, ...query];
}
