import { exactTest } from '../../../cli/probe/statistics/multinomial';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

/** The chance of an outcome as unlikely as this one or more, in whole numbers: `weights` are shares of their sum. */
function plainChance(counts: readonly number[], weights: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const ways = (outcome: readonly number[]) =>
    outcome.reduce(
      (product, count, index) => (product / factorial(count)) * BigInt(weights[index] as number) ** BigInt(count),
      factorial(total),
    );
  const seen = ways(counts);
  let unlikely = 0n;
  let all = 0n;
  for (const outcome of outcomesOf(total, counts.length)) {
    const own = ways(outcome);
    all += own;
    unlikely += own <= seen ? own : 0n;
  }
  return Number((unlikely * 10n ** 15n) / all) / 1e15;
}

function factorial(n: number): bigint {
  let product = 1n;
  for (let i = 2n; i <= BigInt(n); i++) {
    product *= i;
  }
  return product;
}

function* outcomesOf(total: number, classes: number): Generator<number[]> {
  if (classes === 1) {
    yield [total];
    return;
  }
  for (let first = 0; first <= total; first++) {
    for (const rest of outcomesOf(total - first, classes - 1)) {
      yield [first, ...rest];
    }
  }
}

const sample = fc
  .integer({ min: 2, max: 4 })
  .chain((classes) =>
    fc.tuple(
      fc.array(fc.nat({ max: 8 }), { minLength: classes, maxLength: classes }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: classes, maxLength: classes }),
    ),
  );

test('the exact chance is that of whole numbers, whatever the counts and weights', () => {
  fc.assert(
    fc.property(sample, ([counts, weights]) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const given = exactTest(
        counts,
        weights.map((weight) => weight / sum),
      );
      expect(given).toBeCloseTo(plainChance(counts, weights), 9);
    }),
    RUNS,
  );
});
