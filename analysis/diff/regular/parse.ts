import type { Pattern } from '../../routing';
import {
  ALL,
  type Bytes,
  byte,
  bytesIn,
  EMPTY,
  END,
  NOTHING,
  one,
  or,
  otherBytes,
  type Regular,
  repeated,
  START,
  sequence,
  then,
} from './expression';

/** More repetitions than this are not written out. */
const MOST_REPEATS = 200;

class Unsupported extends Error {}

/**
 * The texts in which a pattern is found; `undefined` for patterns with look-ahead, word boundaries and the like, and for
 * those that nobody can evaluate.
 */
export function textsOf(pattern: Pattern): Regular | undefined {
  if (pattern.state === 'broken') {
    return NOTHING;
  }
  if (pattern.javascript === undefined) {
    return undefined;
  }
  try {
    return sequence(ALL, new Parser(pattern.javascript, pattern.ignoreCase).whole(), ALL);
  } catch (error) {
    if (error instanceof Unsupported) {
      return undefined;
    }
    throw error;
  }
}

const ESCAPED = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['f', 12],
  ['v', 11],
]);

/** Reads what patterns are written in after translation: the plain part of JavaScript's regular expressions. */
class Parser {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly ignoreCase: boolean,
  ) {}

  whole(): Regular {
    const result = this.alternatives();
    if (this.at < this.source.length) {
      throw new Unsupported();
    }
    return result;
  }

  private alternatives(): Regular {
    const all = [this.branch()];
    while (this.source[this.at] === '|') {
      this.at++;
      all.push(this.branch());
    }
    return or(...all);
  }

  private branch(): Regular {
    const parts: Regular[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      parts.push(this.quantified(this.atom()));
    }
    return sequence(...parts);
  }

  private quantified(atom: Regular): Regular {
    const [whole, sign, least, comma, most] =
      /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.source.slice(this.at, this.at + 20)) ?? [];
    if (whole === undefined) {
      return atom;
    }
    this.at += whole.length;
    if (sign !== undefined) {
      return sign === '*' ? repeated(atom) : sign === '+' ? then(atom, repeated(atom)) : or(EMPTY, atom);
    }
    const from = Number(least);
    const to = comma === undefined ? from : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (from > MOST_REPEATS || (to > MOST_REPEATS && to !== Number.POSITIVE_INFINITY)) {
      throw new Unsupported();
    }
    let rest = to === Number.POSITIVE_INFINITY ? repeated(atom) : EMPTY;
    for (let count = from; count < to && to !== Number.POSITIVE_INFINITY; count++) {
      rest = or(EMPTY, then(atom, rest));
    }
    return sequence(...Array.from({ length: from }, () => atom), rest);
  }

  private atom(): Regular {
    if (this.source.startsWith('(?=\\n?$)', this.at)) {
      // Texts with line breaks are left aside, so this is the end.
      this.at += 8;
      return END;
    }
    const character = this.source[this.at++] as string;
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return one(this.set());
      case '^':
        return START;
      case '$':
        return END;
      case '.':
        return one(otherBytes(bytesIn('\n\r')));
      case '\\':
        return one(this.folded(byte(this.escape())));
      default:
        return one(this.folded(byte(character.charCodeAt(0))));
    }
  }

  private group(): Regular {
    if (this.source[this.at] === '?') {
      if (this.source[this.at + 1] !== ':') {
        throw new Unsupported();
      }
      this.at += 2;
    }
    const inner = this.alternatives();
    this.at++;
    return inner;
  }

  private escape(): number {
    const character = this.source[this.at++] as string;
    const known = ESCAPED.get(character);
    if (known !== undefined) {
      return known;
    }
    if (character === 'x') {
      this.at += 2;
      return Number.parseInt(this.source.slice(this.at - 2, this.at), 16);
    }
    if (/[A-Za-z0-9]/.test(character)) {
      throw new Unsupported();
    }
    return character.charCodeAt(0);
  }

  private set(): Bytes {
    const negated = this.source[this.at] === '^';
    this.at += negated ? 1 : 0;
    let bytes = 0n;
    while (this.source[this.at] !== ']') {
      const from = this.member();
      const isRange = this.source[this.at] === '-' && this.source[this.at + 1] !== ']';
      this.at += isRange ? 1 : 0;
      const to = isRange ? this.member() : from;
      for (let code = from; code <= to; code++) {
        bytes |= byte(code);
      }
    }
    this.at++;
    return negated ? otherBytes(this.folded(bytes)) : this.folded(bytes);
  }

  private member(): number {
    const character = this.source[this.at++] as string;
    return character === '\\' ? this.escape() : character.charCodeAt(0);
  }

  /** With the other case of each letter, where case does not count. */
  private folded(bytes: Bytes): Bytes {
    return this.ignoreCase ? inAnyCase(bytes) : bytes;
  }
}

const folds = new Map<Bytes, Bytes>();

/** A set with the other case of each of its letters; each is made once. */
function inAnyCase(bytes: Bytes): Bytes {
  let all = folds.get(bytes);
  if (all === undefined) {
    all = 0n;
    for (let code = 0; code < 256; code++) {
      all |= (casesOf(code) & bytes) === 0n ? 0n : byte(code);
    }
    folds.set(bytes, all);
  }
  return all;
}

const cases: Bytes[] = [];

/** The bytes that JavaScript takes for the same where case does not count. */
function casesOf(code: number): Bytes {
  if (cases.length === 0) {
    for (let one = 0; one < 256; one++) {
      const sign = new RegExp(`^\\x${one.toString(16).padStart(2, '0')}$`, 'i');
      const same = Array.from({ length: 256 }, (_, other) => other).filter((other) =>
        sign.test(String.fromCharCode(other)),
      );
      cases.push(same.reduce((set, other) => set | byte(other), 0n));
    }
  }
  return cases[code] as Bytes;
}
