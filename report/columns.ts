/** The widths of columns: each is as wide as its longest cell. */
export class Columns {
  private readonly widths: number[] = [];

  /** Makes room for a row of cells. */
  fit(cells: readonly string[]): this {
    for (const [column, cell] of cells.entries()) {
      this.widths[column] = Math.max(this.widths[column] ?? 0, widthOf(cell));
    }
    return this;
  }

  /**
   * A row: cells one below the other, two spaces between them, none at the end.
   *
   * @param right the columns whose cells end one below the other, as numbers do
   */
  line(cells: readonly string[], right: readonly number[] = []): string {
    return cells
      .map((cell, column) => {
        const padding = ' '.repeat(Math.max(0, (this.widths[column] ?? 0) - widthOf(cell)));
        return right.includes(column) ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  }
}

/** A table as text: a line for the heads and one for each row. */
export function tableText(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[] {
  const columns = new Columns();
  for (const row of [heads, ...rows]) {
    columns.fit(row);
  }
  return [heads, ...rows].map((row) => columns.line(row, right));
}

function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) {
    width++;
  }
  return width;
}
