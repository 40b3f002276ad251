import { type Routes, sameRouting } from '../../../../analysis';
import { gateway, httpRoute, listener, notesOf, path, routesOf, rule, where } from './objects';

// What the specification leaves open is decided as the implementation of the class does it.

function of(className: string, routes: readonly object[], hostname?: string): Routes {
  const web = gateway([listener('http', hostname === undefined ? {} : { hostname })]) as { spec: object };
  return routesOf({ ...web, spec: { ...web.spec, gatewayClassName: className } }, ...routes);
}

const REGEX = path('/api/.*', 'RegularExpression');
const beside = [httpRoute('one', [rule('a', REGEX), rule('b', path('/'))])];

describe('a regular expression beside PathPrefix /', () => {
  test.each([
    ['istio', 'b'],
    ['eg', 'a'],
    ['kgateway', 'a'],
    ['cilium', 'a'],
    ['traefik', 'a'],
  ])('of the class %s goes to %s, and nothing is open', (className, to) => {
    const routes = of(className, beside);
    expect(where(routes, 'http://x/api/v1')).toBe(to);
    expect((routes.route({ url: 'http://x/api/v1' }).notes ?? []).join()).not.toContain('implementation-specific');
  });

  test('is said to be decided by the implementation, in the answers that hang on it', () => {
    const notes = (url: string) => of('eg', beside).route({ url }).notes;
    expect(notes('http://x/api/v1')).toEqual([
      'Envoy Gateway takes the request by RegularExpression /api/.* of HTTPRoute shop/one before PathPrefix / of HTTPRoute shop/one, which the specification does not order',
    ]);
    expect(notes('http://x/cart')).toBeUndefined();
  });

  test('takes nothing in Istio, which is noted', () => {
    expect(notesOf(of('istio', beside))).toEqual([
      'no-effect HTTPRoute shop/one: RegularExpression /api/.* takes no request: Istio puts it behind PathPrefix / of HTTPRoute shop/one',
    ]);
  });

  test.each(['any', 'nginx'])(
    'of the class %s is open for the requests that both take, and for no others',
    (className) => {
      const routes = of(className, beside);
      const notes = (url: string) => (routes.route({ url }).notes ?? []).join();
      expect(notes('http://x/api/v1')).toContain('it cannot be said whether PathPrefix / of HTTPRoute shop/one takes');
      expect(notes('http://x/cart')).not.toContain('it cannot be said');
    },
  );

  test('is named by a comparison with itself, and not proven where only one side leaves it open', () => {
    const same = sameRouting(of('any', beside), of('any', beside));
    expect(same.assumed.join()).toContain('implementation-specific');
    expect(sameRouting(of('any', beside), of('eg', beside))).toMatchObject({ proven: false });
    expect(sameRouting(of('istio', beside), of('eg', beside))).toMatchObject({ same: false });
  });
});

describe('Envoy Gateway', () => {
  const exact = { headers: [{ name: 'x', value: '1' }] };
  const like = { headers: [{ name: 'y', value: '1', type: 'RegularExpression' }] };

  test('puts exact headers before regular expressions', () => {
    expect(
      where(of('eg', [httpRoute('one', [rule('a', like), rule('b', exact)])]), 'http://x/', { x: '1', y: '1' }),
    ).toBe('b');
  });

  test('counts a method as a header', () => {
    const two = { headers: [...exact.headers, { name: 'y', value: '1' }] };
    const routes = [httpRoute('one', [rule('a', { method: 'GET' }), rule('b', two)])];
    expect(where(of('eg', routes), 'http://x/', { x: '1', y: '1' })).toBe('b');
    expect(where(of('any', routes), 'http://x/', { x: '1', y: '1' })).toBe('a');
  });
});

describe('a hostless route beside one with the hostname of the listener', () => {
  const routes = [
    httpRoute('named', [rule('a', path('/'))], { hostnames: ['x.test'] }),
    httpRoute('hostless', [rule('b', path('/cart'))]),
  ];

  const url = 'http://x.test/cart';
  const notes = (className: string) => (of(className, routes, 'x.test').route({ url }).notes ?? []).join();

  // Each of them takes the hostname of the listener as that of the route.
  test.each(['eg', 'kgateway', 'cilium', 'nginx', 'traefik'])(
    'is one list with it where the implementation merges them: %s',
    (className) => {
      expect(where(of(className, routes, 'x.test'), url)).toBe('b');
      expect(notes(className)).not.toContain('one has no hostname');
    },
  );

  test.each(['istio', 'contour', 'any'])('is open where that is not known: %s', (className) => {
    expect(where(of(className, routes, 'x.test'), url)).toBe('a');
    expect(notes(className)).toContain(
      'it cannot be said whether PathPrefix /cart of HTTPRoute shop/hostless takes the request before PathPrefix / of HTTPRoute shop/named: one has no hostname',
    );
    expect(sameRouting(of(className, routes, 'x.test'), of(className, [...routes].reverse(), 'x.test'))).toMatchObject({
      proven: true,
    });
    expect(sameRouting(of(className, routes, 'x.test'), of('eg', routes, 'x.test')).proven).toBe(false);
  });
});

test('two routes of unknown age that ask for as much are open for the requests that both take', () => {
  const [x, y] = ['x', 'y'].map((name) => ({ headers: [{ name, value: '1' }] })) as [object, object];
  const routes = of('any', [httpRoute('one', [rule('a', x)]), httpRoute('two', [rule('b', y)])]);
  const notes = (headers: Record<string, string>) => (routes.route({ url: 'http://x/', headers }).notes ?? []).join();
  expect(notes({ x: '1', y: '1' })).toContain('both ask for as much');
  expect(notes({ x: '1' })).toBe('');
});

test('timeouts that differ are never called the same', () => {
  const timed = (request: string) => of('eg', [httpRoute('one', [{ ...rule('a'), timeouts: { request } }])]);
  expect(sameRouting(timed('10s'), timed('20s'))).toMatchObject({ proven: false });
  expect(sameRouting(timed('10s'), timed('10s'))).toMatchObject({ proven: true });
});
