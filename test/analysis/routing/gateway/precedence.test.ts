import { gateway, httpRoute, listener, notesOf, path, routesOf, rule, served, where } from './objects';

const X = { headers: [{ name: 'x', value: '1' }] };
const XY = { headers: [...X.headers, { name: 'y', value: '1' }] };
const Q = { queryParams: [{ name: 'q', value: '1' }] };
const QR = { queryParams: [...Q.queryParams, { name: 'r', value: '1' }] };
const ALL = { x: '1', y: '1' };

/** Whom a request goes to that all rules take, of two in either order. */
function winner(url: string, first: object, second: object): string {
  const [one, other] = [
    served(httpRoute('one', [rule('a', first), rule('b', second)])),
    served(httpRoute('one', [rule('b', second), rule('a', first)])),
  ] as const;
  expect(where(one, url, ALL)).toBe(where(other, url, ALL));
  return where(one, url, ALL);
}

describe('precedence of matches', () => {
  test('an Exact path comes before a prefix, whatever else that has', () => {
    const prefix = { ...path('/cart'), ...XY, ...QR, method: 'GET' };
    expect(winner('http://x/cart?q=1&r=1', path('/cart', 'Exact'), prefix)).toBe('a');
  });

  test('then the longest prefix', () => {
    expect(winner('http://x/cart/items?q=1', path('/cart/items'), { ...path('/cart'), ...XY, ...Q })).toBe('a');
  });

  test('then a method', () => {
    expect(winner('http://x/?q=1', { method: 'GET' }, { ...XY, ...Q })).toBe('a');
  });

  test('then the largest number of headers', () => {
    expect(winner('http://x/?q=1&r=1', XY, { ...X, ...QR })).toBe('a');
  });

  test('then the largest number of query parameters', () => {
    expect(winner('http://x/?q=1&r=1', QR, Q)).toBe('a');
    expect(winner('http://x/?q=1&r=1', { ...X, ...Q }, X)).toBe('a');
  });

  test('a header that is given twice counts once', () => {
    const twice = { headers: [...X.headers, { name: 'X', value: '1' }] };
    expect(winner('http://x/', { headers: XY.headers }, twice)).toBe('a');
  });

  test('a slash at the end of a prefix makes it no longer', () => {
    const routes = served(
      httpRoute('one', [rule('a', path('/cart'))], { created: '2024-01-01T00:00:00Z' }),
      httpRoute('two', [rule('b', path('/cart/'))], { created: '2025-01-01T00:00:00Z' }),
    );
    expect(where(routes, 'http://x/cart')).toBe('a');
  });

  test('regular expressions, for which the specification has no place, come after Exact and before prefixes', () => {
    expect(winner('http://x/cart', path('/cart', 'Exact'), path('/c.*', 'RegularExpression'))).toBe('a');
    expect(winner('http://x/cart', path('/c.*', 'RegularExpression'), path('/cart'))).toBe('a');
  });
});

describe('precedence of routes', () => {
  const old = { created: '2024-01-01T00:00:00Z' };
  const young = { created: '2024-01-01T00:00:01Z' };

  test('the oldest comes first', () => {
    const routes = served(httpRoute('a', [rule('a')], young), httpRoute('b', [rule('b')], old));
    expect(where(routes, 'http://x/')).toBe('b');
    expect(notesOf(routes)).toEqual([
      'claimed-twice HTTPRoute shop/a: PathPrefix / belongs to HTTPRoute shop/b, which asks for the same',
    ]);
  });

  test('its age comes after what its matches ask for', () => {
    const routes = served(httpRoute('a', [rule('a')], old), httpRoute('b', [rule('b', X)], young));
    expect(where(routes, 'http://x/', ALL)).toBe('b');
  });

  test('of one second, the first by namespace and name comes first', () => {
    const team = served(
      httpRoute('a', [rule('a')], { ...old, namespace: 'team' }),
      httpRoute('b', [rule('b')], { ...old, namespace: 'shop' }),
    );
    expect(where(team, 'http://x/')).toBe('b');
    expect(where(served(httpRoute('b', [rule('b')], old), httpRoute('a', [rule('a')], old)), 'http://x/')).toBe('a');
  });

  test('without creation time, all are made at once, later than the others, and the answer says so', () => {
    const routes = served(httpRoute('b', [rule('b')]), httpRoute('a', [rule('a')]));
    expect(where(routes, 'http://x/')).toBe('a');
    expect(routes.route({ url: 'http://x/' }).notes).toEqual([
      'it cannot be said whether PathPrefix / of HTTPRoute shop/b takes the request before PathPrefix / of HTTPRoute shop/a: both ask for as much, and the older route gets it; taken as made at one time',
    ]);
    expect(notesOf(routes)).toEqual([
      'claimed-twice HTTPRoute shop/b: PathPrefix / belongs to HTTPRoute shop/a, which asks for the same, unless this one is made first',
    ]);
    expect(where(served(httpRoute('a', [rule('a')]), httpRoute('b', [rule('b')], old)), 'http://x/')).toBe('b');
  });

  test('their hostnames come before all of that, which leaves nothing open', () => {
    const routes = routesOf(
      gateway([listener('http', { hostname: 'x.test' })]),
      httpRoute('a', [rule('a')], { hostnames: ['*.test'] }),
      httpRoute('b', [rule('b')], { hostnames: ['x.test'] }),
    );
    expect(where(routes, 'http://x.test/')).toBe('b');
    expect(routes.route({ url: 'http://x.test/' }).notes).toBeUndefined();
    expect(notesOf(routes)).toEqual([
      'claimed-twice HTTPRoute shop/a: PathPrefix / belongs to HTTPRoute shop/b, which asks for the same',
    ]);
  });

  test('what is claimed twice is noted once, on however many listeners', () => {
    const routes = routesOf(
      gateway([listener('http'), listener('other', { port: 8080 })]),
      httpRoute('a', [rule('a')], old),
      httpRoute('b', [rule('b')], young),
    );
    expect(notesOf(routes)).toHaveLength(1);
  });

  test('within a route, the first rule comes first, and the first match of it', () => {
    const routes = served(
      httpRoute('one', [rule('a', path('/x')), rule('b', path('/x'), path('/y')), rule('c', path('/y'))]),
    );
    expect(where(routes, 'http://x/x')).toBe('a');
    expect(where(routes, 'http://x/y')).toBe('b');
    expect(notesOf(routes)).toEqual([
      'claimed-twice HTTPRoute shop/one: PathPrefix /x belongs to an earlier match',
      'claimed-twice HTTPRoute shop/one: PathPrefix /y belongs to an earlier match',
    ]);
  });

  test('what one rule does not take, the next one may', () => {
    const routes = served(httpRoute('one', [rule('a', { ...path('/cart', 'Exact'), ...X }), rule('b')]));
    expect(where(routes, 'http://x/cart', { x: '1' })).toBe('a');
    expect(where(routes, 'http://x/cart', { x: '2' })).toBe('b');
  });
});
