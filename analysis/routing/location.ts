import type { LocationPart, RequestPart } from './model';
import { capturesOf } from './pattern';
import type { ParsedRequest } from './request';
import { escapedArguments, escapedBytes, resolvedPath } from './uri';

/** The Location of a redirect, put together for a request. */
export function locationFor(location: readonly LocationPart[], request: ParsedRequest): string {
  return location.map((part) => partText(part, request)).join('');
}

/** A part of a Location for a request. */
function partText(part: LocationPart, request: ParsedRequest): string {
  if ('text' in part) {
    return part.text;
  }
  if ('group' in part) {
    const text = captured(part, request);
    // nginx escapes what it takes over only where the client had escaped something.
    return /[%+]/.test(request.uri) ? escapedArguments(text) : text;
  }
  return 'of' in part ? requestPart(part.of, request) : pathUnder(part, request);
}

/** The same inside of a path that is escaped as a whole afterwards. */
export function unescapedFor(parts: readonly LocationPart[], request: ParsedRequest): string {
  return parts.map((part) => ('group' in part ? captured(part, request) : partText(part, request))).join('');
}

function captured({ group, pattern }: Extract<LocationPart, { group: number }>, request: ParsedRequest): string {
  return capturesOf(pattern, request.path ?? '/')?.[group] ?? '';
}

/** The path of a request, whose beginning gives way to another; an empty one is `/`. */
export function pathUnder(
  { under, by }: { readonly under: string; readonly by: string },
  request: ParsedRequest,
): string {
  const bare = (text: string) => text.replace(/\/$/, '');
  const sent = request.uri.split('?', 1)[0] as string;
  const prefix = bare(under);
  // As sent, where it begins with the prefix and no dots could lead out of that again; else resolved.
  const isAsSent = sent.startsWith(prefix) && !/\/\./.test(sent) && /^(\/|$)/.test(sent.slice(prefix.length));
  const resolvedPrefix = bare(resolvedPath(under) ?? under);
  const rest = isAsSent ? sent.slice(prefix.length) : escapedBytes((request.path ?? '/').slice(resolvedPrefix.length));
  return bare(by) + rest || '/';
}

function requestPart(part: RequestPart, request: ParsedRequest): string {
  switch (part) {
    case 'scheme':
    case 'method':
    case 'host':
    case 'uri':
    case 'query':
      return request[part];
    case 'port':
      return String(request.port);
    case 'host-header':
      return request.hostHeader;
    case 'host-header-without-port':
      return request.hostHeader.split(':')[0] ?? '';
    case 'uri-without-last-slash':
      return request.uri.replace(/\/$/, '');
    case 'path':
      return request.path ?? '';
    case 'query-mark':
      return request.query === '' ? '' : '?';
    case 'forwarded-host':
      return forwardedHost(request);
    case 'forwarded-host-without-port':
      return forwardedHost(request).split(':')[0] ?? '';
    case 'forwarded-proto':
    case 'forwarded-port':
      return request.headers.get(`x-${part}`) ?? '';
  }
}

function forwardedHost({ headers }: ParsedRequest): string {
  return headers.get('x-forwarded-host')?.split(',')[0] ?? '';
}

/** The Location of a redirect as a pattern for readers, e.g. `https://HOST/PATH?QUERY`. */
export function locationText(location: readonly LocationPart[]): string {
  return location.map(placeholder).join('');
}

function placeholder(part: LocationPart): string {
  if ('text' in part) {
    return part.text;
  }
  if ('group' in part) {
    return `{group ${part.group} of ${part.pattern.source}}`;
  }
  return 'of' in part ? PLACEHOLDERS[part.of] : `${part.by}{path behind ${part.under}}`;
}

const PLACEHOLDERS: Readonly<Record<RequestPart, string>> = {
  scheme: '{scheme}',
  method: '{method}',
  port: '{port}',
  host: '{host}',
  'host-header': '{host}',
  'host-header-without-port': '{host}',
  uri: '{path and query}',
  'uri-without-last-slash': '{path and query}',
  path: '{path}',
  query: '{query}',
  'query-mark': '',
  'forwarded-host': '{host}',
  'forwarded-host-without-port': '{host}',
  'forwarded-proto': '{scheme}',
  'forwarded-port': '{port}',
};
