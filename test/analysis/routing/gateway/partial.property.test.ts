import { type Routes, sameRouting } from '../../../../analysis';
import fc from '../../../helpers/random';
import { gateway, httpRoute, listener, path, routesOf, rule, where } from './objects';

// Some implementations ask a regular expression to match the whole text, as Envoy does, others find it in a part, as nginx does. Where
// nothing tells which, an answer that hangs on it says so, and no other.

const OPEN = 'it cannot be said whether ';
const PART = 'is found in a part of it, and implementations that ask for the whole';

function openNotes(routes: Routes, url: string, headers: Readonly<Record<string, string>> = {}): readonly string[] {
  return (routes.route({ url, headers }).notes ?? []).filter((note) => note.startsWith(OPEN));
}

/** What NGINX Gateway Fabric makes of some routes, or another class. */
function servedBy(gatewayClassName: string, ...routes: readonly object[]): Routes {
  const web = gateway([listener('http')]) as { readonly spec: object };
  return routesOf({ ...web, spec: { ...web.spec, gatewayClassName } }, ...routes);
}

const fabric = (...routes: readonly object[]) => servedBy('nginx', ...routes);

const expression = (value: string) => path(value, 'RegularExpression');

test('a request that a regular expression takes only by a part of its path is open, whoever takes it else', () => {
  const alone = fabric(httpRoute('one', [rule('a', expression('/v[0-9]+'))]));
  const before = fabric(httpRoute('one', [rule('a', expression('/v[0-9]+')), rule('b', path('/'))]));
  for (const [routes, answer] of [
    [alone, '404'],
    [before, 'b'],
  ] as const) {
    for (const url of ['http://x/v12/y', 'http://x/y/v12']) {
      expect([where(routes, url), openNotes(routes, url)]).toEqual([answer, [expect.stringContaining(PART)]]);
    }
    expect([where(routes, 'http://x/w'), openNotes(routes, 'http://x/w')]).toEqual([answer, []]);
  }
  expect(openNotes(alone, 'http://x/v12')).toEqual([]);
});

test('so is one of a header and of a parameter', () => {
  const like = { type: 'RegularExpression', value: 'v[0-9]' };
  const routes = fabric(
    httpRoute('one', [
      rule('a', { headers: [{ name: 'X', ...like }] }),
      rule('b', path('/b')),
      rule('c', { queryParams: [{ name: 'q', ...like }] }),
    ]),
  );
  expect(openNotes(routes, 'http://x/', { X: 'v1' })).toEqual([]);
  expect(openNotes(routes, 'http://x/', { X: 'v12' })).toEqual([expect.stringContaining(PART)]);
  expect(openNotes(routes, 'http://x/?q=av1')).toEqual([expect.stringContaining(PART)]);
  expect(openNotes(routes, 'http://x/b?q=av1')).toEqual([]);
});

test('what leads to the same place all the same, anchors on both sides, and Envoy leave nothing open', () => {
  const same = fabric(httpRoute('one', [rule('a', expression('/v[0-9]+')), rule('a', path('/'))]));
  const anchored = fabric(httpRoute('one', [rule('a', expression('^/v[0-9]+$')), rule('b', path('/'))]));
  for (const routes of [same, anchored]) {
    expect(openNotes(routes, 'http://x/v12/y')).toEqual([]);
  }
  const routes = servedBy('eg', httpRoute('one', [rule('a', expression('/v[0-9]+')), rule('b', path('/'))]));
  expect(openNotes(routes, 'http://x/v12/y')).toEqual([]);
});

test('where nobody knows the implementation, nobody knows either whether it has regular expressions', () => {
  const routes = servedBy('any', httpRoute('one', [rule('a', expression('/v[0-9]+'))]));
  const open = expect.stringContaining('knows regular expressions, and what it makes of /v[0-9]+');
  expect(openNotes(routes, 'http://x/v12')).toEqual([open]);
});

test('two Gateways that differ for a part of a path alone are not proven to be the same', () => {
  const of = (value: string) => fabric(httpRoute('one', [rule('a', expression(value))]));
  expect(sameRouting(of('/v[0-9]'), of('^/v[0-9]$')).proven).toBe(false);
  expect(sameRouting(of('/v[0-9]'), of('/v[0-9]')).proven).toBe(true);
});

type Match = readonly [type: 'Exact' | 'PathPrefix' | 'RegularExpression', value: string];

const matches: fc.Arbitrary<readonly Match[]> = fc.uniqueArray(
  fc.oneof(
    fc.tuple(
      fc.constant('RegularExpression' as const),
      fc.constantFrom('/a', '/a.*', '^/a', 'b$', '/[ab]/?', '^/b$', '/ab', '.*a'),
    ),
    fc.tuple(fc.constantFrom('Exact' as const, 'PathPrefix' as const), fc.constantFrom('/', '/a', '/b', '/a/b')),
  ),
  { minLength: 1, maxLength: 4, selector: ([type, value]) => `${type} ${value}` },
);

/** The backend of a request, plainly: rules in an order that an implementation may have, expressions in one of both meanings. */
function plainly(
  rules: readonly Match[],
  asked: string,
  isWhole: boolean,
  kinds: readonly string[],
  isReversed: boolean,
): string {
  const found = rules
    .map(([type, value], index) => ({ type, value, index }))
    .filter(({ type, value }) =>
      type === 'Exact'
        ? asked === value
        : type === 'PathPrefix'
          ? value === '/' || asked === value || asked.startsWith(`${value}/`)
          : new RegExp(isWhole ? `^(?:${value})$` : value).test(asked),
    )
    .sort((one, other) => {
      const byKind = kinds.indexOf(one.type) - kinds.indexOf(other.type);
      const byLength = one.type === 'RegularExpression' ? 0 : other.value.length - one.value.length;
      return byKind || byLength || (isReversed ? other.index - one.index : one.index - other.index);
    });
  return found[0] === undefined ? '404' : 'abcdef'.charAt(found[0].index);
}

test('an answer that leaves nothing open is the same whatever an implementation makes of regular expressions', () => {
  const paths = ['/', '/a', '/a/', '/b', '/ab', '/a/b', '/x/a', '/bb', '/a/b/c'];
  fc.assert(
    fc.property(matches, (rules) => {
      const routes = fabric(
        httpRoute(
          'one',
          rules.map(([type, value], index) => rule('abcdef'.charAt(index), path(value, type))),
        ),
      );
      for (const asked of paths) {
        const url = `http://x${asked}`;
        const answers = new Set(
          [true, false].flatMap((isWhole) =>
            [
              ['Exact', 'RegularExpression', 'PathPrefix'],
              ['Exact', 'PathPrefix', 'RegularExpression'],
            ].flatMap((kinds) => [true, false].map((isReversed) => plainly(rules, asked, isWhole, kinds, isReversed))),
          ),
        );
        const isOpen = openNotes(routes, url).length > 0;
        expect([rules, asked, isOpen || (answers.size === 1 && answers.has(where(routes, url)))]).toEqual([
          rules,
          asked,
          true,
        ]);
      }
    }),
    { numRuns: process.env.NIGHTLY === '1' ? 20_000 : 300 },
  );
});
