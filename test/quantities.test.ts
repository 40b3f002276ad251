import { canonicalQuantity as read } from '../analysis/check/facts/quantity';
import { quantity as problems, canonicalQuantity as write } from '../constructs/quantity';
import { canonicalQuantity as known } from './helpers/quantity';
import fc from './helpers/random';
import { FEWER_RUNS } from './helpers/runs';

// What synthesizes and what checks may not know of each other, and have to agree on what an API server keeps.

const WRITTEN: [given: string, kept: string][] = [
  ['1000m', '1'],
  ['0.5', '500m'],
  ['0.5Gi', '512Mi'],
  ['2048Mi', '2Gi'],
  ['1.5Ki', '1536'],
  ['1000Ki', '1000Ki'],
  ['0.5Ki', '512'],
  // Below 1024 an API server writes decimal suffixes.
  ['0.9765625Ki', '1k'],
  ['1.0001Ki', '1024102400u'],
  ['1000000', '1M'],
  ['0', '0'],
  ['0Mi', '0'],
  ['1n', '1n'],
];

describe('is written, and found to be kept, by an API server as it is:', () => {
  test.each(WRITTEN)('%s as %s', (given, kept) => {
    expect([write(given), read(given)]).toEqual([kept, kept]);
  });
});

const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,14})$/);
const amount = fc.oneof(
  digits,
  fc.tuple(digits, fc.stringMatching(/^[0-9]{1,12}$/)).map((parts) => parts.join('.')),
);
const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei');
const given = fc.tuple(amount, suffix).map((parts) => parts.join(''));

test('every amount that is taken is written as the check wants it', () => {
  fc.assert(
    fc.property(given, (text) => {
      expect(problems('it', text)).toEqual([]);
      const written = write(text);
      expect(read(written)).toBe(written);
      expect(known(written)).toBe(known(text));
      // What is finer than a billionth is rounded, and no check is about it.
      expect([written, undefined]).toContain(read(text));
    }),
    FEWER_RUNS,
  );
});

test('an amount without anything finer than a billionth is known to both', () => {
  fc.assert(
    fc.property(fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), suffix), ([whole, unit]) => {
      expect(read(`${whole}${unit}`)).toBe(write(`${whole}${unit}`));
    }),
    FEWER_RUNS,
  );
});
