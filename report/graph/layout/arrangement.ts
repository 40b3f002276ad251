/** Which group stands where, and which box stands where in its group, before anything has a size. */
export interface Arrangement {
  /** Groups by column of the picture, top to bottom. */
  readonly columns: readonly (readonly number[])[];
  /** By group: boxes by row and column; `undefined` where a cell is free. */
  readonly cells: readonly Cells[];
}

/** The cells of a group, by column, then by row. */
export interface Cells {
  readonly rows: number;
  readonly columns: readonly (readonly (number | undefined)[])[];
}
