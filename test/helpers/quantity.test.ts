import { canonicalQuantity } from './quantity';

test.each([
  ['1000m', '1'],
  ['0.1', '100m'],
  [0.1, '100m'],
  [2, '2'],
  ['.5', '500m'],
  ['2048Mi', '2Gi'],
  ['1.5Gi', '1536Mi'],
  ['1073741824', '1Gi'],
  ['1e3', '1000'],
  ['1k', '1000'],
  ['1M', '1000000'],
  ['1Ei', '1Ei'],
  ['0', '0'],
  ['0m', '0'],
  ['100u', '100u'],
  ['1n', '1n'],
  ['0.0000000001', '1n'],
  ['-1', '-1'],
])('%p reads as %s', (given, canonical) => {
  expect(canonicalQuantity(given)).toBe(canonical);
  expect(canonicalQuantity(canonical)).toBe(canonical);
});

test.each(['', 'm', '1 Gi', '1gi', '1e', '--1', null, {}])('%p is no quantity', (given) => {
  expect(() => canonicalQuantity(given)).toThrow('is not a quantity');
});
