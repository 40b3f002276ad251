import type { LocationPart, RouteOutcome } from '../routing';

/** The filter that redirects as an outcome does; or why there is none. */
export type RedirectFilter = { readonly filter: object } | { readonly why: string };

const HOSTS = new Set(['host', 'host-header', 'host-header-without-port']);
const PATHS = new Set(['uri', 'uri-without-last-slash']);
const STATUSES = [301, 302, 303, 307, 308];

/**
 * Says a redirect with the fields of a RequestRedirect. Whether it leads to the same place for every request, the proof
 * has to show: a slash at the end is kept, and so is the query.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter
 */
export function redirectFilter({ status, location }: RouteOutcome & { readonly kind: 'redirect' }): RedirectFilter {
  if (!STATUSES.includes(status)) {
    return { why: `a redirect with status ${status} is not among ${STATUSES.join(', ')}` };
  }
  // Names of parts stand where texts cannot: between two null bytes.
  const text = location.map(partText).join('');
  const [, scheme, host, port, path] =
    /^(https?|\0scheme\0):\/\/(\0host\0|[a-z0-9.-]+)(?::(\d+))?(.*)$/s.exec(text) ?? [];
  const rest = path?.replace('\0query\0', '') ?? '\0';
  if (scheme === undefined || host === undefined || (rest !== '\0path\0' && rest.includes('\0'))) {
    return { why: `the Location ${text.replace(/\0(\w+)\0/g, '{$1}')} cannot be said by a RequestRedirect` };
  }
  const usual = scheme === 'https' ? '443' : '80';
  const requestRedirect = {
    ...(scheme === '\0scheme\0' ? {} : { scheme }),
    ...(host === '\0host\0' ? {} : { hostname: host }),
    ...(port === undefined || port === usual ? {} : { port: Number(port) }),
    ...(rest === '\0path\0' ? {} : { path: { type: 'ReplaceFullPath', replaceFullPath: rest === '' ? '/' : rest } }),
    statusCode: status,
  };
  return { filter: { type: 'RequestRedirect', requestRedirect } };
}

function partText(part: LocationPart): string {
  if ('text' in part) {
    return part.text;
  }
  if (!('of' in part)) {
    return '\0other\0';
  }
  return HOSTS.has(part.of)
    ? '\0host\0'
    : PATHS.has(part.of)
      ? '\0path\0'
      : part.of === 'query-mark' || part.of === 'query'
        ? part.of === 'query'
          ? '\0query\0'
          : ''
        : `\0${part.of}\0`;
}
