/**
 * A set of texts of bytes (one character each), described by what they are made of. Built by the functions of this file
 * only, which make one object of what is written alike, so that two sets with the same number are the same.
 */
export type Regular =
  | { readonly kind: 'nothing' | 'empty' | 'start' | 'end'; readonly id: number }
  | One
  | { readonly kind: 'then'; readonly id: number; readonly first: Regular; readonly rest: Regular }
  | { readonly kind: 'or' | 'and'; readonly id: number; readonly all: readonly Regular[] }
  | { readonly kind: 'not' | 'repeated'; readonly id: number; readonly of: Regular };

/** Texts of one character. */
export interface One {
  readonly kind: 'one';
  readonly id: number;
  readonly bytes: Bytes;
  /** For each byte, 1 where it is one of these and 0 where not. */
  readonly members: Uint8Array;
}

/** A set of bytes: bit n is set for the character with the code n. */
export type Bytes = bigint;

const EVERY_BYTE: Bytes = (1n << 256n) - 1n;

/** Those that were made, by what they are made of: sequences by the numbers of both parts, single characters by their bytes. */
const known = new Map<string, Regular>();
const sequences = new Map<number, Regular>();
const ones = new Map<Bytes, One>();
let count = 0;

/** Above every number of an expression: a Map holds 2²⁴ at most, and there are three. */
const BEYOND = 2 ** 26;

function interned<Key, Node extends Regular>(all: Map<Key, Node>, key: Key, make: (id: number) => Node): Node {
  let node = all.get(key);
  if (node === undefined) {
    node = make(count++);
    all.set(key, node);
  }
  return node;
}

/** No text at all. */
export const NOTHING: Regular = { kind: 'nothing', id: count++ };
/** The text without characters. */
export const EMPTY: Regular = { kind: 'empty', id: count++ };
/** The place before the first character. */
export const START: Regular = { kind: 'start', id: count++ };
/** The place behind the last character. */
export const END: Regular = { kind: 'end', id: count++ };
/** Every text. */
export const ALL = not(NOTHING);

/** Texts of one character of a set. */
export function one(bytes: Bytes): Regular {
  return bytes === 0n ? NOTHING : oneOf(bytes);
}

function oneOf(bytes: Bytes): One {
  return interned(ones, bytes, (id) => ({ kind: 'one', id, bytes, members: membersOf(bytes) }));
}

function membersOf(bytes: Bytes): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => Number((bytes >> BigInt(code)) & 1n));
}

/** The set of bytes with a character. */
export function byte(code: number): Bytes {
  return 1n << BigInt(code);
}

/** All bytes but those. */
export function otherBytes(bytes: Bytes): Bytes {
  return EVERY_BYTE & ~bytes;
}

/** The bytes of all characters of a text. */
export function bytesIn(text: string): Bytes {
  return [...text].reduce((set, character) => set | byte(character.charCodeAt(0)), 0n);
}

/** This text alone. */
export function literal(text: string): Regular {
  let result = EMPTY;
  for (let at = text.length - 1; at >= 0; at--) {
    result = then(one(byte(text.charCodeAt(at))), result);
  }
  return result;
}

/** One behind the other. */
export function then(first: Regular, rest: Regular): Regular {
  if (first === NOTHING || rest === NOTHING) {
    return NOTHING;
  }
  if (first === EMPTY || rest === EMPTY) {
    return first === EMPTY ? rest : first;
  }
  if (first.kind === 'then') {
    return then(first.first, then(first.rest, rest));
  }
  return interned(sequences, first.id * BEYOND + rest.id, (id) => ({ kind: 'then', id, first, rest }));
}

/** Several, one behind the other. */
export function sequence(...parts: readonly Regular[]): Regular {
  return parts.reduceRight((rest, part) => then(part, rest), EMPTY);
}

/** What is in any of them. */
export function or(...parts: readonly Regular[]): Regular {
  return joined('or', parts, NOTHING, ALL);
}

/** What is in all of them. */
export function and(...parts: readonly Regular[]): Regular {
  return joined('and', parts, ALL, NOTHING);
}

function joined(kind: 'or' | 'and', parts: readonly Regular[], neutral: Regular, decisive: Regular): Regular {
  const all = new Map<number, Regular>();
  for (const part of parts) {
    for (const inner of part.kind === kind ? part.all : [part]) {
      if (inner === decisive) {
        return decisive;
      }
      if (inner !== neutral) {
        all.set(inner.id, inner);
      }
    }
  }
  const sorted = [...all.values()].sort((a, b) => a.id - b.id);
  const [first] = sorted;
  return first === undefined
    ? neutral
    : sorted.length === 1
      ? first
      : interned(known, `${kind} ${sorted.map(({ id }) => id).join(' ')}`, (id) => ({ kind, id, all: sorted }));
}

/** What is not in it. */
export function not(of: Regular): Regular {
  return of.kind === 'not' ? of.of : interned(known, `not ${of.id}`, (id) => ({ kind: 'not', id, of }));
}

/** Any number of them, one behind the other, none among them. */
export function repeated(of: Regular): Regular {
  return of === NOTHING || of === EMPTY || of.kind === 'repeated'
    ? of === NOTHING
      ? EMPTY
      : of
    : interned(known, `repeated ${of.id}`, (id) => ({ kind: 'repeated', id, of }));
}
