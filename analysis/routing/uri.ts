/**
 * A path as nginx compares it: percent-escapes decoded to bytes (one character each), `.` and `..` resolved, repeated
 * slashes made one. `undefined` for what nginx refuses: broken escapes, a null byte, and `..` above the root.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function resolvedPath(raw: string): string | undefined {
  if (!/[%]|\/\/|\/\./.test(raw)) {
    return raw;
  }
  const decoded = decodedBytes(raw);
  if (decoded === undefined) {
    return undefined;
  }
  const segments: string[] = [];
  const parts = decoded.slice(1).split('/');
  const last = parts.length - 1;
  for (const [index, part] of parts.entries()) {
    const ends = index === last;
    if (part === '..') {
      if (segments.pop() === undefined) {
        return undefined;
      }
    } else if (part !== '' && part !== '.') {
      segments.push(part);
      continue;
    }
    if (ends) {
      segments.push('');
    }
  }
  return `/${segments.join('/')}`;
}

/** Every escape as the byte that it stands for; `undefined` where one is broken or stands for no byte. */
function decodedBytes(raw: string): string | undefined {
  let broken = false;
  const decoded = raw.replace(/%([0-9A-Fa-f]{2})?/g, (_, digits: string | undefined) => {
    broken ||= digits === undefined || digits === '00';
    return String.fromCharCode(Number.parseInt(digits ?? '0', 16));
  });
  return broken ? undefined : decoded;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what needs no work
const ASCII = /^[\x00-\x7f]*$/;

/** A text as the bytes of its UTF-8, one character each: how paths and values travel. */
export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : String.fromCharCode(...new TextEncoder().encode(text));
}

/** The text whose UTF-8 some bytes are; `undefined` where they are none. */
export function textOfBytes(bytes: string): string | undefined {
  if (ASCII.test(bytes)) {
    return bytes;
  }
  const text = new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  return bytesOf(text) === bytes ? text : undefined;
}

/** Bytes as people read them: as UTF-8, or with escapes where they are none. */
export function readable(bytes: string): string {
  return textOfBytes(bytes) ?? bytes.replace(/[^\x20-\x7e]/g, escaped);
}

/** A path or query as a client would send it: spaces and what is not ASCII escaped. */
export function sentUri(text: string): string {
  return bytesOf(text).replace(/[^!-~]/g, escaped);
}

/** A path as nginx writes it into a Location. */
export function escapedPath(path: string): string {
  return escapedBytes(bytesOf(path));
}

/** The same for a path in bytes, as it is after resolving. */
export function escapedBytes(path: string): string {
  return path.replace(/[^!-~]|[%?#"<>\\^`{|}]/g, escaped);
}

/** A text in bytes as nginx puts it into the arguments of a Location. */
export function escapedArguments(bytes: string): string {
  return bytes.replace(/[^!-~]|[%&+;?#]/g, escaped);
}

function escaped(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
