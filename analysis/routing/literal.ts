import type { Pattern } from './pattern';

/**
 * The text with which every path begins that a pattern matches, in lower case where case does not count; empty where there
 * is no such text or it cannot be told.
 */
export function literalOf({ source, ignoreCase, state }: Pattern): string {
  const [, text = '', next = ''] = /^\^([A-Za-z0-9/_-]*)(.?)/s.exec(source) ?? [];
  if (state !== 'exact' || hasChoice(source)) {
    return '';
  }
  // What may be repeated may also be left out.
  const literal = /[*?{]/.test(next) ? text.slice(0, -1) : text;
  return ignoreCase ? literal.toLowerCase() : literal;
}

/** Whether a pattern is a choice as a whole: its beginning is then that of the first only. */
function hasChoice(source: string): boolean {
  let depth = 0;
  for (const [piece] of source.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]/gs)) {
    depth += piece === '(' ? 1 : piece === ')' ? -1 : 0;
    if (piece === '|' && depth === 0) {
      return true;
    }
  }
  return false;
}
