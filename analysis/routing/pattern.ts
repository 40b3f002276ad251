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
  let compiled = COMPILED.get(pattern);
  if (compiled === undefined) {
    compiled = new RegExp(pattern.javascript, pattern.ignoreCase ? 'i' : '');
    COMPILED.set(pattern, compiled);
  }
  return compiled.test(text);
}
