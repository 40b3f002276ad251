import { Routes, readManifests } from '../../../../analysis';
import { gateway, httpRoute, https, listener, path, problemsOf, redirect, rule } from './objects';

/** What is wrong with a match, without the place where it stands. */
const ofMatch = (match: object) => problemsOf(httpRoute('one', [rule('a', match)]));
const ofListeners = (...listeners: object[]) => problemsOf(gateway(listeners));
const ofFilters = (...filters: object[]) => problemsOf(httpRoute('one', [{ filters }]));
const AT = 'HTTPRoute shop/one: spec.rules[0]';

describe('fails with what is wrong, and what would be right', () => {
  test.each<[object, string]>([
    [path('cart'), `bad-path ${AT}.matches[0].path.value is "cart"; begin it with "/"`],
    [path('', 'Exact'), `bad-path ${AT}.matches[0].path.value is empty; begin it with "/"`],
    [path('/a//b'), `bad-path ${AT}.matches[0].path.value is "/a//b"; a path of type PathPrefix holds no "//"`],
    [path('/a/../b'), `bad-path ${AT}.matches[0].path.value is "/a/../b"; a path of type PathPrefix holds no "/../"`],
    [path('/a/.'), `bad-path ${AT}.matches[0].path.value is "/a/."; a path of type PathPrefix holds no "/."`],
    [path('/a%2fb'), `bad-path ${AT}.matches[0].path.value is "/a%2fb"; a path of type PathPrefix holds no "%2f"`],
    [path('/a#b', 'Exact'), `bad-path ${AT}.matches[0].path.value is "/a#b"; a path of type Exact holds no "#"`],
    [
      path('/a b'),
      `bad-path ${AT}.matches[0].path.value is "/a b"; escape what is other than letters, digits and -._~!$&'()*+,;=:@`,
    ],
    [
      path(`/${'a'.repeat(1024)}`),
      `bad-path ${AT}.matches[0].path.value has 1025 characters; an API server takes at most 1024`,
    ],
    [
      path('/a', 'Prefix'),
      `bad-path-type ${AT}.matches[0].path.type is "Prefix"; give Exact, PathPrefix or RegularExpression`,
    ],
    [
      path('/(a', 'RegularExpression'),
      `bad-match ${AT}.matches[0].path.value is "/(a", which is no regular expression: a group is not closed`,
    ],
    [
      { method: 'get' },
      `bad-match ${AT}.matches[0].method is "get"; give GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE or PATCH`,
    ],
    [
      { headers: [{ name: 'a b', value: '1' }] },
      `bad-match ${AT}.matches[0].headers[0].name is "a b"; use letters, digits and !#$%&'*+-.^_\`|~`,
    ],
    [
      { headers: [{ name: 'a' }] },
      `bad-match ${AT}.matches[0].headers[0].value is missing; give the value that a request must have`,
    ],
    [
      { headers: [{ name: 'a', value: '1', type: 'Prefix' }] },
      `bad-match ${AT}.matches[0].headers[0].type is "Prefix"; give Exact or RegularExpression`,
    ],
    [{ headers: [{ name: 'a', value: 1 }] }, `bad-shape ${AT}.matches[0].headers[0].value is 1; give a text`],
    [
      { queryParams: [{ value: '1' }] },
      `bad-match ${AT}.matches[0].queryParams[0].name is missing; give the name of a parameter`,
    ],
    [{ headers: {} }, `bad-shape ${AT}.matches[0].headers is a mapping; give a list`],
    [{ path: '/a' }, `bad-shape ${AT}.matches[0].path is "/a"; give a mapping`],
  ])('for the match %j', (match, problem) => {
    expect(ofMatch(match)).toEqual([problem]);
  });

  test.each<[object, string]>([
    [
      { type: 'Redirect' },
      `bad-filter ${AT}.filters[0].type is "Redirect"; give RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, RequestRedirect, URLRewrite, ExtensionRef, CORS or ExternalAuth`,
    ],
    [
      { type: 'RequestRedirect' },
      `bad-filter ${AT}.filters[0].requestRedirect is missing; a filter of type RequestRedirect needs it`,
    ],
    [
      { type: 'RequestRedirect', requestRedirect: {}, urlRewrite: {} },
      `bad-filter ${AT}.filters[0].urlRewrite is given, and the type is "RequestRedirect"; give one or the other`,
    ],
    [
      redirectFilter({ statusCode: 300 }),
      `bad-filter ${AT}.filters[0].requestRedirect.statusCode is 300; give 301, 302, 303, 307 or 308`,
    ],
    [
      redirectFilter({ scheme: 'ftp' }),
      `bad-filter ${AT}.filters[0].requestRedirect.scheme is "ftp"; give http or https`,
    ],
    [
      redirectFilter({ port: 0 }),
      `bad-filter ${AT}.filters[0].requestRedirect.port is 0; give a whole number from 1 to 65535`,
    ],
    [
      redirectFilter({ hostname: '*.x.test' }),
      `bad-host ${AT}.filters[0].requestRedirect.hostname is "*.x.test"; give a DNS name in lower case, without port`,
    ],
    [
      redirectFilter({ path: { type: 'ReplaceFullPath' } }),
      `bad-filter ${AT}.filters[0].requestRedirect.path.replaceFullPath is missing; the type "ReplaceFullPath" needs it`,
    ],
    [
      redirectFilter({ path: { type: 'ReplaceFullPath', replaceFullPath: '/', replacePrefixMatch: '/' } }),
      `bad-filter ${AT}.filters[0].requestRedirect.path.replacePrefixMatch is given, and the type is "ReplaceFullPath"; give one or the other`,
    ],
  ])('for the filter %j', (filter, problem) => {
    expect(ofFilters(filter)).toEqual([problem]);
  });

  function redirectFilter(requestRedirect: object): object {
    return { type: 'RequestRedirect', requestRedirect };
  }

  test('for filters that exclude each other', () => {
    const rewrite = { type: 'URLRewrite', urlRewrite: { hostname: 'x.test' } };
    expect(ofFilters(redirectFilter({}), rewrite)).toEqual([
      `bad-filter ${AT}.filters holds RequestRedirect and URLRewrite; give one of them`,
    ]);
    expect(ofFilters(redirectFilter({}), redirectFilter({}))).toEqual([
      `bad-filter ${AT}.filters[1].type is "RequestRedirect" again; give it once`,
    ]);
  });

  test('for a redirect beside backends', () => {
    expect(problemsOf(httpRoute('one', [{ ...redirect({}), ...rule('a') }]))).toEqual([
      `bad-filter ${AT}.backendRefs stands beside the filter RequestRedirect; give one of them`,
    ]);
  });

  test('for the prefix of what has none, or several', () => {
    const prefix = { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } };
    const problem = `bad-filter ${AT}.filters[0].requestRedirect.path.replacePrefixMatch needs a rule with one match, of path type PathPrefix`;
    expect(problemsOf(httpRoute('one', [redirect(prefix, path('/a', 'Exact'))]))).toEqual([problem]);
    expect(problemsOf(httpRoute('one', [redirect(prefix, path('/a'), path('/b'))]))).toEqual([problem]);
    expect(problemsOf(httpRoute('one', [redirect(prefix)]))).toEqual([]);
  });

  test.each<[object, string]>([
    [{ port: 80 }, `bad-backend ${AT}.backendRefs[0].name is missing; give the name of a Service`],
    [{ name: 'a' }, `bad-backend ${AT}.backendRefs[0].port is missing; give the number of a port of the Service`],
    [
      { name: 'a', port: 'http' },
      `bad-backend ${AT}.backendRefs[0].port is "http"; give a whole number from 1 to 65535`,
    ],
    [
      { name: 'a', port: 80, weight: -1 },
      `bad-backend ${AT}.backendRefs[0].weight is -1; give a whole number from 0 to 1000000`,
    ],
    [
      { name: 'a', port: 80, weight: 0.5 },
      `bad-backend ${AT}.backendRefs[0].weight is 0.5; give a whole number from 0 to 1000000`,
    ],
  ])('for the backend %j', (ref, problem) => {
    expect(problemsOf(httpRoute('one', [{ backendRefs: [ref] }]))).toEqual([problem]);
  });

  test.each<[string, string]>([
    [
      'Shop.test',
      'bad-host HTTPRoute shop/one: spec.hostnames[0] is "Shop.test"; give a DNS name in lower case, without port, or "*." and such a name',
    ],
    [
      'x.*.test',
      'bad-host HTTPRoute shop/one: spec.hostnames[0] is "x.*.test"; give a DNS name in lower case, without port, or "*." and such a name',
    ],
    ['1.2.3.4', 'bad-host HTTPRoute shop/one: spec.hostnames[0] is the address 1.2.3.4; give a DNS name'],
    [
      'https://x.test/',
      'bad-host HTTPRoute shop/one: spec.hostnames[0] is "https://x.test/"; leave out the scheme: "x.test"',
    ],
  ])('for the hostname %s', (hostname, problem) => {
    expect(problemsOf(httpRoute('one', [rule('a')], { hostnames: [hostname] }))).toEqual([problem]);
  });

  test('for parentRefs that are the same', () => {
    const parent = { name: 'web', namespace: 'infra' };
    const problem = (index: number) =>
      `bad-parent HTTPRoute shop/one: spec.parentRefs[${index}] names the Gateway infra/web again; give each a sectionName or port of its own`;
    const of = (...parents: object[]) => problemsOf(httpRoute('one', [rule('a')], { parents }));
    expect(of(parent, parent)).toEqual([problem(1)]);
    expect(of(parent, { ...parent, sectionName: 'http' })).toEqual([problem(1)]);
    expect(of({ ...parent, sectionName: 'a' }, { ...parent, sectionName: 'b' })).toEqual([]);
    expect(of({ ...parent, port: 80 }, { ...parent, port: 443 })).toEqual([]);
    expect(of({ namespace: 'infra' })).toEqual([
      'bad-parent HTTPRoute shop/one: spec.parentRefs[0].name is missing; give the name of a Gateway',
    ]);
  });

  test('for lists that are empty or too long', () => {
    expect(problemsOf(httpRoute('one', []))).toEqual([
      'bad-shape HTTPRoute shop/one: spec.rules holds no rule; give at least one, or leave it out',
    ]);
    expect(problemsOf(httpRoute('one', Array(17).fill(rule('a', { method: 'GET' }))))).toEqual([
      'bad-shape HTTPRoute shop/one: spec.rules holds 17 items; an API server takes at most 16',
    ]);
    const many = Array(43).fill({ method: 'GET' });
    expect(problemsOf(httpRoute('one', Array(3).fill({ ...rule('a'), matches: many })))).toEqual([
      'bad-shape HTTPRoute shop/one: spec.rules hold 129 matches together; an API server takes at most 128',
    ]);
    expect(ofListeners()).toEqual([
      'bad-listener Gateway infra/web: spec.listeners holds no listener; give at least one',
    ]);
  });

  const LISTENER = 'bad-listener Gateway infra/web: spec.listeners[0]';

  test.each<[object, string]>([
    [{ port: 80, protocol: 'HTTP' }, `${LISTENER}.name is missing; give a name that no other listener has`],
    [{ name: 'x', protocol: 'HTTP' }, `${LISTENER}.port is missing; give a number from 1 to 65535`],
    [listener('x', { port: 70000 }), `${LISTENER}.port is 70000; give a whole number from 1 to 65535`],
    [{ name: 'x', port: 80 }, `${LISTENER}.protocol is missing; give HTTP, HTTPS, TLS, TCP or UDP`],
    [
      listener('x', { tls: { certificateRefs: [{ name: 'tls' }] } }),
      `${LISTENER}.tls is given for the protocol HTTP; leave it out, or use the protocol HTTPS`,
    ],
    [
      https('x', { tls: { mode: 'Passthrough' } }),
      `${LISTENER}.tls.mode is "Passthrough"; HTTPS takes Terminate only, or use the protocol TLS`,
    ],
    [https('x', { tls: {} }), `${LISTENER}.tls has no certificateRefs; name the Secret of a certificate`],
    [
      listener('x', { protocol: 'TLS', tls: { certificateRefs: [{ name: 'tls' }] } }),
      `${LISTENER}.tls.mode is missing; the protocol TLS needs Terminate or Passthrough`,
    ],
    [
      listener('x', { protocol: 'TCP', hostname: 'x.test' }),
      `${LISTENER}.hostname is "x.test"; leave it out for the protocol TCP`,
    ],
    [
      listener('x', { allowedRoutes: { namespaces: { from: 'Any' } } }),
      `${LISTENER}.allowedRoutes.namespaces.from is "Any"; give All, Selector or Same`,
    ],
    [
      listener('x', { allowedRoutes: { namespaces: { from: 'Selector' } } }),
      `${LISTENER}.allowedRoutes.namespaces.selector is missing; from "Selector" needs one`,
    ],
  ])('for the listener %j', (one, problem) => {
    expect(ofListeners(one)).toEqual([problem]);
  });

  test('for a selector that an API server refuses', () => {
    const selector = { matchExpressions: [{ key: 'team', operator: 'Is', values: ['a'] }] };
    expect(ofListeners(listener('x', { allowedRoutes: { namespaces: { from: 'Selector', selector } } }))).toEqual([
      'bad-selector Gateway infra/web: spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions[0].operator is "Is"; use In, NotIn, Exists or DoesNotExist',
    ]);
  });

  test('for listeners that nobody can tell apart', () => {
    expect(ofListeners(listener('x'), listener('y'))).toEqual([
      'bad-listener Gateway infra/web: spec.listeners[1] has the port, protocol and hostname of the listener "x"; give it others, or attach to that one',
    ]);
    expect(ofListeners(listener('x'), listener('x', { port: 81 }))).toEqual([
      'bad-listener Gateway infra/web: spec.listeners[1].name is "x", as another one is; give each its own',
    ]);
  });

  test('for a Gateway without class', () => {
    expect(problemsOf({ ...gateway([]), spec: { listeners: [listener('x')] } })).toEqual([
      'bad-shape Gateway infra/web: spec.gatewayClassName is missing; give the name of a GatewayClass',
    ]);
  });

  test('for a ReferenceGrant that says not all', () => {
    const grant = (spec: object) =>
      problemsOf({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'ReferenceGrant',
        metadata: { name: 'g', namespace: 'team' },
        spec,
      });
    expect(grant({ from: [{ kind: 'HTTPRoute' }] })).toEqual([
      'bad-grant ReferenceGrant team/g: spec.to holds nothing; give at least one',
      'bad-grant ReferenceGrant team/g: spec.from[0].group is missing; give "" for the core group',
      'bad-grant ReferenceGrant team/g: spec.from[0].namespace is missing; give the namespace that may refer to these',
    ]);
  });
});

test('each problem has the line of its field', () => {
  const text = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one }
spec:
  parentRefs: [{ name: web }]
  rules:
    - matches:
        - path: { type: Exact, value: / }
        - path:
            type: Prefix
            value: /
    - backendRefs:
        - name: a
          port: 0
`;
  expect(Routes.ofGateway(readManifests(text, 'route.yaml')).problems).toEqual([
    {
      code: 'bad-path-type',
      file: 'route.yaml',
      line: 10,
      message:
        'HTTPRoute default/one: spec.rules[0].matches[1].path.type is "Prefix"; give Exact, PathPrefix or RegularExpression',
    },
    {
      code: 'bad-backend',
      file: 'route.yaml',
      line: 14,
      message: 'HTTPRoute default/one: spec.rules[1].backendRefs[0].port is 0; give a whole number from 1 to 65535',
    },
  ]);
});
