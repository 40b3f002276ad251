import { translated } from './pcre';

/** A regular expression of PCRE, searched for anywhere in a text, as nginx and its Lua library do. */
export interface Pattern {
  readonly source: string;
  readonly ignoreCase: boolean;
  /**
   * The same in JavaScript; `undefined` where this cannot be said exactly.
   */
  readonly javascript: string | undefined;
  /**
   * - `exact`: `javascript` matches the same texts;
   * - `broken`: no regular expression at all, PCRE refuses it;
   * - `unknown`: PCRE and JavaScript differ, or may differ.
   */
  readonly state: 'exact' | 'broken' | 'unknown';
  /** What stands in the way, e.g. `possessive quantifiers`; empty for `exact`. */
  readonly why: string;
}

/** Reads a regular expression of PCRE. */
export function patternOf(source: string, caseless: boolean): Pattern {
  const option = source.startsWith('(?i)');
  const ignoreCase = caseless || option;
  const translation = translated(option ? source.slice(4) : source);
  if ('why' in translation) {
    return { source, ignoreCase, javascript: undefined, ...translation };
  }
  const { javascript } = translation;
  try {
    new RegExp(javascript);
    return { source, ignoreCase, javascript, state: 'exact', why: '' };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
    return { source, ignoreCase, javascript: undefined, state: 'broken', why };
  }
}

const COMPILED = new WeakMap<Pattern, RegExp>();

/** Whether a text matches; `undefined` where that cannot be said. A broken pattern matches nothing. */
export function matchesPattern(pattern: Pattern, text: string): boolean | undefined {
  if (pattern.javascript === undefined) {
    return pattern.state === 'broken' ? false : undefined;
  }
  return compiledOf(pattern, pattern.javascript).test(text);
}

/**
 * What the groups of a pattern hold where it is first found in a text, the whole first; `undefined` where it is not found.
 * Right for patterns of which `keepsCaptures` holds.
 */
export function capturesOf(pattern: Pattern, text: string): readonly (string | undefined)[] | undefined {
  const found = pattern.javascript === undefined ? null : compiledOf(pattern, pattern.javascript).exec(text);
  return found ?? undefined;
}

/**
 * Whether groups hold the same in PCRE and here. JavaScript empties the groups inside of something that is repeated each time
 * that it begins anew, which PCRE does not.
 */
export function keepsCaptures({ javascript }: Pattern): boolean {
  if (javascript === undefined) {
    return false;
  }
  // Whether each group that is open holds a capture, itself or inside.
  const open: boolean[] = [];
  for (const [piece] of javascript.matchAll(
    /\\.|\[(?:\\.|[^\\\]])*\]|\((?:\?[:=!])?|\)(?:[*+]|\{\d+(?:,\d*)?\})?|[\s\S]/g,
  )) {
    if (piece.startsWith('(')) {
      open.push(piece === '(');
    } else if (piece.startsWith(')')) {
      const captures = open.pop() ?? false;
      if (captures && piece.length > 1) {
        return false;
      }
      if (captures && open.length > 0) {
        open[open.length - 1] = true;
      }
    }
  }
  return true;
}

function compiledOf(pattern: Pattern, javascript: string): RegExp {
  let compiled = COMPILED.get(pattern);
  if (compiled === undefined) {
    compiled = new RegExp(javascript, pattern.ignoreCase ? 'i' : '');
    COMPILED.set(pattern, compiled);
  }
  return compiled;
}
