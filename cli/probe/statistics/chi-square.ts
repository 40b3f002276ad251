/**
 * The chance of counts that are at least as far from what is expected as these (Pearson's chi-square test). Good where
 * each class is expected at least five times.
 *
 * @param counts how often each class was seen, two classes at least
 * @param shares how often each is expected, all above 0, 1 in sum
 */
export function chiSquareTest(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const distance = shares.reduce((sum, share, index) => {
    const expected = total * share;
    return sum + ((counts[index] as number) - expected) ** 2 / expected;
  }, 0);
  return upperGamma((counts.length - 1) / 2, distance / 2);
}

/** More steps than either way needs to come to the last digit. */
const STEPS = 10_000;

/**
 * The regularized upper incomplete gamma function Q(a, x).
 *
 * @param a a multiple of 1/2, above 0
 * @see https://dlmf.nist.gov/8.9 and https://dlmf.nist.gov/8.7
 */
function upperGamma(a: number, x: number): number {
  if (x <= 0) {
    return 1;
  }
  const factor = Math.exp(a * Math.log(x) - x - logGammaOfHalves(a));
  return x < a + 1 ? 1 - factor * series(a, x) : factor * fraction(a, x);
}

/** Sums a power series, which comes to its end fast for small x. */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < STEPS && term > sum * Number.EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** A continued fraction, by Lentz's method, for large x. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < STEPS; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON * 4) {
      break;
    }
  }
  return value;
}

/** The logarithm of the gamma function, from that of 1/2 or 1 upwards. */
function logGammaOfHalves(a: number): number {
  let log = Number.isInteger(a) ? 0 : Math.log(Math.PI) / 2;
  for (let at = Number.isInteger(a) ? 1 : 0.5; at < a; at++) {
    log += Math.log(at);
  }
  return log;
}
