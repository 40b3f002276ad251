import type { YAMLException } from 'js-yaml';

/** So many characters are parsed again at most: a text that is made to harm would have each of its lines mended. */
const MOST_PARSED = 50_000_000;

/**
 * Writes a text so that the parser takes what kubectl takes and YAML 1.2 does not: lines of a quoted text, a list or a mapping
 * in brackets that are indented less than what they belong to, or by tabs, tabs before a value, and a comment right behind a
 * quote or bracket. White space is all that changes, and no line becomes two, so that lines keep their numbers.
 *
 * @see https://github.com/yaml/go-yaml/tree/v2
 */
export class Mender {
  private parsed = 0;
  /** The line that was indented last, and how far. */
  private last = -1;
  private indent = '';

  /** The text without the mistake; `undefined` where it is another one. */
  mended(text: string, { mark, reason }: Pick<YAMLException, 'mark' | 'reason'>): string | undefined {
    this.parsed += text.length;
    if (mark === undefined || this.parsed > MOST_PARSED) {
      return undefined;
    }
    const { position, line } = mark;
    const between = /[[{,:][ \t]*\t[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', position - 1) + 1, position));
    if (reason === 'deficient indentation' && between !== null) {
      const start = position - between[0].length;
      return `${text.slice(0, start)}${between[0].replaceAll('\t', ' ')}${text.slice(position)}`;
    }
    if (reason === 'deficient indentation' && line > 0 && line !== this.last) {
      return this.indented(text, text.lastIndexOf('\n', position - 1) + 1, line);
    }
    return text[position] === '#' && /["'\]}]/.test(text[position - 1] ?? '')
      ? `${text.slice(0, position)} ${text.slice(position)}`
      : undefined;
  }

  private indented(text: string, start: number, line: number): string {
    if (line !== this.last + 1) {
      // Nothing on the line before can stand further to the right than it is long.
      const [before = ''] = text.slice(0, start).trimEnd().split('\n').slice(-1);
      this.indent = ' '.repeat(before.length + 1);
    }
    this.last = line;
    const content = start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
    return `${text.slice(0, start)}${this.indent}${text.slice(content)}`;
  }
}
