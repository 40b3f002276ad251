/**
 * Lines no longer than `width` where words allow it, the first behind `first`, the others indented as far.
 *
 * @param first what stands before the words, e.g. a name with spaces behind it
 * @param hanging so many spaces more stand before the others
 */
export function wrapped(first: string, words: readonly string[], width: number, hanging = 0): string {
  const indent = ' '.repeat(first.length + hanging);
  let text = first;
  let line = first.length;
  for (const [index, word] of words.entries()) {
    const isFirst = index === 0;
    if (!isFirst && line + 1 + word.length > width) {
      text += `\n${indent}`;
      line = indent.length;
    } else if (!isFirst) {
      text += ' ';
      line++;
    }
    text += word;
    line += word.length;
  }
  return text;
}
