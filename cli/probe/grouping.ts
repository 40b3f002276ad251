import { InvalidArgumentError } from 'commander';
import type { Reply } from './send';

/** What tells answers apart. */
export interface Grouping {
  /** What is looked at, e.g. `the status`. */
  readonly of: 'status' | 'header' | 'body';
  /** What answers are called that have nothing to tell them apart by. */
  readonly none: string;
  groupOf(reply: Reply): string | undefined;
}

/** Longer groups are cut: the rest would fill the screen. */
const LONGEST = 200;

/** Answers with the same status belong together. */
export const BY_STATUS: Grouping = { of: 'status', none: '(no status)', groupOf: ({ status }) => String(status) };

/** Answers with the same value of a header belong together. */
export function byHeader(name: string): Grouping {
  const key = name.toLowerCase();
  return { of: 'header', none: `(no ${name} header)`, groupOf: ({ headers }) => headers.get(key)?.slice(0, LONGEST) };
}

/** Answers belong together in which a pattern finds the same: its first group, or all of it where it has none. */
export function byBody(pattern: RegExp): Grouping {
  return {
    of: 'body',
    none: '(no match)',
    groupOf: ({ body }) => {
      const match = pattern.exec(body);
      return match === null ? undefined : match.length > 1 ? match[1]?.slice(0, LONGEST) : match[0].slice(0, LONGEST);
    },
  };
}

/** A pattern as a person writes it. */
export function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text, 'm');
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}. Give a regular expression such as "Pod: (\\S+)".`);
  }
}

/** The name of a header. */
export function parseHeaderName(text: string): string {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)) {
    throw new InvalidArgumentError('Give the name of a header, e.g. "X-Pod".');
  }
  return text;
}
