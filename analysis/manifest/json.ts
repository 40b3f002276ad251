import { MAX_DEPTH } from './yaml';

/**
 * The value of a JSON text, or `undefined` where it is not JSON, gives a key twice or nests without end: the YAML parser,
 * which reads JSON too, then says where the mistake is.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[{[]/.test(text) || ESCAPED_COLON.test(text)) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // One follows each key, and no others stand outside of texts: where a key was given twice, its colon is gone from the value.
  return colonsOf(value, 0) === colonsIn(text) ? { value } : undefined;
}

/** A colon that is one in the value and none in the text; nobody writes it so. */
const ESCAPED_COLON = /\\u003a/i;

/** How many colons the text of a value has; not a number where it nests without end. */
function colonsOf(value: unknown, depth: number): number {
  if (typeof value === 'string') {
    return colonsIn(value);
  }
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  if (depth > MAX_DEPTH) {
    return Number.NaN;
  }
  let colons = 0;
  if (Array.isArray(value)) {
    for (const entry of value) {
      colons += colonsOf(entry, depth + 1);
    }
  } else {
    for (const key in value) {
      colons += 1 + colonsIn(key) + colonsOf((value as Record<string, unknown>)[key], depth + 1);
    }
  }
  return colons;
}

function colonsIn(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    colons++;
  }
  return colons;
}
