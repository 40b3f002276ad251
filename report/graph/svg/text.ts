/** The fonts that systems have; of all of them DejaVu is the widest. */
export const FONT =
  "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, 'DejaVu Sans', sans-serif";

const NARROW = new Set("iljI.,:;|'!/()[]-ft ");
const WIDE = new Set('mwMW@%—');

/** At least so wide is a text of a size in any of the fonts. */
export function textWidth(text: string, size: number, isBold = false): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    width += NARROW.has(character)
      ? 0.42
      : WIDE.has(character)
        ? 0.98
        : code > 0x2e80
          ? 1.05
          : /[A-Z]/.test(character)
            ? 0.72
            : 0.635;
  }
  return Math.ceil(width * size * (isBold ? 1.09 : 1));
}

/** A text that fits, its middle left out where it is too long: both ends of a name tell it apart. */
export function fitted(text: string, size: number, width: number, isBold = false): string {
  const characters = [...text];
  if (textWidth(text, size, isBold) <= width) {
    return text;
  }
  for (let kept = characters.length - 1; kept > 2; kept--) {
    const front = Math.ceil(kept * 0.6);
    const short = `${characters.slice(0, front).join('')}…${characters.slice(characters.length - (kept - front)).join('')}`;
    if (textWidth(short, size, isBold) <= width) {
      return short;
    }
  }
  return '…';
}

/** Control characters, which XML forbids, and what turns the direction of a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g;

/** Halves of a character, which are none. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text between tags or in an attribute: nothing in it is markup, and what XML forbids is left out. */
export function xml(text: string): string {
  return text
    .replace(LONE, '\ufffd')
    .replace(FORBIDDEN, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
