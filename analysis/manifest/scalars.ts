/** The value of a scalar without quotes. */
export function plainValue(source: string): unknown {
  const first = source.charCodeAt(0);
  // What begins with a digit, a sign or a dot may be a number; a word is one of a few, or a text.
  if (first < 0x3a) {
    return integer(source) ?? float(source) ?? source;
  }
  if (source.length > LONGEST_WORD) {
    return source;
  }
  const value = WORDS.get(source);
  return value === undefined ? source : value;
}

/** Words that are no text, in lower case; YAML 1.1 takes them with a capital and all in capitals too. */
const LOWER: readonly (readonly [string, boolean | null])[] = [
  ['null', null],
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
];

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['', null],
  ['~', null],
  ['y', true],
  ['Y', true],
  ['n', false],
  ['N', false],
  ...LOWER.flatMap(([word, value]): [string, boolean | null][] => [
    [word, value],
    [`${word.charAt(0).toUpperCase()}${word.slice(1)}`, value],
    [word.toUpperCase(), value],
  ]),
]);

/** `false` is the longest word that is no text. */
const LONGEST_WORD = 5;

const RADIX = new Map([
  ['0x', 16],
  ['0o', 8],
  ['0b', 2],
]);

/** A whole number as go-yaml reads it, `0644` being octal; `undefined` for what is none. */
export function integer(source: string): number | undefined {
  const text = source.replaceAll('_', '').toLowerCase();
  const [, sign, prefix, digits] = /^([-+]?)(0[xob]|0(?=[0-9]))?([0-9a-f]+)$/.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const radix = prefix === undefined ? 10 : (RADIX.get(prefix) ?? 8);
  const allowed = '0123456789abcdef'.slice(0, radix);
  return [...digits].every((digit) => allowed.includes(digit))
    ? Number.parseInt(digits, radix) * (sign === '-' ? -1 : 1)
    : undefined;
}

/** A number with a point or an exponent, infinity, or what is not a number. */
export function float(source: string): number | undefined {
  const text = source.replaceAll('_', '');
  if (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(text)) {
    return Number(text);
  }
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) {
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return /^\.(nan|NaN|NAN)$/.test(text) ? Number.NaN : undefined;
}
