/** A yes or no as Go reads it; `undefined` for anything else. */
export function boolOf(text: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) {
    return true;
  }
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text) ? false : undefined;
}

/** A whole number as Go reads it; `undefined` for anything else. */
export function intOf(text: string): number | undefined {
  const number = /^[+-]?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(number) < 2 ** 63 ? number : undefined;
}

/** A text without the spaces around each of its lines; `undefined` for none. */
export function textOf(text: string): string | undefined {
  const trimmed = text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
  return trimmed === '' ? undefined : trimmed;
}
