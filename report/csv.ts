/**
 * One line of comma-separated values, with its line end.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
