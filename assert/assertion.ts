import { AssertionError } from 'node:assert';
import type { MatcherContext, MatcherResult } from '../jest/failure';

const plain = (text: string) => text;
const UTILS = { EXPECTED_COLOR: plain, RECEIVED_COLOR: plain, BOLD_WEIGHT: plain, DIM_COLOR: plain };

/** One call of an assertion. */
export interface Assertion {
  /** The function that the test called; the stack begins where it did. */
  // biome-ignore lint/complexity/noBannedTypes: this is what AssertionError takes
  readonly called: Function;
  /** Whether the opposite has to hold. */
  readonly isNot?: boolean;
}

/**
 * Asks a matcher.
 *
 * @throws AssertionError where it does not hold, with the message of the matcher
 */
export function hold({ called, isNot = false }: Assertion, ask: (context: MatcherContext) => MatcherResult): void {
  const { pass, message } = ask({ isNot, promise: '', utils: UTILS });
  if (pass === isNot) {
    throw new AssertionError({ message: message(), operator: called.name, stackStartFn: called });
  }
}
