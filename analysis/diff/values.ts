import type { Condition, ValueMatch } from '../routing';
import { textOfBytes } from '../routing/uri';
import { textClasses } from './regular/classes';
import {
  ALL,
  and,
  type Bytes,
  byte,
  bytesIn,
  EMPTY,
  literal,
  not,
  one,
  or,
  type Regular,
  repeated,
  sequence,
} from './regular/expression';
import { textsOf } from './regular/parse';

/** Examples of values, at least one for each class that conditions tell apart, if that could be found out. */
export interface Examples {
  /** In bytes, short ones first. */
  readonly texts: readonly string[];
  /** The patterns whose values could not be found. */
  readonly undecided: readonly string[];
}

function range(from: number, to: number): Bytes {
  let bytes = 0n;
  for (let code = from; code <= to; code++) {
    bytes |= byte(code);
  }
  return bytes;
}

const PRINTABLE = range(0x20, 0x7e);
const ANY = repeated(one(PRINTABLE));
/** What arrives of a header: clients and servers drop spaces around it. */
const TRIMMED = and(ANY, not(sequence(literal(' '), ALL)), not(sequence(ALL, literal(' '))));
const COOKIE_BYTES = PRINTABLE & ~bytesIn(' ",;\\');
const COOKIE_VALUE = repeated(one(COOKIE_BYTES));

const DOMAINS: Readonly<Record<'header' | 'query' | 'cookie', Regular>> = {
  header: TRIMMED,
  query: ANY,
  cookie: COOKIE_VALUE,
};

/** Examples of the values of a header, a query parameter or a cookie. */
export function exampleValues(kind: 'header' | 'query' | 'cookie', matches: readonly ValueMatch[]): Examples {
  const equal = matches.flatMap((match) => (match.is === 'equal' ? [match.text] : []));
  const texts = equal.filter((text) => isSendable(kind, text));
  const other = otherThan(equal);
  const patterns = matches.flatMap((match) => (match.is === 'like' ? [match.pattern] : []));
  if (patterns.length === 0) {
    return { texts: [other, ...shortFirst(texts)], undecided: [] };
  }
  const sets = patterns.map(textsOf);
  const known = sets.filter((set) => set !== undefined);
  const { classes, isComplete } = textClasses(DOMAINS[kind], [...known, ...equal.map(literal)]);
  const undecided = patterns.filter((_, index) => !isComplete || sets[index] === undefined);
  const found = classes.map(({ text }) => text);
  return {
    texts: shortFirst([...new Set([...found, ...texts, ...(found.length === 0 ? [other] : [])])]),
    undecided: undecided.map(({ source }) => source),
  };
}

/** A text that is none of those. */
function otherThan(texts: readonly string[]): string {
  let text = 'x';
  for (let count = 1; texts.includes(text); count++) {
    text = `x${count}`;
  }
  return text;
}

function shortFirst(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0));
}

function isSendable(kind: 'header' | 'query' | 'cookie', text: string): boolean {
  if (textOfBytes(text) === undefined) {
    return false;
  }
  return kind === 'query' || (kind === 'cookie' ? !/[;\0\r\n]|^ | $/.test(text) : !/[\0\r\n]|^[ \t]|[ \t]$/.test(text));
}

const SEMICOLON = literal('; ');
const NAME = one(range(0x21, 0x7e) & ~bytesIn('"(),/:;<=>?@[\\]{}'));
const PAIR = sequence(NAME, repeated(NAME), literal('='), COOKIE_VALUE);
const PAIRS = sequence(PAIR, repeated(sequence(SEMICOLON, PAIR)));

/**
 * Examples of the whole header `Cookie`, where some conditions ask for a cookie and others for a pattern of the header.
 * Headers are taken as browsers write them, with each cookie that a condition names at most once.
 */
export function exampleCookies(conditions: readonly Condition[]): Examples {
  const sets: Regular[] = [];
  const undecided: string[] = [];
  const names = new Set<string>();
  for (const condition of conditions) {
    if (condition.kind === 'cookie') {
      names.add(condition.name.toLowerCase());
    }
    const set = cookieSet(condition);
    if (set !== undefined) {
      sets.push(set);
    } else if ('value' in condition && condition.value.is === 'like') {
      undecided.push(condition.value.pattern.source);
    }
  }
  const once = [...names].map((name) => not(sequence(cookieStart(name), COOKIE_VALUE, SEMICOLON, cookieRest(name))));
  const { classes, isComplete } = textClasses(and(PAIRS, ...once), sets);
  if (!isComplete) {
    undecided.push(
      ...conditions.flatMap((one) => ('value' in one && one.value.is === 'like' ? [one.value.pattern.source] : [])),
    );
  }
  const plain = [...names].flatMap((name) => ['always', 'never', 'x'].map((value) => `${name}=${value}`));
  return { texts: shortFirst([...new Set([...classes.map(({ text }) => text), ...plain, 'x=x'])]), undecided };
}

/** A header up to the equals sign of a cookie. */
function cookieStart(name: string): Regular {
  return sequence(or(EMPTY, sequence(ALL, SEMICOLON)), caseless(name), literal('='));
}

/** What may follow a cookie: the same one once more. */
function cookieRest(name: string): Regular {
  return sequence(or(EMPTY, sequence(ALL, SEMICOLON)), caseless(name), literal('='), ALL);
}

function caseless(name: string): Regular {
  return sequence(...[...name].map((character) => one(bytesIn(character.toLowerCase() + character.toUpperCase()))));
}

function cookieSet(condition: Condition): Regular | undefined {
  if (condition.kind === 'header') {
    const { value } = condition;
    return value.is === 'given' ? ALL : value.is === 'equal' ? literal(value.text) : textsOf(value.pattern);
  }
  if (condition.kind !== 'cookie' || condition.value.is === 'like') {
    return undefined;
  }
  const value = condition.value.is === 'equal' ? literal(condition.value.text) : COOKIE_VALUE;
  return sequence(cookieStart(condition.name), value, or(EMPTY, sequence(SEMICOLON, ALL)));
}
