/** What a text with a placeholder is, or `undefined` where there is none. */
export function templateIn(text: string): string | undefined {
  if (text.includes('{{')) {
    return 'a template, e.g. of Helm; render it first';
  }
  if (/\$\{[A-Za-z_]/.test(text)) {
    return 'a placeholder that nobody filled in; fill it in first, e.g. by envsubst';
  }
  return undefined;
}
