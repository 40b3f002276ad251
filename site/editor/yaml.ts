/** A part of a line that has a colour. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly kind: 'key' | 'text' | 'value' | 'comment' | 'sign';
}

/** What the lines before leave open: a block text whose lines are deeper than this, or quotes. */
export interface Open {
  readonly block: number;
  readonly quote: '' | '"' | "'";
}

export const NOTHING_OPEN: Open = { block: -1, quote: '' };

const VALUE = /^([-+]?(\d[\d_]*(\.\d*)?([eE][-+]?\d+)?|0x[\da-fA-F]+)|true|false|null|~)$/i;
const KEY = /("([^"\\]|\\.)*"|'([^']|'')*'|[^\s#:,[\]{}"'&*!|>-][^#,[\]{}]*?)(?=\s*:(\s|$))/y;
const SIGN = /(-(?=\s|$)|[?:](?=\s|$)|[[\]{},]|[&*!][^\s,[\]{}]*|^(---|\.\.\.)(?=\s|$))/y;
const BLOCK = /[|>][-+0-9]*\s*(#.*)?$/y;
const PLAIN = /[^\s,[\]{}]([^\s,[\]{}]|[^\S\n]+(?!#)(?=[^\s,[\]{}])|,(?=\S))*/y;

/**
 * What of a line of YAML has which colour, and what it leaves open for the next. The colours help to read; what a text means, and
 * whether it is YAML, the engine says.
 *
 * @see https://yaml.org/spec/1.2.2/
 */
export function tokensOf(
  line: string,
  { block, quote }: Open,
): { readonly tokens: readonly Token[]; readonly open: Open } {
  const tokens: Token[] = [];
  const indent = line.length - line.trimStart().length;
  if (block >= 0 && (line.trim() === '' || indent > block)) {
    return {
      tokens: line.trim() === '' ? [] : [{ from: indent, to: line.length, kind: 'text' }],
      open: { block, quote },
    };
  }
  let at = 0;
  const take = (pattern: RegExp, kind: Token['kind']): boolean => {
    pattern.lastIndex = at;
    const [found = ''] = pattern.exec(line) ?? [];
    if (found !== '') {
      tokens.push({ from: at, to: at + found.length, kind });
      at += found.length;
    }
    return found !== '';
  };
  if (quote !== '') {
    const end = endOf(line, 0, quote);
    tokens.push({ from: 0, to: end ?? line.length, kind: 'text' });
    if (end === undefined) {
      return { tokens, open: { block: -1, quote } };
    }
    at = end;
  }
  while (at < line.length) {
    const character = line.charAt(at);
    if (/\s/.test(character)) {
      at++;
    } else if (character === '#') {
      tokens.push({ from: at, to: line.length, kind: 'comment' });
      break;
    } else if (take(BLOCK, 'sign')) {
      return { tokens, open: { block: indent, quote: '' } };
    } else if (!take(SIGN, 'sign') && !take(KEY, 'key')) {
      if (character === '"' || character === "'") {
        const end = endOf(line, at + 1, character);
        tokens.push({ from: at, to: end ?? line.length, kind: 'text' });
        if (end === undefined) {
          return { tokens, open: { block: -1, quote: character } };
        }
        at = end;
      } else {
        PLAIN.lastIndex = at;
        const [plain = character] = PLAIN.exec(line) ?? [];
        if (VALUE.test(plain)) {
          tokens.push({ from: at, to: at + plain.length, kind: 'value' });
        }
        at += plain.length;
      }
    }
  }
  return { tokens, open: NOTHING_OPEN };
}

/** Where quotes end; undefined where they do not on this line. */
function endOf(line: string, from: number, quote: string): number | undefined {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\' && quote === '"') {
      at++;
    } else if (line[at] === quote && quote === "'" && line[at + 1] === "'") {
      at++;
    } else if (line[at] === quote) {
      return at + 1;
    }
  }
  return undefined;
}
