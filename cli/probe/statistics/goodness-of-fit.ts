import { chiSquareTest } from './chi-square';
import { drawnTest, exactTest, outcomes } from './multinomial';

/** How well counts fit what was expected. */
export interface Fit {
  readonly test: 'certain' | 'exact binomial' | 'exact multinomial' | 'chi-square' | 'Monte Carlo multinomial';
  /** The chance of counts as unlikely as these or more, if the expectation holds. */
  readonly p: number;
}

/** Up to so many outcomes, all are gone through: a tenth of a second. */
const MOST_OUTCOMES = 2_000_000;
/** Above so many expected of each class, chi-square is near enough. */
const ENOUGH = 5;
/** So many things are drawn at random altogether. */
const DRAWN = 20_000_000;

/**
 * Tests whether counts come from these shares, exactly wherever that can be done.
 *
 * @param counts how often each class was seen, at least once in all
 * @param shares how often each is expected; 1 in sum, and 0 for what is never expected
 */
export function goodnessOfFit(counts: readonly number[], shares: readonly number[]): Fit {
  if (counts.some((count, index) => count > 0 && shares[index] === 0)) {
    return { test: 'certain', p: 0 };
  }
  const possible = [...shares.keys()].filter((index) => (shares[index] as number) > 0);
  const seen = possible.map((index) => counts[index] as number);
  const expected = possible.map((index) => shares[index] as number);
  const total = seen.reduce((sum, count) => sum + count, 0);
  if (seen.length < 2) {
    return { test: 'certain', p: 1 };
  }
  if (outcomes(total, seen.length) <= MOST_OUTCOMES) {
    const test = seen.length === 2 ? 'exact binomial' : 'exact multinomial';
    return { test, p: exactTest(seen, expected) };
  }
  if (expected.every((share) => share * total >= ENOUGH)) {
    return { test: 'chi-square', p: chiSquareTest(seen, expected) };
  }
  const draws = Math.max(999, Math.min(19_999, Math.floor(DRAWN / total)));
  return { test: 'Monte Carlo multinomial', p: drawnTest(seen, expected, draws) };
}
