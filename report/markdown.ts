/** One row of a table, with its line end: the cells stand as they are, whatever Markdown would make of them. */
export function markdownRow(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => markdownText(String(cell))).join(' | ')} |\n`;
}

/** The heads of a table and the line below them. */
export function markdownHead(heads: readonly string[]): string {
  return `${markdownRow(heads)}|${' --- |'.repeat(heads.length)}\n`;
}

/** A text in which Markdown and HTML find nothing to do. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}
