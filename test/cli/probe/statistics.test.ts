import { chiSquareTest } from '../../../cli/probe/statistics/chi-square';
import { goodnessOfFit } from '../../../cli/probe/statistics/goodness-of-fit';
import { drawnTest, exactTest } from '../../../cli/probe/statistics/multinomial';
import { wilsonInterval } from '../../../cli/probe/statistics/wilson';

// The numbers are those of R (binom.test, as its own page has it) and of SciPy (binomtest, chisquare, multinomial).

test.each([
  [682, 925, 0.75, 0.3824915595748517],
  [20, 400, 0.05, 1],
  [40, 400, 0.05, 4.3404625290265556e-5],
  [8, 400, 0.05, 0.003785154043415664],
  [0, 60, 0.05, 0.07576390094183538],
  [3, 400, 0.05, 4.885059622804299e-6],
  [5000, 100_000, 0.05, 1],
])('%i of %i where %d is expected has the exact two-sided chance %d', (count, total, share, p) => {
  const given = exactTest([count, total - count], [share, 1 - share]);
  expect(Math.abs(given / p - 1)).toBeLessThan(1e-7);
});

test.each([
  [[3, 5, 12], [0.1, 0.2, 0.7], 0.47843207864997395],
  [[6, 10, 4], [0.2, 0.3, 0.5], 0.01642285438382855],
  [[1, 1, 8], [1 / 3, 1 / 3, 1 / 3], 0.010211857948483444],
])('%j where %j is expected has the exact chance %d', (counts, shares, p) => {
  expect(exactTest(counts, shares)).toBeCloseTo(p, 10);
});

test.each([
  [[20, 30, 950, 400], [0.02, 0.03, 0.65, 0.3], 0.03799980362961963],
  [[120, 90, 90], [1 / 3, 1 / 3, 1 / 3], 0.04978706836786395],
  [[600, 500, 480, 420], [0.25, 0.25, 0.25, 0.25], 2.406327507491829e-7],
  [[100, 100], [0.5, 0.5], 1],
])('%j where %j is expected has the chi-square chance %d', (counts, shares, p) => {
  expect(Math.abs(chiSquareTest(counts, shares) / p - 1)).toBeLessThan(1e-9);
});

test('outcomes drawn at random come near the exact chance, and are always the same', () => {
  const drawn = drawnTest([6, 10, 4], [0.2, 0.3, 0.5], 19_999);
  expect(drawn).toBeCloseTo(0.0164, 2);
  expect(drawnTest([6, 10, 4], [0.2, 0.3, 0.5], 19_999)).toBe(drawn);
  expect(drawnTest([0, 0, 50], [0.4, 0.4, 0.2], 999)).toBe(1 / 1000);
});

test.each([
  [20, 400, 0.03259742983714726, 0.07596363506371961],
  [0, 10, 0, 0.27753279986288926],
  [10, 10, 0.7224672001371107, 1],
])('%i of %i leave the true share between %d and %d', (count, total, low, high) => {
  const [from, to] = wilsonInterval(count, total);
  expect(from).toBeCloseTo(low, 12);
  expect(to).toBeCloseTo(high, 12);
});

describe('the test that is taken', () => {
  test('is exact for two, however many requests there are', () => {
    expect(goodnessOfFit([20, 380], [0.05, 0.95]).test).toBe('exact binomial');
    expect(goodnessOfFit([5_000, 95_000], [0.05, 0.95])).toEqual({ test: 'exact binomial', p: expect.closeTo(1, 6) });
  });

  test('is exact for more where all outcomes can be gone through', () => {
    expect(goodnessOfFit([20, 20, 360], [0.05, 0.05, 0.9]).test).toBe('exact multinomial');
  });

  test('is chi-square where there are too many outcomes and enough of each is expected', () => {
    expect(goodnessOfFit([500, 500, 9_000], [0.05, 0.05, 0.9])).toEqual({ test: 'chi-square', p: 1 });
  });

  test('draws outcomes where there are too many and some are hardly expected', () => {
    const { test: taken, p } = goodnessOfFit([1, 500, 9_499], [0.0001, 0.05, 0.9499]);
    expect(taken).toBe('Monte Carlo multinomial');
    expect(p).toBeGreaterThan(0.5);
    expect(goodnessOfFit([9, 500, 9_491], [0.0001, 0.05, 0.9499]).p).toBeLessThan(0.01);
  });

  test('needs no counting where something came that is never expected, or all from the only one expected', () => {
    expect(goodnessOfFit([399, 1], [1, 0])).toEqual({ test: 'certain', p: 0 });
    expect(goodnessOfFit([400, 0], [1, 0])).toEqual({ test: 'certain', p: 1 });
    expect(goodnessOfFit([400], [1])).toEqual({ test: 'certain', p: 1 });
    expect(goodnessOfFit([20, 380, 0], [0.05, 0.95, 0]).test).toBe('exact binomial');
  });
});
