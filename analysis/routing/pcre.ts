/** A regular expression in JavaScript, or why there is none. */
export type Translation =
  | { readonly javascript: string }
  | { readonly state: 'broken' | 'unknown'; readonly why: string };

class Refusal extends Error {
  constructor(
    readonly state: 'broken' | 'unknown',
    readonly why: string,
  ) {
    super(why);
  }
}

/** Escapes that mean the same in both, and what they are in JavaScript. */
const CLASSES = new Map([
  ['d', '0-9'],
  ['w', 'A-Za-z0-9_'],
  // PCRE knows these six; JavaScript many more.
  ['s', ' \\t\\n\\v\\f\\r'],
]);
const CONTROLS = new Map([
  ['n', '\\n'],
  ['r', '\\r'],
  ['t', '\\t'],
  ['f', '\\f'],
  ['a', '\\x07'],
  ['e', '\\x1b'],
]);
const POSIX = new Map([
  ['alnum', 'A-Za-z0-9'],
  ['alpha', 'A-Za-z'],
  ['digit', '0-9'],
  ['lower', 'a-z'],
  ['upper', 'A-Z'],
  ['xdigit', '0-9A-Fa-f'],
  ['word', 'A-Za-z0-9_'],
  ['space', ' \\t\\n\\v\\f\\r'],
  ['blank', ' \\t'],
]);

/**
 * Says a regular expression of PCRE (no options, bytes) in JavaScript (no `u` flag, one character for each byte), as far
 * as both match the same texts. Groups keep their numbers.
 *
 * @see https://www.pcre.org/current/doc/html/pcre2syntax.html
 */
export function translated(source: string): Translation {
  try {
    return { javascript: new Translator(source).translate() };
  } catch (error) {
    if (error instanceof Refusal) {
      return { state: error.state, why: error.why };
    }
    throw error;
  }
}

/** All but what `Translator` looks at one by one. */
const PLAIN = /[^\\[\](){}|.^$*+?/]+/y;

class Translator {
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  translate(): string {
    if (/[^\0-\x7f]/.test(this.source)) {
      throw new Refusal('unknown', 'characters that are not ASCII');
    }
    let out = '';
    let repeatable = false;
    while (this.at < this.source.length) {
      const plain = this.plain();
      if (plain !== '') {
        out += plain;
        repeatable = true;
        continue;
      }
      const quantifier = this.quantifier();
      if (quantifier !== undefined) {
        if (!repeatable) {
          throw new Refusal('broken', `nothing to repeat before ${JSON.stringify(quantifier)}`);
        }
        out += quantifier;
        repeatable = false;
        continue;
      }
      const [text, canRepeat] = this.atom();
      out += text;
      repeatable = canRepeat;
    }
    if (this.depth > 0) {
      throw new Refusal('broken', 'a group is not closed');
    }
    return out;
  }

  /** The characters from here on that stand for themselves. */
  private plain(): string {
    const start = this.at;
    PLAIN.lastIndex = start;
    this.at = PLAIN.test(this.source) ? PLAIN.lastIndex : start;
    return this.source.slice(start, this.at);
  }

  /** A quantifier with its laziness; undefined where none stands here. */
  private quantifier(): string | undefined {
    if (!'*+?{'.includes(this.source[this.at] as string)) {
      return undefined;
    }
    const rest = this.source.slice(this.at);
    const [whole, lowest, highest] = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})/.exec(rest) ?? [];
    if (whole === undefined) {
      if (/^\{\s*,?\s*\d/.test(rest)) {
        throw new Refusal('unknown', 'quantifiers that only some releases of PCRE know');
      }
      return undefined;
    }
    if (Number(lowest ?? 0) > 65535 || Number(highest ?? 0) > 65535) {
      throw new Refusal('broken', `${whole} repeats too often`);
    }
    if (highest !== undefined && highest !== '' && Number(highest) < Number(lowest)) {
      throw new Refusal('broken', `${whole} has its numbers out of order`);
    }
    this.at += whole.length;
    const next = this.source[this.at];
    if (next === '+') {
      throw new Refusal('unknown', 'possessive quantifiers');
    }
    if (next === '?') {
      this.at++;
      return `${whole}?`;
    }
    return whole;
  }

  /** One atom, and whether it may be repeated. */
  private atom(): readonly [string, boolean] {
    const character = this.source[this.at++] as string;
    switch (character) {
      case '\\':
        return this.escape();
      case '[':
        return [this.characterClass(), true];
      case '(':
        this.depth++;
        return [this.group(), false];
      case ')':
        if (this.depth-- === 0) {
          throw new Refusal('broken', 'a parenthesis closes no group');
        }
        return [')', true];
      case '|':
        return ['|', false];
      case '.':
        return ['[^\\n]', true];
      case '^':
        return ['^', false];
      case '$':
        return ['(?=\\n?$)', false];
      default:
        // A bracket or brace that means nothing here, or a slash.
        return [`\\${character}`, true];
    }
  }

  private escape(): readonly [string, boolean] {
    const character = this.source[this.at++];
    if (character === undefined) {
      throw new Refusal('broken', 'a backslash at the very end');
    }
    const lower = character.toLowerCase();
    const inside = CLASSES.get(lower);
    if (inside !== undefined) {
      return [`[${character === lower ? '' : '^'}${inside}]`, true];
    }
    switch (character) {
      case 'b':
      case 'B':
        return [`\\${character}`, false];
      case 'A':
        return ['^', false];
      case 'z':
        return ['$', false];
      case 'Z':
        return ['(?=\\n?$)', false];
    }
    return [this.character(character), true];
  }

  /** An escape that stands for one character, in or out of a class. */
  private character(character: string): string {
    const control = CONTROLS.get(character);
    if (control !== undefined) {
      return control;
    }
    if (character === 'x') {
      const [digits] = /^[0-7][0-9A-Fa-f]/.exec(this.source.slice(this.at)) ?? [];
      if (digits === undefined) {
        throw new Refusal('unknown', '\\x with anything but two digits below 80');
      }
      this.at += 2;
      return `\\x${digits}`;
    }
    if (/[A-Za-z0-9]/.test(character)) {
      throw new Refusal('unknown', `\\${character}`);
    }
    return /[ -~]/.test(character) && !/[\^$\\.*+?()[\]{}|/-]/.test(character) ? character : `\\${character}`;
  }

  private group(): string {
    const rest = this.source.slice(this.at);
    if (rest.startsWith('*')) {
      throw new Refusal('unknown', 'verbs such as (*UTF)');
    }
    if (!rest.startsWith('?')) {
      return '(';
    }
    const [plain] = /^\?(?::|=|!)/.exec(rest) ?? [];
    if (plain !== undefined) {
      this.at += plain.length;
      // A look-ahead may be repeated in neither; that it is not is checked where it closes.
      return `(${plain}`;
    }
    const [named] = /^\?(?:P?<(?![=!])[A-Za-z_][A-Za-z0-9_]*>|'[A-Za-z_][A-Za-z0-9_]*')/.exec(rest) ?? [];
    if (named !== undefined) {
      this.at += named.length;
      return '(';
    }
    throw new Refusal('unknown', `groups that begin with (${rest.slice(0, 2)}`);
  }

  private characterClass(): string {
    let out = '[';
    if (this.source[this.at] === '^') {
      out += '^';
      this.at++;
    }
    const start = this.at;
    for (let first = true; ; first = false) {
      const character = this.source[this.at++];
      if (character === undefined) {
        throw new Refusal('broken', 'a class is not closed');
      }
      if (character === ']' && !first) {
        return `${out}]`;
      }
      const ends = this.at - 2 > start && this.source[this.at - 2] === '-';
      if (character === '[' && /^[:.=]/.test(this.source.slice(this.at))) {
        out += this.posix();
        this.noRange(ends);
      } else if (character === '\\') {
        out += this.classEscape(ends);
      } else {
        out += /[\^\][\\/]/.test(character) ? `\\${character}` : character;
      }
    }
  }

  /** `[:alpha:]`; a bracket and a colon that are none are literal. */
  private posix(): string {
    const [whole, name] = /^:([a-z]+):\]/.exec(this.source.slice(this.at)) ?? [];
    const inside = name === undefined ? undefined : POSIX.get(name);
    if (whole === undefined || inside === undefined) {
      throw new Refusal('unknown', 'a class with [: or [. or [= inside');
    }
    this.at += whole.length;
    return inside;
  }

  private classEscape(ends: boolean): string {
    const character = this.source[this.at++];
    if (character === undefined) {
      throw new Refusal('broken', 'a class is not closed');
    }
    const lower = character.toLowerCase();
    const inside = CLASSES.get(lower);
    if (inside !== undefined) {
      this.noRange(ends);
      if (character === 'S') {
        throw new Refusal('unknown', '\\S in a class');
      }
      return character === lower ? inside : `\\${character}`;
    }
    if (character === 'b') {
      return '\\x08';
    }
    return this.character(character);
  }

  /** A set of characters at an end of a range is an error to some and a hyphen to others. */
  private noRange(ends: boolean): void {
    if (ends || (this.source[this.at] === '-' && this.source[this.at + 1] !== ']')) {
      throw new Refusal('unknown', 'a range with a set of characters at its end');
    }
  }
}
