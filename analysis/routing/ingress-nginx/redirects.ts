import type { LocationPart, RequestPart } from '../model';

/** Variables of nginx that can be told from a request. */
const VARIABLES = new Map<string, RequestPart>([
  ['request_uri', 'uri'],
  ['uri', 'path'],
  ['document_uri', 'path'],
  ['args', 'query'],
  ['query_string', 'query'],
  ['is_args', 'query-mark'],
  ['scheme', 'scheme'],
  ['host', 'host'],
  ['http_host', 'host-header'],
  ['best_http_host', 'host-header'],
  ['request_method', 'method'],
]);

/**
 * The Location that nginx makes of a text with variables, and the variables that only a running server knows.
 *
 * @param isRelative whether a path is left without scheme and host
 */
export function locationOf(
  text: string,
  isRelative = false,
): {
  readonly parts: readonly LocationPart[];
  readonly unknown: readonly string[];
} {
  const unknown: string[] = [];
  const parts: LocationPart[] =
    text.startsWith('/') && !isRelative ? [{ of: 'scheme' }, { text: '://' }, { of: 'host' }] : [];
  for (const [piece, , braced, plain] of text.matchAll(/(\$\{(\w+)\}|\$(\w+))|\$|[^$]+/g)) {
    const name = braced ?? plain;
    const part = name === undefined ? undefined : VARIABLES.get(name);
    parts.push(part === undefined ? { text: piece } : { of: part });
    if (name !== undefined && part === undefined) {
      unknown.push(piece);
    }
  }
  return { parts, unknown };
}
