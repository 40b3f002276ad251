import type { Placed } from '../report/problems';

/** Input or settings that cannot be used. */
export class Refusal extends Error {
  /** @param problems what is wrong, with its place where it has one */
  constructor(readonly problems: readonly Placed[]) {
    super(problems.map(({ message }) => message).join('\n'));
  }

  /** A refusal of something that stands in no file. */
  static of(...messages: readonly string[]): Refusal {
    return new Refusal(messages.map((message) => ({ file: '', line: 0, message })));
  }
}
