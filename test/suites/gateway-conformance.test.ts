import { httpRoute, https, listener, path, redirect, rule } from '../analysis/routing/gateway/objects';
import { type Asked, made, served, wrong } from './gateway';

// Conformance tests of the Gateway API for HTTPRoutes, as facts in our own words: routes, requests, and where each is sent. Source:
// github.com/kubernetes-sigs/gateway-api, conformance/tests/httproute-*.go (Apache-2.0). Their backends infra-backend-v1, -v2 and
// -v3 are a, b and c here.

const header = (name: string, value: string) => ({ name, value });
const headers = (...all: readonly (readonly [string, string])[]) => ({
  headers: all.map(([name, value]) => header(name, value)),
});
const query = (...all: readonly (readonly [string, string])[]) => ({
  queryParams: all.map(([name, value]) => header(name, value)),
});

describe('the Gateway API, tested by itself:', () => {
  test('HTTPRouteMatching: a path or a header', () => {
    const routes = served(
      httpRoute('matching', [
        rule('a', path('/'), headers(['version', 'one'])),
        rule('b', path('/v2'), headers(['version', 'two'])),
      ]),
    );
    expect(
      wrong(routes, [
        ['/', 'a'],
        ['/example', 'a'],
        [{ url: '/', headers: { Version: 'one' } }, 'a'],
        ['/v2', 'b'],
        ['/v2/example', 'b'],
        [{ url: '/', headers: { Version: 'two' } }, 'b'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteMatchingAcrossRoutes: two routes share a host', () => {
    const routes = served(
      httpRoute('part1', [rule('a', path('/'), headers(['version', 'one']))], {
        hostnames: ['example.com', 'example.net'],
      }),
      httpRoute('part2', [rule('b', path('/v2'), headers(['version', 'two']))], { hostnames: ['example.com'] }),
    );
    expect(
      wrong(routes, [
        ['/', 'a'],
        ['/example', 'a'],
        ['http://example.net/example', 'a'],
        [{ url: '/example', headers: { Version: 'one' } }, 'a'],
        ['/v2', 'b'],
        ['http://example.net/v2', 'a'],
        ['/v2/example', 'b'],
        [{ url: '/', headers: { Version: 'two' } }, 'b'],
      ]),
    ).toEqual([]);
  });

  test('HTTPExactPathMatching', () => {
    const routes = served(httpRoute('exact', [rule('a', path('/one', 'Exact')), rule('b', path('/two', 'Exact'))]));
    expect(
      wrong(routes, [
        ['/one', 'a'],
        ['/two', 'b'],
        ['/', '404'],
        ['/one/example', '404'],
        ['/two/', '404'],
        ['/Two', '404'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteHeaderMatching', () => {
    const routes = served(
      httpRoute('headers', [
        rule('a', headers(['version', 'one'])),
        rule('b', headers(['version', 'two'])),
        rule('a', headers(['version', 'two'], ['color', 'orange'])),
        rule('a', headers(['color', 'blue']), headers(['color', 'green'])),
        rule('b', headers(['color', 'red']), headers(['color', 'yellow'])),
      ]),
    );
    const of = (given: Readonly<Record<string, string>>): Asked => ({ url: '/', headers: given });
    expect(
      wrong(routes, [
        [of({ Version: 'one' }), 'a'],
        [of({ Version: 'two' }), 'b'],
        [of({ Version: 'two', Color: 'orange' }), 'a'],
        // Both rules have one header: the one that stands first.
        [of({ Version: 'two', Color: 'blue' }), 'b'],
        [of({ Color: 'orange' }), '404'],
        [of({ 'Some-Other-Header': 'one' }), '404'],
        [of({ Color: 'blue' }), 'a'],
        [of({ Color: 'green' }), 'a'],
        [of({ Color: 'red' }), 'b'],
        [of({ Color: 'yellow' }), 'b'],
        [of({ Color: 'purple' }), '404'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteMethodMatching', () => {
    const routes = served(
      httpRoute('methods', [
        rule('a', { method: 'POST' }),
        rule('b', { method: 'GET' }),
        rule('a', { ...path('/path1'), method: 'GET' }),
        rule('b', { ...headers(['version', 'one']), method: 'PUT' }),
        rule('c', { ...path('/path2'), ...headers(['version', 'two']), method: 'POST' }),
        rule(
          'a',
          { ...path('/path3'), method: 'PATCH' },
          { ...path('/path4'), ...headers(['version', 'three']), method: 'DELETE' },
        ),
        rule('a', path('/path5')),
        rule('b', { method: 'PATCH' }),
        rule('c', headers(['version', 'four'])),
      ]),
    );
    const of = (method: Request['method'], url = '/', version?: string): Asked => ({
      url,
      ...(method === undefined ? {} : { method }),
      headers: version === undefined ? {} : { version },
    });
    expect(
      wrong(routes, [
        [of('POST'), 'a'],
        [of('GET'), 'b'],
        [of('HEAD'), '404'],
        [of('GET', '/path1'), 'a'],
        [of('PUT', '/', 'one'), 'b'],
        [of('POST', '/path2', 'two'), 'c'],
        [of('PATCH', '/path3'), 'a'],
        [of('DELETE', '/path4', 'three'), 'a'],
        [of('PUT'), '404'],
        [of('DELETE', '/path4'), '404'],
        // A path goes before a method, a method before a header.
        [of('PATCH', '/path5'), 'a'],
        [of('PATCH', '/', 'four'), 'b'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteQueryParamMatching', () => {
    const routes = served(
      httpRoute('queries', [
        rule('a', query(['animal', 'whale'])),
        rule('b', query(['animal', 'dolphin'])),
        rule('c', query(['animal', 'dolphin'], ['color', 'blue'])),
        rule('c', query(['ANIMAL', 'Whale'])),
        rule('a', { ...path('/path1'), ...query(['animal', 'whale']) }),
        rule('b', { ...headers(['version', 'one']), ...query(['animal', 'whale']) }),
        rule('c', { ...path('/path2'), ...headers(['version', 'two']), ...query(['animal', 'whale']) }),
        rule(
          'a',
          { ...path('/path3'), ...query(['animal', 'shark']) },
          { ...path('/path4'), ...headers(['version', 'three']), ...query(['animal', 'kraken']) },
        ),
        rule('a', path('/path5')),
        rule('b', query(['animal', 'hydra'])),
        rule('c', headers(['version', 'four'])),
      ]),
    );
    const of = (url: string, version: string): Asked => ({ url, headers: { version } });
    expect(
      wrong(routes, [
        ['/?animal=whale', 'a'],
        ['/?animal=dolphin', 'b'],
        ['/?animal=dolphin&color=blue', 'c'],
        ['/?ANIMAL=Whale', 'c'],
        ['/?animal=whale&otherparam=irrelevant', 'a'],
        ['/?animal=dolphin&color=yellow', 'b'],
        ['/?color=blue', '404'],
        ['/?animal=dog', '404'],
        ['/?animal=whaledolphin', '404'],
        ['/', '404'],
        ['/path1?animal=whale', 'a'],
        [of('/?animal=whale', 'one'), 'b'],
        [of('/path2?animal=whale', 'two'), 'c'],
        ['/path3?animal=shark', 'a'],
        [of('/path4?animal=kraken', 'three'), 'a'],
        ['/?animal=shark', '404'],
        ['/path4?animal=kraken', '404'],
        // A path goes before a header, a header before a parameter.
        ['/path5?animal=hydra', 'a'],
        [of('/?animal=hydra', 'four'), 'c'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRoutePathMatchOrder: an exact path before prefixes, and a longer prefix before a shorter', () => {
    const routes = served(
      httpRoute('order', [
        rule('c', path('/match/')),
        rule('a', path('/match/prefix/')),
        rule('b', path('/match/prefix/one/')),
        rule('a', path('/match', 'Exact')),
        rule('b', path('/match/exact', 'Exact')),
        rule('c', path('/match/exact/one', 'Exact')),
      ]),
    );
    expect(
      wrong(routes, [
        ['/match/exact/one', 'c'],
        ['/match/exact', 'b'],
        ['/match', 'a'],
        ['/match/prefix/one/any', 'b'],
        ['/match/prefix/any', 'a'],
        ['/match/any', 'c'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteListenerHostnameMatching: each listener has a route of its own', () => {
    const parents = (...names: string[]) =>
      names.map((sectionName) => ({ name: 'web', namespace: 'infra', sectionName }));
    const routes = made(
      [
        listener('one', { hostname: 'bar.com' }),
        listener('two', { hostname: 'foo.bar.com' }),
        listener('three', { hostname: '*.bar.com' }),
        listener('four', { hostname: '*.foo.com' }),
      ],
      httpRoute('a', [rule('a')], { parents: parents('one') }),
      httpRoute('b', [rule('b')], { parents: parents('two') }),
      httpRoute('c', [rule('c')], { parents: parents('three', 'four') }),
    );
    expect(
      wrong(routes, [
        ['http://bar.com/', 'a'],
        ['http://foo.bar.com/', 'b'],
        ['http://baz.bar.com/', 'c'],
        ['http://boo.bar.com/', 'c'],
        ['http://multiple.prefixes.bar.com/', 'c'],
        ['http://multiple.prefixes.foo.com/', 'c'],
        ['http://foo.com/', '404'],
        ['http://no.matching.host/', '404'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteHostnameIntersection: a route is served under the hosts that it and a listener share', () => {
    const route = (name: string, hostnames: readonly string[], prefix: string, to: string) =>
      httpRoute(name, [rule(to, path(prefix))], { hostnames });
    const routes = made(
      [
        listener('one', { hostname: 'very.specific.com' }),
        listener('two', { hostname: '*.wildcard.io' }),
        listener('three', { hostname: '*.anotherwildcard.io' }),
      ],
      route('specific-specific', ['non.matching.com', '*.nonmatchingwildcard.io', 'very.specific.com'], '/s1', 'a'),
      route(
        'specific-wildcard',
        ['non.matching.com', 'wildcard.io', 'foo.wildcard.io', 'bar.wildcard.io', 'foo.bar.wildcard.io'],
        '/s2',
        'b',
      ),
      route('wildcard-specific', ['non.matching.com', '*.specific.com'], '/s3', 'c'),
      route('wildcard-wildcard', ['*.anotherwildcard.io'], '/s4', 'a'),
      route('none', ['specific.but.wrong.com', 'wildcard.io'], '/s5', 'b'),
    );
    expect(
      wrong(routes, [
        ['http://very.specific.com/s1', 'a'],
        [{ url: 'http://very.specific.com/s1', headers: { Host: 'very.specific.com:1234' } }, 'a'],
        ['http://non.matching.com/s1', '404'],
        ['http://foo.nonmatchingwildcard.io/s1', '404'],
        ['http://foo.wildcard.io/s1', '404'],
        ['http://very.specific.com/non-matching-prefix', '404'],
        ['http://foo.wildcard.io/s2', 'b'],
        ['http://bar.wildcard.io/s2', 'b'],
        ['http://foo.bar.wildcard.io/s2', 'b'],
        ['http://non.matching.com/s2', '404'],
        ['http://wildcard.io/s2', '404'],
        ['http://very.specific.com/s2', '404'],
        ['http://foo.wildcard.io/non-matching-prefix', '404'],
        ['http://very.specific.com/s3', 'c'],
        ['http://non.matching.com/s3', '404'],
        ['http://foo.specific.com/s3', '404'],
        ['http://foo.wildcard.io/s3', '404'],
        ['http://foo.anotherwildcard.io/s4', 'a'],
        ['http://bar.anotherwildcard.io/s4', 'a'],
        ['http://foo.bar.anotherwildcard.io/s4', 'a'],
        ['http://anotherwildcard.io/s4', '404'],
        ['http://foo.wildcard.io/s4', '404'],
        ['http://very.specific.com/s4', '404'],
        ['http://foo.anotherwildcard.io/non-matching-prefix', '404'],
        ['http://specific.but.wrong.com/s5', '404'],
        ['http://wildcard.io/s5', '404'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteHostnameIntersection: a listener without a hostname serves all that a route names', () => {
    const hostnames = ['first.com', 'sub.first.com', 'second.com', '*.second.com'];
    const routes = served(httpRoute('all', [rule('b')], { hostnames }));
    expect(
      wrong(routes, [
        ['http://first.com/', 'b'],
        ['http://sub.first.com/', 'b'],
        ['http://second.com/', 'b'],
        ['http://sub.second.com/', 'b'],
        ['http://third.com/', '404'],
        ['http://sub.third.com/', '404'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteRedirectPath', () => {
    const prefix = (to: string) => ({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: to } });
    const full = (to: string) => ({ path: { type: 'ReplaceFullPath', replaceFullPath: to } });
    const routes = served(
      httpRoute('redirects', [
        redirect(prefix('/replacement-prefix'), path('/original-prefix')),
        redirect(full('/full-path-replacement'), path('/full')),
        redirect({ hostname: 'example.org', ...prefix('/replacement-prefix') }, path('/path-and-host')),
        redirect({ statusCode: 301, ...prefix('/replacement-prefix') }, path('/path-and-status')),
        redirect({ hostname: 'example.org', ...full('/replacement-full') }, path('/full-path-and-host')),
        redirect({ statusCode: 301, ...full('/replacement-full') }, path('/full-path-and-status')),
      ]),
    );
    expect(
      wrong(routes, [
        ['/original-prefix/lemon', '302 http://example.com/replacement-prefix/lemon'],
        ['/full/path/original', '302 http://example.com/full-path-replacement'],
        ['/path-and-host', '302 http://example.org/replacement-prefix'],
        ['/path-and-status', '301 http://example.com/replacement-prefix'],
        ['/full-path-and-host', '302 http://example.org/replacement-full'],
        ['/full-path-and-status', '301 http://example.com/replacement-full'],
      ]),
    ).toEqual([]);
  });

  test.each([
    [
      'HTTP on port 80',
      listener('http'),
      'http://example.org',
      [
        ['nil', 'nil', 'http://example.org'],
        ['nil', '80', 'http://example.org'],
        ['nil', '8080', 'http://example.org:8080'],
        ['https', 'nil', 'https://example.org'],
        ['https', '443', 'https://example.org'],
        ['https', '8443', 'https://example.org:8443'],
      ],
    ],
    [
      'HTTP on port 8080',
      listener('http', { port: 8080 }),
      'http://example.org:8080',
      [
        ['nil', 'nil', 'http://example.org:8080'],
        ['nil', '80', 'http://example.org'],
        ['https', 'nil', 'https://example.org'],
      ],
    ],
    [
      'HTTPS on port 443',
      https('https'),
      'https://example.org',
      [
        ['nil', 'nil', 'https://example.org'],
        ['nil', '443', 'https://example.org'],
        ['nil', '8443', 'https://example.org:8443'],
        ['http', 'nil', 'http://example.org'],
        ['http', '80', 'http://example.org'],
        ['http', '8080', 'http://example.org:8080'],
      ],
    ],
  ] as const)('HTTPRouteRedirectPortAndScheme: %s', (_, one, from, cases) => {
    const name = (scheme: string, port: string) => `/scheme-${scheme}-and-port-${port}`;
    const routes = made(
      [one],
      httpRoute(
        'redirects',
        cases.map(([scheme, port]) =>
          redirect(
            {
              hostname: 'example.org',
              ...(scheme === 'nil' ? {} : { scheme }),
              ...(port === 'nil' ? {} : { port: Number(port) }),
            },
            path(name(scheme, port)),
          ),
        ),
      ),
    );
    expect(
      wrong(
        routes,
        cases.map(([scheme, port, to]) => [`${from}${name(scheme, port)}`, `302 ${to}${name(scheme, port)}`]),
      ),
    ).toEqual([]);
  });

  test('HTTPRouteRewritePath: what a backend sees', () => {
    const rewrite = (prefix: string, given: object) => ({
      ...rule('a', path(prefix)),
      filters: [{ type: 'URLRewrite', urlRewrite: { path: given } }],
    });
    const prefix = (replacePrefixMatch: string) => ({ type: 'ReplacePrefixMatch', replacePrefixMatch });
    const full = (replaceFullPath: string) => ({ type: 'ReplaceFullPath', replaceFullPath });
    const routes = served(
      httpRoute('rewrites', [
        rewrite('/prefix/one', prefix('/one')),
        rewrite('/strip-prefix', prefix('/')),
        rewrite('/full/one', full('/one')),
        rewrite('/full/rewrite-path-and-modify-headers', full('/test')),
        rewrite('/prefix/rewrite-path-and-modify-headers', prefix('/prefix')),
      ]),
    );
    const seen = (url: string) => {
      const answer = routes.route({ url: `http://example.com${url}` });
      return answer.outcome === 'backends' ? answer.upstream?.path : answer.outcome;
    };
    expect(
      [
        '/prefix/one/two',
        '/strip-prefix/three',
        '/strip-prefix',
        '/full/one/two',
        '/full/rewrite-path-and-modify-headers/test',
        '/prefix/rewrite-path-and-modify-headers/one',
      ].map(seen),
    ).toEqual(['/one/two', '/three', '/', '/one', '/test', '/prefix/one']);
  });

  test('HTTPRouteWeight', () => {
    const backendRefs = [
      { name: 'a', port: 80, weight: 70 },
      { name: 'b', port: 80, weight: 30 },
      { name: 'c', port: 80, weight: 0 },
    ];
    expect(wrong(served(httpRoute('weights', [{ backendRefs }])), [['/', '0.7 a, 0.3 b']])).toEqual([]);
  });

  test('a request that is expected elsewhere is seen', () => {
    expect(wrong(served(httpRoute('one', [rule('a')])), [['/', 'b']])).toEqual(['"/" is sent to a, not to b']);
  });
});
