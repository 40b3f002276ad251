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
  const { keys, depth } = shapeOf(text);
  return depth <= MAX_DEPTH && keys === keysOf(value) ? { value } : undefined;
}

/** How many keys a JSON text writes (each is followed by the only kind of colon outside of strings), and its depth. */
function shapeOf(text: string): { readonly keys: number; readonly depth: number } {
  let keys = 0;
  let open = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x22) {
      at = stringEnd(text, at);
    } else if (character === 0x3a) {
      keys++;
    } else if (character === 0x5b || character === 0x7b) {
      depth = Math.max(depth, ++open);
    } else if (character === 0x5d || character === 0x7d) {
      open--;
    }
  }
  return { keys, depth };
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x22) {
      return at;
    }
    at += character === 0x5c ? 1 : 0;
  }
}

function keysOf(root: unknown): number {
  let keys = 0;
  const open = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) {
      const members = Object.values(value);
      keys += Array.isArray(value) ? 0 : members.length;
      for (const member of members) {
        open.push(member);
      }
    }
  }
  return keys;
}
