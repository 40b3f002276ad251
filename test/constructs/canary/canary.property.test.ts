import { App, Chart } from 'cdk8s';
import { Routes } from '../../../analysis';
import { CanaryRule, IngressNginx, IngressNginxVersion } from '../../../constructs';
import fc from '../../helpers/random';
import { FEWER_RUNS } from '../../helpers/runs';
import { canaryOf, shopWith } from './shop';

/** A rule as a person would think of it, and as it is written. */
interface Said {
  readonly header:
    | { readonly name: string; readonly like: 'switch' | { value: string } | { pattern: string } }
    | undefined;
  readonly cookie: string | undefined;
  readonly weight: { readonly of: number; readonly total: number } | undefined;
}

interface Sent {
  readonly headers: readonly (readonly [string, string])[];
  readonly cookies: readonly (readonly [string, string])[];
}

const HEADERS = ['FOO', 'X-Canary', 'x-region'];
const COOKIES = ['beta', 'B_2', 'a.b'];
const VALUES = ['always', 'never', 'bar', 'eu-1', 'a b', 'perhaps'];
const PATTERNS = ['bar', '^eu', 'a.b', '(eu|us)-[0-9]+$', 'alw|nev', '[[:digit:]]'];

const headerOf = fc.record({
  name: fc.constantFrom(...HEADERS),
  like: fc.oneof(
    fc.constant('switch' as const),
    fc.constantFrom(...VALUES).map((value) => ({ value })),
    fc.constantFrom(...PATTERNS).map((pattern) => ({ pattern })),
  ),
});
const weightOf = fc
  .constantFrom(100, 100, 200, 1000)
  .chain((total) => fc.record({ of: fc.integer({ min: 0, max: total }), total: fc.constant(total) }));

const rules: fc.Arbitrary<Said> = fc
  .record({
    header: fc.option(headerOf, { nil: undefined }),
    cookie: fc.option(fc.constantFrom(...COOKIES), { nil: undefined }),
    weight: fc.option(weightOf, { nil: undefined }),
  })
  .filter(({ header, cookie, weight }) => header !== undefined || cookie !== undefined || weight !== undefined);

const requests: fc.Arbitrary<Sent> = fc.record({
  headers: fc.uniqueArray(fc.tuple(fc.constantFrom(...HEADERS), fc.constantFrom(...VALUES)), {
    selector: ([name]) => name,
  }),
  cookies: fc.uniqueArray(fc.tuple(fc.constantFrom(...COOKIES), fc.constantFrom('always', 'never', 'perhaps')), {
    selector: ([name]) => name,
  }),
});

/** The rule in the words of the library. */
function written({ header, cookie, weight }: Said): CanaryRule {
  const of = (given: NonNullable<Said['weight']>) => [given.of, { total: given.total }] as const;
  let rule: CanaryRule | undefined;
  if (header !== undefined) {
    const { name, like } = header;
    rule =
      like === 'switch'
        ? CanaryRule.header(name)
        : 'value' in like
          ? CanaryRule.header(name, like.value)
          : CanaryRule.headerPattern(name, like.pattern);
  }
  if (cookie !== undefined) {
    rule = rule?.orCookie(cookie) ?? CanaryRule.cookie(cookie);
  }
  if (weight !== undefined) {
    rule = rule?.orWeight(...of(weight)) ?? CanaryRule.weight(...of(weight));
  }
  return rule as CanaryRule;
}

/** The share of such requests that the canary takes, by what the documentation of the rule says. */
function shareOf({ header, cookie, weight }: Said, { headers, cookies }: Sent): number {
  const decided: Record<string, number> = { always: 1, never: 0 };
  const value = headers.find(([name]) => name === header?.name)?.[1];
  if (header !== undefined && value !== undefined) {
    const { like } = header;
    if (like === 'switch') {
      if (value in decided) {
        return decided[value] as number;
      }
    } else if ('value' in like ? value === like.value : found(like.pattern, value)) {
      return 1;
    }
  }
  const held = cookies.find(([name]) => name === cookie)?.[1];
  if (held !== undefined && held in decided) {
    return decided[held] as number;
  }
  return weight === undefined ? 0 : weight.of / weight.total;
}

function found(pattern: string, value: string): boolean {
  return new RegExp(pattern.replace('[[:digit:]]', '[0-9]')).test(value);
}

test('a request goes where its rule says, whatever the rule and the request', () => {
  fc.assert(
    fc.property(rules, fc.array(requests, { minLength: 1, maxLength: 8 }), (said, all) => {
      const routes = Routes.ofIngressNginx(shopWith(written(said)));
      expect([routes.problems, routes.notes]).toEqual([[], []]);
      for (const sent of all) {
        const cookie = sent.cookies.map(([name, value]) => `${name}=${value}`).join('; ');
        const headers = Object.fromEntries([...sent.headers, ...(cookie === '' ? [] : [['Cookie', cookie] as const])]);
        const answer = routes.route({ url: 'http://shop.example.com/cart', headers });
        const backends = answer.outcome === 'backends' ? answer.backends : [];
        const share = backends.find(({ service }) => service === 'frontend-canary')?.probability ?? 0;
        expect(share).toBeCloseTo(shareOf(said, sent), 12);
        expect(backends.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
      }
    }),
    FEWER_RUNS,
  );
});

/** A shop behind the last release of the controller, which refuses an Ingress with a value that it does not take. */
function behindController(rule: CanaryRule): Routes {
  const app = new App();
  new IngressNginx(new Chart(app, 'nginx'), 'nginx', { version: IngressNginxVersion.V1_15_1 });
  canaryOf(new Chart(app, 'shop'), { rule });
  return Routes.ofIngressNginx(app.charts.flatMap((chart) => chart.toJson()));
}

const oddText = fc
  .array(fc.constantFrom('a', 'B', '7', '-', '_', '.', '~', '/', ':', ' ', ',', '=', '"', 'é', '\n', ''), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
// Half of them are right, so that enough rules are taken.
const text = fc.oneof(oddText, fc.constantFrom('bar', 'FOO', 'x-7', 'always'));
const expression = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      '[ab]',
      '[',
      ']',
      '[^',
      '(',
      ')',
      '(?:',
      '(?i)',
      '|',
      '*',
      '+',
      '?',
      '{2}',
      '{',
      '\\',
      '^',
      '$',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const anyRule: fc.Arbitrary<CanaryRule> = fc.oneof(
  fc.tuple(text, text).map(([name, value]) => CanaryRule.header(name, value)),
  text.map((name) => CanaryRule.header(name)),
  text.map((value) => CanaryRule.header('FOO', value)),
  text.map((name) => CanaryRule.cookie(name)),
  expression.map((pattern) => CanaryRule.headerPattern('FOO', pattern)),
);

test('what is not refused is what the controller takes', () => {
  let taken = 0;
  fc.assert(
    fc.property(anyRule, (rule) => {
      let routes: Routes;
      try {
        routes = behindController(rule.orWeight(100));
      } catch (error) {
        expect((error as Error).message).toMatch(/^shop\/canary:/);
        return;
      }
      taken += 1;
      expect([routes.problems, routes.notes]).toEqual([[], []]);
      // A pattern that PCRE refuses would keep this request from the canary.
      const answer = routes.route({ url: 'http://shop.example.com/', headers: { FOO: 'zzz' } });
      expect(answer).toMatchObject({ backends: [{ service: 'frontend-canary', probability: 1 }] });
    }),
    FEWER_RUNS,
  );
  expect(taken).toBeGreaterThan(10);
});
