import type { RouteRequest } from '../routing';
import { escapedBytes, textOfBytes } from '../routing/uri';
import type { Entry } from './entries';
import type { Given } from './variables';

const USUAL = { http: 80, https: 443 } as const;

/**
 * A request that has some things.
 *
 * @param path as it is sent, escapes and all
 * @param query without question mark; empty for none
 */
export function requestOf(
  { scheme, port }: Pick<Entry, 'scheme' | 'port'>,
  host: string,
  path: string,
  query: string,
  given: readonly Given[],
): RouteRequest {
  const headers = new Map<string, string>();
  const queries = query === '' ? [] : [query];
  let method: string | undefined;
  for (const part of given) {
    const text = textOfBytes(part.value) ?? part.value;
    switch (part.kind) {
      case 'method':
        method = part.value;
        break;
      case 'query':
        queries.unshift(`${encodeURIComponent(part.name)}=${encodeURIComponent(text)}`);
        break;
      case 'cookie':
        headers.set('cookie', [headers.get('cookie') ?? [], `${part.name}=${text}`].flat().join('; '));
        break;
      case 'header':
        headers.set(part.name, text);
    }
  }
  const authority = port === USUAL[scheme] ? host : `${host}:${port}`;
  const url = `${scheme}://${authority}${path}${queries.length === 0 ? '' : `?${queries.join('&')}`}`;
  return {
    url,
    ...(method === undefined ? {} : { method }),
    ...(headers.size === 0 ? {} : { headers: Object.fromEntries(headers) }),
  };
}

/** A path in bytes as it is sent. */
export function sentPath(path: string): string {
  return escapedBytes(path);
}

/** How much there is of a request: fewer things beside the plain URL first, then fewer characters. */
export function sizeOf({ url, method, headers = {} }: RouteRequest): number {
  const parts = Object.entries(headers);
  const characters = parts.reduce((sum, [name, value]) => sum + name.length + value.length, url.length);
  const extras =
    (method === undefined ? 0 : 1) + parts.length + (url.includes('?') ? 1 : 0) + (url.includes('%') ? 2 : 0);
  return extras * 100_000 + characters;
}
