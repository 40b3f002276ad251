import { textOf } from './files';

/** An item of a JSON array, not parsed yet. */
export interface JsonItem {
  /** From 0. */
  readonly index: number;
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly bytes: Buffer;
}

/** What keeps a text from being a JSON array. */
export class JsonArrayMistake extends Error {
  /** @param line from 1; 0 where there is none */
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [0x22, 0x5c, 0x2c, 0x0a];
const [OPEN, CLOSE, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Cuts a JSON array into its items as it is read, so that an array of any length takes no more memory than its largest item.
 *
 * Items are not parsed: what is no JSON inside of one shows when it is.
 */
export class JsonItems {
  private state: 'before' | 'inside' | 'after' = 'before';
  private line = 1;
  private index = 0;
  private depth = 0;
  private isText = false;
  private isEscaped = false;
  /** The begin of an item that goes on in the next piece, and its line. */
  private parts: Buffer[] = [];
  private startLine = 0;

  /**
   * Takes the next piece of the text.
   *
   * @returns the items that end in it
   * @throws JsonArrayMistake where the text is no array
   */
  add(piece: Buffer): JsonItem[] {
    const items: JsonItem[] = [];
    let at = this.state === 'before' ? this.begin(piece) : 0;
    if (this.state !== 'inside') {
      this.expectSpace(piece, at);
      return items;
    }
    let start = at;
    for (; at < piece.length; at++) {
      const byte = piece[at] as number;
      if (byte === NEWLINE) {
        this.line++;
      }
      if (this.isText) {
        if (this.isEscaped) {
          this.isEscaped = false;
        } else if (byte === BACKSLASH) {
          this.isEscaped = true;
        } else if (byte === QUOTE) {
          this.isText = false;
        }
        continue;
      }
      if (this.depth === 0 && (byte === COMMA || byte === CLOSE)) {
        const isLast = byte === CLOSE;
        this.finish(piece.subarray(start, at), isLast, items);
        start = at + 1;
        if (isLast) {
          this.state = 'after';
          this.expectSpace(piece, at + 1);
          return items;
        }
        continue;
      }
      if (this.startLine === 0 && !isSpace(byte)) {
        this.startLine = this.line;
      }
      if (byte === QUOTE) {
        this.isText = true;
      } else if (byte === OPEN || byte === OPEN_BRACE) {
        this.depth++;
      } else if (this.depth > 0 && (byte === CLOSE || byte === CLOSE_BRACE)) {
        this.depth--;
      }
    }
    // A piece may be written over once it was taken.
    this.parts.push(Buffer.from(piece.subarray(start)));
    return items;
  }

  /** @throws JsonArrayMistake where the text ended too early */
  end(): void {
    if (this.state === 'before') {
      throw new JsonArrayMistake('there is nothing in it; give a JSON array', 0);
    }
    if (this.state === 'inside') {
      throw new JsonArrayMistake(`the array does not end: "]" is missing behind item [${this.index}]`, this.line);
    }
  }

  /** Goes to behind the `[`. */
  private begin(piece: Buffer): number {
    let at = this.line === 1 && piece.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0;
    for (; at < piece.length && isSpace(piece[at] as number); at++) {
      this.line += piece[at] === NEWLINE ? 1 : 0;
    }
    if (at < piece.length && piece[at] !== OPEN) {
      const text = textOf(piece.subarray(at, at + 64));
      throw 'mistake' in text
        ? new JsonArrayMistake(text.mistake, this.line)
        : new JsonArrayMistake(
            `it begins with ${JSON.stringify(text.text.slice(0, 20))}; give a JSON array`,
            this.line,
          );
    }
    this.state = at < piece.length ? 'inside' : 'before';
    return at + 1;
  }

  private finish(rest: Buffer, isLast: boolean, items: JsonItem[]): void {
    const bytes = this.parts.length === 0 ? rest : Buffer.concat([...this.parts, rest]);
    this.parts = [];
    if (this.startLine !== 0) {
      const start = bytes.findIndex((byte) => !isSpace(byte));
      items.push({ index: this.index, line: this.startLine, bytes: bytes.subarray(start) });
      this.index++;
    } else if (!isLast || this.index > 0) {
      throw new JsonArrayMistake(`item [${this.index}] is empty: there is a comma too many`, this.line);
    }
    this.startLine = 0;
  }

  private expectSpace(piece: Buffer, from: number): void {
    for (let at = from; at < piece.length; at++) {
      this.line += piece[at] === NEWLINE ? 1 : 0;
      if (!isSpace(piece[at] as number)) {
        throw new JsonArrayMistake('more text stands behind the "]" that ends the array', this.line);
      }
    }
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}
