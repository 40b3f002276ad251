import { MAX_DEPTH } from './yaml';

/**
 * The value of a JSON text, or `undefined` where it is not JSON, gives a key twice or nests without end: the YAML parser,
 * which reads JSON too, then says where the mistake is.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[{[]/.test(text)) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // Where a key was given twice, the value has fewer than the text.
  return keysOf(value) === keysIn(text) || hasAllColons(value, text) ? { value } : undefined;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/**
 * How many keys are written in a JSON text, or more: a colon follows each, and no others stand outside of texts. Of those that do
 * not follow a quote, and of those that follow one that is escaped, it is plain that they are part of a text; one that begins
 * a text is taken for that of a key. Not a number where white space comes before a colon, so that nothing is plain.
 */
function keysIn(text: string): number {
  let keys = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === QUOTE) {
      keys += isEscaped(text, at - 1) ? 0 : 1;
    } else if (before <= 0x20) {
      return Number.NaN;
    }
  }
  return keys;
}

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === BACKSLASH) {
    start--;
  }
  return (at - start) % 2 === 1;
}

/** How many keys a value has; not a number where it nests without end. */
function keysOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  if (depth > MAX_DEPTH) {
    return Number.NaN;
  }
  let keys = 0;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      keys += keysOf(value[at], depth + 1);
    }
  } else {
    for (const key in value) {
      keys += 1 + keysOf((value as Record<string, unknown>)[key], depth + 1);
    }
  }
  return keys;
}

/** Whether a value has each colon of its text: the long way, which no text misleads. */
function hasAllColons(value: unknown, text: string): boolean {
  return !ESCAPED_COLON.test(text) && colonsOf(value) === colonsIn(text);
}

/** A colon that is one in the value and none in the text; nobody writes it so. */
const ESCAPED_COLON = /\\u003a/i;

/** How many colons the text of a value has; not a number where it nests without end. */
function colonsOf(value: unknown, depth = 0): number {
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
