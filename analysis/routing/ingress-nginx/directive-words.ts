/** What ends a word in the configuration of nginx; `${` begins a variable. */
const ENDS_A_WORD = /[\s;]|(?<!\$)\{/;

/** Whether a text that stands in the configuration of nginx without quotes ends there before it is at its end. */
export function endsAWord(text: string): boolean {
  return ENDS_A_WORD.test(text) && !/^(['"]).*\1$/s.test(text);
}

/**
 * Whether nginx looks for the name of a variable where none is, and refuses its whole configuration.
 *
 * @see https://nginx.org/en/docs/varindex.html
 */
export function hasBareDollar(text: string): boolean {
  return /\$(?!\w|\{\w+\})/.test(text);
}
