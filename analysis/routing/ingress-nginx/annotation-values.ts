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

/** What the controller's own checks allow in the values of annotations. */
export const ALLOWED = {
  /** Names and values of headers and cookies. */
  plain: /^[/\-._~a-zA-Z0-9: ]*$/,
  regex: /^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/,
  url: /^[-._~a-zA-Z0-9/:,?&=]*$/,
  /** A path with captures. */
  target: /^\/?[-._~a-zA-Z0-9/:$]*$/,
};
