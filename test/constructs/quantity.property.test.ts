import { IngressNginx } from '../../constructs';
import { canonicalQuantity } from '../helpers/quantity';
import fc from '../helpers/random';
import { FEWER_RUNS } from '../helpers/runs';
import { find, objectsOf } from '../helpers/synth';

const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 15n }).map(String),
  fc.tuple(fc.nat(999), fc.stringMatching(/^[0-9]{1,6}$/)).map(([whole, fraction]) => `${whole}.${fraction}`),
);
const suffix = fc.constantFrom('', 'm', 'u', 'n', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti');
const quantity = fc.tuple(amount, suffix).map((parts) => parts.join(''));

/** What the construct makes of a limit. */
function written(limit: string): string {
  const resources = { limits: { memory: limit } };
  const objects = objectsOf((chart) => void new IngressNginx(chart, 'nginx', { resources }));
  const { spec } = find(objects, 'Deployment', 'ingress-nginx-controller');
  return spec.template.spec.containers[0].resources.limits.memory;
}

test('an amount is written in another way, but stays the same amount', () => {
  fc.assert(
    fc.property(quantity, (given) => {
      expect(canonicalQuantity(written(given))).toBe(canonicalQuantity(given));
    }),
    FEWER_RUNS,
  );
});

test('an amount that has been written once is not written in another way again', () => {
  fc.assert(
    fc.property(quantity, (given) => {
      const once = written(given);
      expect(written(once)).toBe(once);
    }),
    FEWER_RUNS,
  );
});

test('an amount is written without a fraction, and as briefly as its kind of suffix allows', () => {
  fc.assert(
    fc.property(quantity, (given) => {
      expect(written(given)).toMatch(/^(0|[1-9]\d*(n|u|m|k|[KMGTPE]i|[MGTPE])?)$/);
      expect(written(given)).not.toMatch(/000(n|u|m|k|M|G|T|P)?$/);
    }),
    FEWER_RUNS,
  );
});

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1.5', '1500m'],
  ['2048Mi', '2Gi'],
  ['1.5Gi', '1536Mi'],
  ['1000Mi', '1000Mi'],
  ['0.5Ki', '512'],
  ['1000', '1k'],
  ['1024', '1024'],
  ['0Mi', '0'],
  ['64Mi', '64Mi'],
])('%s is %s to an API server', (given, canonical) => {
  expect(written(given)).toBe(canonical);
});
