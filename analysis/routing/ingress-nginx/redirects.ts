import type { LocationPart, RequestPart } from '../model';
import type { Pattern } from '../pattern';

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

/** A text of nginx taken apart, and the variables in it that only a running server knows. */
export interface Parts {
  readonly parts: readonly LocationPart[];
  readonly unknown: readonly string[];
}

/**
 * The Location that nginx makes of a text with variables, and the variables that only a running server knows.
 *
 * @param isRelative whether a path is left without scheme and host
 */
export function locationOf(text: string, isRelative = false): Parts {
  const { parts, unknown } = partsOf(text);
  const isPath = text.startsWith('/') && !isRelative;
  return { parts: isPath ? [{ of: 'scheme' }, { text: '://' }, { of: 'host' }, ...parts] : parts, unknown };
}

/**
 * A text with variables.
 *
 * @param pattern of which `$1` to `$9` are the groups; without, they are variables that nobody knows
 */
export function partsOf(text: string, pattern?: Pattern): Parts {
  const unknown: string[] = [];
  const parts: LocationPart[] = [];
  for (const [piece, group, , braced, plain] of text.matchAll(/\$([1-9])|(\$\{(\w+)\}|\$(\w+))|\$|[^$]+/g)) {
    if (group !== undefined && pattern !== undefined) {
      parts.push({ group: Number(group), pattern });
      continue;
    }
    const name = group ?? braced ?? plain;
    const part = name === undefined ? undefined : VARIABLES.get(name);
    parts.push(part === undefined ? { text: piece } : { of: part });
    if (name !== undefined && part === undefined) {
      unknown.push(piece);
    }
  }
  return { parts, unknown };
}
