import { plainValue } from './scalars';

/**
 * The value of a document of the shape that kubectl, Helm and this library write: block mappings and lists, words as keys, scalars
 * on one line, and literal blocks of text.
 *
 * @param keys Words that are known to be keys; more are added. Documents that are read one after the other share most of them.
 * @returns `undefined` for every other document, right or wrong, which the parser is for.
 */
export function plainDocument(text: string, keys = new Set<string>()): { readonly value: unknown } | undefined {
  if (UNUSUAL_CHARACTER.test(text)) {
    return undefined;
  }
  try {
    return { value: new PlainReader(text, keys).document() };
  } catch (error) {
    if (error === UNUSUAL) {
      return undefined;
    }
    throw error;
  }
}

/** Thrown, and never seen outside of this file: a value costs nothing, where an error looks for its stack. */
const UNUSUAL = Symbol('not a plain document');

/** Tabs, other ends of lines, control characters, and what is no character. */
const UNUSUAL_CHARACTER = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** A word that begins with a letter; a colon in it is followed by more of it. */
const KEY = /^[A-Za-z][\w./-]*(?::[\w./-]+)*$/;

/** Longer keys need a form of their own, and deeper documents the limits of the parser. */
const LONGEST_KEY = 200;
const DEEPEST = 100;

/** What begins with one of these is no scalar without quotes. */
const INDICATOR = /^[,[\]{}#&*!|>'"%@`]|^[-?:](?: |$)/;

/** A double-quoted text whose escapes are those of JSON. */
const DOUBLE_QUOTED = /^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"$/;
const SINGLE_QUOTED = /^'(?:[^']|'')*'$/;

/** A list of words on one line. */
const WORDS = /^\[ *[A-Za-z][\w./-]*(?: *, *[A-Za-z][\w./-]*)* *\]$/;

class PlainReader {
  /** Where the next line begins. */
  private next = 0;
  /** The indent of the line at hand, or of what stands behind its dashes; -1 at the end of the text. */
  private indent = -1;
  private content = '';
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly keys: Set<string>,
  ) {}

  document(): unknown {
    if (this.text.startsWith('---')) {
      const end = this.lineEnd(0);
      if (!/^---(?: +(?:#.*)?)?$/.test(this.text.slice(0, end))) {
        throw UNUSUAL;
      }
      this.next = end + 1;
    }
    this.advance();
    if (this.indent < 0) {
      throw UNUSUAL;
    }
    const value = this.block();
    // What is left is indented as nothing before it.
    if (this.indent >= 0) {
      throw UNUSUAL;
    }
    return value;
  }

  private lineEnd(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end < 0 ? this.text.length : end;
  }

  /** Goes to the next line that is neither blank nor a comment. */
  private advance(): void {
    const { text } = this;
    while (this.next < text.length) {
      const start = this.next;
      let end = this.lineEnd(start);
      this.next = end + 1;
      let at = start;
      while (text.charCodeAt(at) === 0x20) {
        at++;
      }
      if (at >= end || text.charCodeAt(at) === 0x23) {
        continue;
      }
      while (text.charCodeAt(end - 1) === 0x20) {
        end--;
      }
      this.indent = at - start;
      this.content = text.slice(at, end);
      // A line that begins with dots ends the document, unless it is text.
      if (this.indent === 0 && (this.content.startsWith('...') || this.content.startsWith('---'))) {
        throw UNUSUAL;
      }
      return;
    }
    this.indent = -1;
    this.content = '';
  }

  /** The mapping or list that begins at hand. */
  private block(): unknown {
    if (++this.depth > DEEPEST) {
      throw UNUSUAL;
    }
    const value = isItem(this.content) ? this.list() : this.mapping();
    this.depth--;
    return value;
  }

  private mapping(): unknown {
    const { indent } = this;
    const mapping: Record<string, unknown> = {};
    while (this.indent === indent && !isItem(this.content)) {
      const end = keyEnd(this.content);
      const key = this.content.slice(0, Math.max(end, 0));
      if (!(this.keys.has(key) || this.isKey(key)) || Object.hasOwn(mapping, key)) {
        throw UNUSUAL;
      }
      const rest = behindSpaces(this.content, end + 1);
      if (rest === '' || rest.startsWith('#')) {
        this.advance();
        // A list may stand as deep as the key that it belongs to.
        const isList = this.indent === indent && isItem(this.content);
        mapping[key] = this.indent > indent || isList ? this.block() : null;
      } else {
        mapping[key] = this.scalar(rest, indent);
      }
      if (this.indent > indent) {
        throw UNUSUAL;
      }
    }
    return mapping;
  }

  private isKey(text: string): boolean {
    const isKey = text.length <= LONGEST_KEY && KEY.test(text) && plainValue(text) === text;
    if (isKey) {
      this.keys.add(text);
    }
    return isKey;
  }

  private list(): unknown {
    const { indent } = this;
    const list: unknown[] = [];
    while (this.indent === indent && isItem(this.content)) {
      const rest = behindSpaces(this.content, 1);
      if (rest === '' || rest.startsWith('#')) {
        this.advance();
        list.push(this.indent > indent ? this.block() : null);
      } else if (isItem(rest) || keyEnd(rest) > 0) {
        this.indent += this.content.length - rest.length;
        this.content = rest;
        list.push(this.block());
      } else {
        list.push(this.scalar(rest, indent));
      }
      if (this.indent > indent) {
        throw UNUSUAL;
      }
    }
    return list;
  }

  /** The scalar that ends the line at hand, or the block of text that follows it; of a parent of this indent. */
  private scalar(rest: string, parent: number): unknown {
    const first = rest.charCodeAt(0);
    if (first === 0x7c) {
      return this.literal(rest, parent);
    }
    // A line that is indented deeper goes on with this scalar, which mappings and lists see.
    this.advance();
    if (!INDICATOR.test(rest)) {
      if (rest.includes(': ') || rest.includes(' #') || rest.endsWith(':')) {
        throw UNUSUAL;
      }
      return plainValue(rest);
    }
    if (first === 0x22 && DOUBLE_QUOTED.test(rest)) {
      return rest.includes('\\') ? JSON.parse(rest) : rest.slice(1, -1);
    }
    if (first === 0x27 && SINGLE_QUOTED.test(rest)) {
      return rest.slice(1, -1).replaceAll("''", "'");
    }
    if (rest === '{}') {
      return {};
    }
    if (rest === '[]') {
      return [];
    }
    if (WORDS.test(rest)) {
      return rest
        .slice(1, -1)
        .split(',')
        .map((word) => plainValue(word.trim()));
    }
    throw UNUSUAL;
  }

  private literal(header: string, parent: number): string {
    const chomping = header.slice(1);
    if (chomping !== '' && chomping !== '-' && chomping !== '+') {
      throw UNUSUAL;
    }
    const { text } = this;
    const lines: string[] = [];
    let indent = -1;
    while (this.next < text.length) {
      const end = this.lineEnd(this.next);
      const line = text.slice(this.next, end);
      const content = behindSpaces(line, 0);
      const before = line.length - content.length;
      if (content !== '') {
        if (before <= parent) {
          break;
        }
        indent = indent < 0 ? before : indent;
        if (before < indent) {
          throw UNUSUAL;
        }
      } else if (before > 0) {
        // Blanks before the first line, or after the last, are read by rules of their own.
        throw UNUSUAL;
      }
      lines.push(line.slice(indent < 0 ? 0 : indent));
      this.next = end + 1;
    }
    const isAtEnd = this.next > text.length;
    this.advance();
    // Without an end of its last line a text has none either.
    if (indent < 0 || isAtEnd) {
      throw UNUSUAL;
    }
    const whole = `${lines.join('\n')}\n`;
    return chomping === '+' ? whole : whole.replace(/\n+$/, chomping === '-' ? '' : '\n');
  }
}

function isItem(content: string): boolean {
  return content.charCodeAt(0) === 0x2d && (content.length === 1 || content.charCodeAt(1) === 0x20);
}

/** What follows the spaces that stand here. Other blank characters are text. */
function behindSpaces(text: string, start: number): string {
  let at = start;
  while (text.charCodeAt(at) === 0x20) {
    at++;
  }
  return text.slice(at);
}

/** Where the colon behind a key stands; -1 where there is none. */
function keyEnd(content: string): number {
  const at = content.indexOf(': ');
  return at >= 0 ? at : content.endsWith(':') ? content.length - 1 : -1;
}
