/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const Z = 1.959963984540054;

/**
 * The interval that holds the true share of what was counted in 95 of 100 cases (Wilson's).
 *
 * @param count how often it was seen, from 0 to `total`
 * @param total how many were looked at, at least 1
 * @see https://doi.org/10.1080/01621459.1927.10502953
 */
export function wilsonInterval(count: number, total: number): readonly [number, number] {
  const share = count / total;
  const scale = 1 + Z ** 2 / total;
  const middle = share + Z ** 2 / (2 * total);
  const half = Z * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  // At the ends the bound is exactly 0 or 1, which rounding misses.
  const low = count === 0 ? 0 : Math.max(0, (middle - half) / scale);
  const high = count === total ? 1 : Math.min(1, (middle + half) / scale);
  return [low, high];
}
