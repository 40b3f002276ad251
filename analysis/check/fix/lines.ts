import type { Position } from '../../manifest';

/** A text by its lines, which are counted from 1. */
export class TextLines {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.starts = starts;
  }

  offsetOf({ line, column }: Position): number {
    // Readers do not count a byte order mark.
    const mark = line === 1 && this.text.startsWith('\uFEFF') ? 1 : 0;
    return this.startOf(line) + column - 1 + mark;
  }

  /** Where a line starts; the end of the text for a line behind it. */
  startOf(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  /** Whether nothing but spaces stands before a place on its line. */
  isFirst(position: Position): boolean {
    return this.text.slice(this.startOf(position.line), this.offsetOf(position)).trim() === '';
  }

  /** Whether a mapping or list between braces or brackets begins at a place. */
  isBracket(position: Position): boolean {
    return '{['.includes(this.text[this.offsetOf(position)] ?? ' ');
  }

  /** Whether as many brackets are closed on some lines as are opened. */
  isBalanced(first: number, last: number): boolean {
    const text = this.text.slice(this.startOf(first), this.startOf(last + 1));
    return (text.match(/[{[]/g)?.length ?? 0) === (text.match(/[}\]]/g)?.length ?? 0);
  }

  /** Whether a place is behind the end of a line, and not in a last line without one. */
  endsInLine(offset: number): boolean {
    return offset === 0 || this.text[offset - 1] === '\n';
  }
}
