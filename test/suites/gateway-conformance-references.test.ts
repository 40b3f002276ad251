import { Routes } from '../../analysis';
import {
  gateway,
  httpRoute,
  https,
  listener,
  path,
  redirect,
  rule,
  SERVICES,
  where,
} from '../analysis/routing/gateway/objects';
import { type Expected, made, served, wrong } from './gateway';

// Conformance tests of the Gateway API for what routes refer to, as facts in our own words: to which listeners they belong, and
// which backends they may have. Source: github.com/kubernetes-sigs/gateway-api, conformance/tests/httproute-*.go and
// gateway-http-listener-isolation.go (Apache-2.0). Their backends are a, b and c here, and their namespaces infra, shop and team.

const IN = { name: 'web', namespace: 'infra' };

/** What is made of objects of which something is wrong; where requests go nevertheless. */
const faulty = (...objects: object[]) => Routes.ofGateway([gateway([listener('http')]), ...objects, ...SERVICES]);

const grant = (to: object) => ({
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { name: 'grant', namespace: 'team' },
  spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }], to: [to] },
});
const elsewhere = (name: string, ...matches: object[]) => ({
  ...(matches.length === 0 ? {} : { matches }),
  backendRefs: [{ name, namespace: 'team', port: 80 }],
});

describe('the Gateway API, tested by itself, where routes belong:', () => {
  test('HTTPRouteSimpleSameNamespace and HTTPRouteCrossNamespace', () => {
    const same = { ...httpRoute('same', [rule('a')], { parents: [{ name: 'web' }], namespace: 'team' }) };
    const web = { ...gateway([{ name: 'http', port: 80, protocol: 'HTTP' }], { namespace: 'team' }) };
    expect(where(Routes.ofGateway([web, same, ...SERVICES]), 'http://example.com/')).toBe('a');
    expect(wrong(served(httpRoute('cross', [rule('b')])), [['/', 'b']])).toEqual([]);
  });

  test('HTTPRouteInvalidCrossNamespaceParentRef: a listener that takes its own namespace only', () => {
    const web = gateway([listener('http', { allowedRoutes: { namespaces: { from: 'Same' } } })]);
    const routes = Routes.ofGateway([web, httpRoute('cross', [rule('a')]), ...SERVICES]);
    expect(wrong(routes, [['/', '404']])).toEqual([]);
    expect([...routes.problems, ...routes.notes]).not.toEqual([]);
  });

  test.each([
    ['HTTPRouteInvalidParentRefNotMatchingSectionName', { ...IN, sectionName: 'wrong' }],
    ['HTTPRouteInvalidParentRefSectionNameNotMatchingPort', { ...IN, sectionName: 'http', port: 81 }],
    ['HTTPRouteInvalidParentRefNotMatchingListenerPort', { ...IN, port: 8080 }],
  ])('%s', (_, parent) => {
    const routes = faulty(httpRoute('lost', [rule('a')], { parents: [parent] }));
    expect(wrong(routes, [['/', '404']])).toEqual([]);
    expect([...routes.problems, ...routes.notes]).not.toEqual([]);
  });

  test('HTTPRouteListenerPortMatching: a route is given to listeners by port, by name, and by both', () => {
    const routes = made(
      [
        listener('listener-1'),
        listener('listener-2', { port: 8080, hostname: 'foo.com' }),
        listener('listener-3', { port: 8080, hostname: 'bar.com' }),
        listener('listener-4', { port: 8090, hostname: 'foo.com' }),
      ],
      httpRoute('first', [rule('a')], { parents: [{ ...IN, sectionName: 'listener-1' }] }),
      httpRoute('second', [rule('b')], { parents: [{ ...IN, port: 8080 }] }),
      httpRoute('third', [rule('c')], { parents: [{ ...IN, port: 8090, sectionName: 'listener-4' }] }),
    );
    expect(
      wrong(routes, [
        ['http://foo.com/', 'a'],
        ['http://foo.com:8080/', 'b'],
        ['http://bar.com:8080/', 'b'],
        ['http://foo.com:8090/', 'c'],
        ['http://bar.com:8090/', '404'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteHTTPSListener', () => {
    const routes = made(
      [https('https'), https('second', { hostname: 'second-example.org' })],
      httpRoute('host', [rule('a')], { hostnames: ['example.org'], parents: [{ ...IN, sectionName: 'https' }] }),
      httpRoute('none', [rule('b')], { parents: [{ ...IN, sectionName: 'second' }] }),
    );
    expect(
      wrong(routes, [
        ['https://example.org/', 'a'],
        ['https://second-example.org/', 'b'],
        ['https://unknown-example.org/', '404'],
      ]),
    ).toEqual([]);
  });

  describe('GatewayHTTPListenerIsolation: a request is of the listener that fits it best, and of no other', () => {
    const LISTENERS = [
      ['empty-hostname', undefined, 'bar.com'],
      ['wildcard-example-com', '*.example.com', 'bar.example.com'],
      ['wildcard-foo-example-com', '*.foo.example.com', 'bar.foo.example.com'],
      ['abc-foo-example-com', 'abc.foo.example.com', 'abc.foo.example.com'],
    ] as const;

    test.each([
      ['hostnames of listeners', () => undefined],
      ['hostnames of listeners and of routes', (hostname: string | undefined) => hostname],
    ])('%s', (_, hostnameOf) => {
      const routes = made(
        LISTENERS.map(([name, hostname]) => listener(name, hostname === undefined ? {} : { hostname })),
        ...LISTENERS.map(([name, hostname]) => {
          const given = hostnameOf(hostname);
          return httpRoute(name, [rule('a', path(`/${name}`))], {
            parents: [{ ...IN, sectionName: name }],
            ...(given === undefined ? {} : { hostnames: [given] }),
          });
        }),
      );
      const expected: Expected = LISTENERS.flatMap(([own, , host]) =>
        LISTENERS.map(([name]) => [`http://${host}/${name}`, name === own ? 'a' : '404'] as const),
      );
      expect(expected).toHaveLength(16);
      expect(wrong(routes, expected)).toEqual([]);
    });
  });
});

describe('the Gateway API, tested by itself, what backends may be:', () => {
  test.each([
    ['HTTPRouteInvalidNonExistentBackendRef', rule('nonexistent')],
    ['HTTPRouteInvalidBackendRefUnknownKind', { backendRefs: [{ kind: 'NonExistent', name: 'a', port: 80 }] }],
    ['HTTPRouteInvalidCrossNamespaceBackendRef', elsewhere('a')],
  ])('%s is answered 500', (_, one) => {
    const routes = faulty(httpRoute('lost', [one]));
    expect(wrong(routes, [['/', '500']])).toEqual([]);
  });

  test('HTTPRouteReferenceGrant: a Service of another namespace, which allows it', () => {
    const routes = served(httpRoute('granted', [elsewhere('a')]), grant({ group: '', kind: 'Service', name: 'a' }));
    expect(wrong(routes, [['/', 'a']])).toEqual([]);
  });

  test('HTTPRouteInvalidReferenceGrant and HTTPRoutePartiallyInvalidViaInvalidReferenceGrant', () => {
    const routes = faulty(
      httpRoute('half', [elsewhere('b', path('/v2')), elsewhere('a')]),
      grant({ group: '', kind: 'Service', name: 'a' }),
    );
    expect(
      wrong(routes, [
        ['/', 'a'],
        ['/v2', '500'],
      ]),
    ).toEqual([]);
  });

  test('HTTPRouteAllBackendsWeightZero', () => {
    const backendRefs = ['a', 'b'].map((name) => ({ name, port: 80, weight: 0 }));
    expect(wrong(served(httpRoute('none', [{ backendRefs }])), [['/', '500']])).toEqual([]);
  });

  test('HTTPRouteNamedRule: a name changes nothing', () => {
    const routes = served(
      httpRoute('named', [{ name: 'named-rule', ...rule('a', path('/named')) }, rule('b', path('/unnamed'))]),
    );
    expect(
      wrong(routes, [
        ['/named', 'a'],
        ['/unnamed', 'b'],
      ]),
    ).toEqual([]);
  });
});

describe('the Gateway API, tested by itself, redirects and rewrites:', () => {
  test.each([
    ['HTTPRouteRedirectHostAndStatus', { hostname: 'example.org' }, '302 http://example.org/x'],
    ['HTTPRouteRedirectHostAndStatus', { hostname: 'example.org', statusCode: 301 }, '301 http://example.org/x'],
    ['HTTPRouteRedirectPort', { port: 8083 }, '302 http://example.com:8083/x'],
    ['HTTPRouteRedirectPort', { port: 8083, hostname: 'example.org' }, '302 http://example.org:8083/x'],
    ['HTTPRouteRedirectPort', { port: 8083, statusCode: 301 }, '301 http://example.com:8083/x'],
    [
      'HTTPRouteRedirectPort',
      { port: 8083, hostname: 'example.org', statusCode: 302 },
      '302 http://example.org:8083/x',
    ],
    ['HTTPRouteRedirectScheme', { scheme: 'https' }, '302 https://example.com/x'],
    ['HTTPRouteRedirectScheme', { scheme: 'https', hostname: 'example.org' }, '302 https://example.org/x'],
    ['HTTPRouteRedirectScheme', { scheme: 'https', statusCode: 301 }, '301 https://example.com/x'],
    [
      'HTTPRouteRedirectScheme',
      { scheme: 'https', hostname: 'example.org', statusCode: 302 },
      '302 https://example.org/x',
    ],
    ['HTTPRoute303Redirect', { scheme: 'https', statusCode: 303 }, '303 https://example.com/x'],
    ['HTTPRoute307Redirect', { scheme: 'https', statusCode: 307 }, '307 https://example.com/x'],
    ['HTTPRoute308Redirect', { scheme: 'https', statusCode: 308 }, '308 https://example.com/x'],
  ])('%s: %j', (_, given, to) => {
    expect(wrong(served(httpRoute('redirects', [redirect(given, path('/x'))])), [['/x', to]])).toEqual([]);
  });

  test('HTTPRouteRewriteHost: what a backend sees', () => {
    const rewrite = (to: string, hostname: string, ...matches: object[]) => ({
      ...rule(to, ...matches),
      filters: [{ type: 'URLRewrite', urlRewrite: { hostname } }],
    });
    const routes = served(
      httpRoute(
        'rewrites',
        [
          rewrite('a', 'one.example.org', path('/one')),
          rewrite('b', 'example.org'),
          rewrite('b', 'test.example.org', path('/rewrite-host-and-modify-headers')),
        ],
        { hostnames: ['rewrite.example'] },
      ),
    );
    const seen = (url: string) => {
      const answer = routes.route({ url: `http://rewrite.example${url}` });
      return answer.outcome === 'backends'
        ? [answer.backends[0]?.service, answer.upstream?.host, answer.upstream?.path]
        : answer.outcome;
    };
    expect(['/one', '/two', '/rewrite-host-and-modify-headers'].map(seen)).toEqual([
      ['a', 'one.example.org', '/one'],
      ['b', 'example.org', '/two'],
      ['b', 'test.example.org', '/rewrite-host-and-modify-headers'],
    ]);
  });
});
