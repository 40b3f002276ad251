/** The status with which the program ends when input or arguments cannot be used. */
export const UNUSABLE = 2;

/** Input or arguments that cannot be used: what is printed before the program ends with status 2. */
export class Refusal extends Error {
  /** @param lines sentences, one a line, each complete */
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}
