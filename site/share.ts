/** What a link carries: everything stands in its fragment, which browsers send to nobody. */
export interface Shared {
  readonly yaml: string;
  /** The state that was kept. */
  readonly kept?: string;
  /** The lesson, and its step from 1. */
  readonly lesson?: string;
  readonly step?: number;
}

const NAME = '#m=';

/** So long may a shared text be: a short link can unfold to anything. */
const LONGEST = 5_000_000;

/**
 * The fragment of a link.
 *
 * @see https://compression.spec.whatwg.org/
 */
export async function fragmentOf(shared: Shared): Promise<string> {
  const stream = new Blob([JSON.stringify(shared)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return NAME + btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Whether a fragment is one that carries manifests. */
export function isShared(fragment: string): boolean {
  return fragment.startsWith(NAME);
}

/**
 * What a fragment carries.
 *
 * @throws Error for one that was cut or changed, and for what would be too long
 */
export async function sharedIn(fragment: string): Promise<Shared> {
  try {
    const text = atob(fragment.slice(NAME.length).replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const found: unknown = JSON.parse(await limited(stream));
    if (isSharedText(found)) {
      const { yaml, kept, lesson, step } = found;
      return { yaml, ...texts({ kept, lesson }), ...(Number.isInteger(step) ? { step: step as number } : {}) };
    }
  } catch (error) {
    if (error instanceof TooLong) {
      throw error;
    }
  }
  throw new Error('the link was cut or changed: nothing can be read from it');
}

class TooLong extends Error {}

async function limited(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > LONGEST) {
      await reader.cancel();
      throw new TooLong('the link holds more than 5 MB of text, which is not opened');
    }
  }
  return text + decoder.decode();
}

function isSharedText(value: unknown): value is { readonly yaml: string } & Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'yaml' in value && typeof value.yaml === 'string';
}

function texts(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
