/** Two outcomes this near in logarithm are equally likely; rounding alone tells them apart. */
const EQUAL = 1e-7;

/** Logarithms of the factorials from 0 to `n`. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) {
    logs[i] = (logs[i - 1] as number) + Math.log(i);
  }
  return logs;
}

/** How likely the ways are in which `n` things can fall into classes. */
class Multinomial {
  readonly total: number;
  /** An outcome this likely or less, in logarithm, is as unlikely as what was seen. */
  readonly bound: number;
  private readonly logs: Float64Array;
  private readonly logShares: readonly number[];

  constructor(
    readonly counts: readonly number[],
    readonly shares: readonly number[],
  ) {
    this.total = counts.reduce((sum, count) => sum + count, 0);
    this.logs = logFactorials(this.total);
    this.logShares = shares.map(Math.log);
    this.bound = counts.reduce((sum, count, index) => sum + this.term(index, count), 0) + EQUAL;
  }

  /** What a class with this count adds to the logarithm of the likelihood, but for what all outcomes share. */
  term(index: number, count: number): number {
    return count * (this.logShares[index] as number) - (this.logs[count] as number);
  }

  /** The likelihood behind a sum of terms. */
  likelihood(terms: number): number {
    return Math.exp(terms + (this.logs[this.total] as number));
  }
}

/** In how many ways `total` things can fall into `classes` classes. */
export function outcomes(total: number, classes: number): number {
  let ways = 1;
  for (let i = 1; i < classes; i++) {
    ways *= (total + i) / i;
  }
  return ways;
}

/**
 * The chance of an outcome that is at most as likely as the one that was seen: the exact multinomial test, which for two
 * classes is the exact binomial test, two-sided as R's `binom.test` has it.
 *
 * @param counts how often each class was seen
 * @param shares how often each is expected, all above 0, 1 in sum
 */
export function exactTest(counts: readonly number[], shares: readonly number[]): number {
  const model = new Multinomial(counts, shares);
  const last = counts.length - 1;
  let chance = 0;
  const visit = (index: number, left: number, terms: number) => {
    if (index === last) {
      const whole = terms + model.term(index, left);
      chance += whole <= model.bound ? model.likelihood(whole) : 0;
      return;
    }
    for (let count = 0; count <= left; count++) {
      visit(index + 1, left - count, terms + model.term(index, count));
    }
  };
  visit(0, model.total, 0);
  return Math.min(1, chance);
}

/**
 * The same chance, estimated from outcomes drawn at random, where there are too many to go through. The same input gives
 * the same answer.
 *
 * @param draws how many outcomes to draw; the answer is never below `1 / (draws + 1)`
 */
export function drawnTest(counts: readonly number[], shares: readonly number[], draws: number): number {
  const model = new Multinomial(counts, shares);
  const random = randomNumbers();
  let sum = 0;
  const bounds = Float64Array.from(shares, (share) => {
    sum += share;
    return sum;
  });
  const last = shares.length - 1;
  const drawn = new Int32Array(shares.length);
  let unlikely = 1;
  for (let draw = 0; draw < draws; draw++) {
    drawn.fill(0);
    for (let i = 0; i < model.total; i++) {
      const at = random();
      let index = 0;
      while (index < last && at >= (bounds[index] as number)) {
        index++;
      }
      drawn[index] = (drawn[index] as number) + 1;
    }
    const terms = drawn.reduce((logs, count, index) => logs + model.term(index, count), 0);
    unlikely += terms <= model.bound ? 1 : 0;
  }
  return unlikely / (draws + 1);
}

/**
 * Numbers from 0 to 1 that look random, always the same ones.
 *
 * @see https://doi.org/10.18637/jss.v008.i14 (Marsaglia's xorshift)
 */
function randomNumbers(): () => number {
  let state = 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
