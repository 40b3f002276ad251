import { numberText } from '../numbers';
/** A part of a comment: what begins and ends it stays whole, its rows may be cut. */
export interface Block {
  readonly head: string;
  readonly rows: readonly string[];
  readonly tail: string;
  /** What stands in the place of rows that do not fit. */
  readonly more: (count: number) => string;
}

/** More rows of one kind than anybody reads in a comment. */
const MOST_ROWS = 100;

/**
 * Blocks as one text of at most so many characters. Every block keeps its head, its end, and the count of what is left out, so that no
 * table, fold or fence stays open; rows are taken from the front.
 */
export function composed(blocks: readonly Block[], limit: number): string {
  const frames = blocks.map(({ head, rows, tail, more }) => head.length + tail.length + more(rows.length).length + 1);
  const kept: number[] = [];
  let left = limit - LEFT_OUT.length - 8;
  for (const [at, size] of frames.entries()) {
    if (size <= left) {
      kept.push(at);
      left -= size;
    }
  }
  const texts = kept.map((at) => {
    const { head, rows, tail, more } = blocks[at] as Block;
    const own: string[] = [];
    for (const row of rows.slice(0, rows.length > MOST_ROWS + 1 ? MOST_ROWS : rows.length)) {
      if (row.length > left) {
        break;
      }
      left -= row.length;
      own.push(row);
    }
    const rest = rows.length - own.length;
    return `${head}${own.join('')}${rest > 0 ? more(rest) : ''}${tail}`;
  });
  const dropped = blocks.length - kept.length;
  return `${texts.join('\n')}${dropped > 0 ? `\n${dropped} ${LEFT_OUT}` : ''}`;
}

const LEFT_OUT = 'more parts do not fit into a comment.\n';

/** A table with a line above it. */
export function table(title: string, heads: string, rows: readonly string[]): Block {
  return {
    head: `${title}\n\n${heads}`,
    rows,
    tail: '',
    more: (count) => `\n… and ${numberText(count)} more\n`,
  };
}

/** The same, folded. */
export function folded(title: string, heads: string, rows: readonly string[]): Block {
  return {
    head: `<details><summary>${title}</summary>\n\n${heads}`,
    rows,
    tail: '\n</details>\n',
    more: (count) => `\n… and ${numberText(count)} more\n`,
  };
}

/** A text that cannot be cut. */
export function whole(text: string): Block {
  return { head: text, rows: [], tail: '', more: () => '' };
}
