import { Routes, sameRouting } from '../../../analysis';
import { controller, type IngressParts, ingress, path, service } from './objects';
import { notesOf, where } from './where';

const TLS = [{ hosts: ['a.test'], secretName: 'a-tls' }];

function configMap(data: Readonly<Record<string, string>>, name = 'settings'): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ingress-nginx' }, data };
}

function routesOf(
  data: Readonly<Record<string, string>>,
  parts: IngressParts = {},
  controllerVersion = '1.15',
  ...others: readonly object[]
): Routes {
  const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'web')], ...parts });
  return Routes.ofIngressNginx([service('web'), service('new'), main, configMap(data), ...others], {
    configMap: 'ingress-nginx/settings',
    controllerVersion,
    input: 'tolerant',
  });
}

const FORCED = { annotations: { 'force-ssl-redirect': 'true' } };

describe('a ConfigMap without its controller is read where it is named', () => {
  test('it decides where an annotation does not', () => {
    expect(where(routesOf({ 'force-ssl-redirect': 'true', 'http-redirect-code': '301' }), 'http://a.test/x')).toBe(
      '301 https://a.test/x',
    );
    expect(where(routesOf({ 'ssl-redirect': 'false' }, { tls: TLS }), 'http://a.test/x')).toBe('web:80');
  });

  test('and is not read where nothing names it', () => {
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'web')] });
    const routes = Routes.ofIngressNginx([service('web'), main, configMap({ 'force-ssl-redirect': 'true' })]);
    expect(where(routes, 'http://a.test/x')).toBe('web:80');
  });

  test('snippets count only if it allows them', () => {
    const snippet = { annotations: { 'configuration-snippet': 'return 204;' } };
    expect(where(routesOf({}, snippet), 'http://a.test/')).toBe('404');
    expect(where(routesOf({ 'annotations-risk-level': 'Critical' }, snippet), 'http://a.test/')).toBe('web:80');
    expect(where(routesOf({}, snippet, '1.11'), 'http://a.test/')).toBe('web:80');
  });

  test('fails a name that no ConfigMap has, with those that there are', () => {
    const { problems } = Routes.ofIngressNginx([configMap({}), configMap({}, 'other')], { configMap: 'a/b' });
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'unknown-config-map: there is no ConfigMap "a/b"; there are ingress-nginx/other, ingress-nginx/settings',
    ]);
  });
});

describe('what the controller cannot read in its ConfigMap counts as not given, with a warning', () => {
  const PLACE = 'ConfigMap ingress-nginx/settings: data.';
  test.each([
    ['ssl-redirect', 'no', 'ssl-redirect is "no", which counts as not given; give "true" or "false"'],
    ['http-redirect-code', '300', 'http-redirect-code is "300", which counts as not given; give 301, 302, 307 or 308'],
    [
      'force-ssl-redirct',
      'true',
      'force-ssl-redirct is "true"; ingress-nginx has no setting of that name, did you mean force-ssl-redirect?',
    ],
    [
      'use_forwarded_headers',
      'true',
      'use_forwarded_headers is "true"; ingress-nginx has no setting of that name, did you mean use-forwarded-headers?',
    ],
  ])('%s: %s', (name, value, message) => {
    const routes = routesOf({ [name]: value }, { tls: TLS });
    expect(where(routes, 'http://a.test/x')).toBe('308 https://a.test/x');
    expect(routes.warnings.map((one) => `${one.code}: ${one.message}`)).toEqual([`bad-setting: ${PLACE}${message}`]);
  });

  test('settings that have nothing to do with where requests go are left alone', () => {
    const others = { 'proxy-body-size': '8m', 'use-gzip': 'yes', 'ssl-protocols': 'TLSv1.3', 'use-http2': 'true' };
    expect(routesOf(others).warnings).toEqual([]);
  });
});

test('a ConfigMap that the controller names and that is not among the manifests is taken as empty, which is noted', () => {
  const args = ['--configmap=$(POD_NAMESPACE)/settings'];
  const deployment = controller(args);
  const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'web')] });
  expect(notesOf(Routes.ofIngressNginx([service('web'), main, deployment]))).toEqual([
    'assumed: Deployment ingress-nginx/c: the ConfigMap ingress-nginx/settings of the controller is not among the manifests; its settings are taken as the defaults',
  ]);
});

describe('use-forwarded-headers', () => {
  const FORWARDED = { 'use-forwarded-headers': 'true' };

  test.each([
    ['http', {}, '308 https://a.test/x'],
    ['http', { 'X-Forwarded-Proto': 'https' }, 'web:80'],
    ['http', { 'X-Forwarded-Proto': 'http' }, '308 https://a.test/x'],
    ['http', { 'X-Forwarded-Proto': 'HTTP' }, 'web:80'],
    ['http', { 'X-Forwarded-Proto': '' }, 'web:80'],
    ['https', {}, 'web:80'],
    ['https', { 'X-Forwarded-Proto': 'http' }, '308 https://a.test/x'],
    ['https', { 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': 'b.test:8080, c.test' }, '308 https://b.test/x'],
    ['http', { 'X-Forwarded-Host': 'b.test:8080' }, '308 https://b.test/x'],
  ])('decides whether %s with %j is redirected, forced or not', (scheme, headers, expected) => {
    for (const parts of [FORCED, { tls: TLS }]) {
      const routes = routesOf(FORWARDED, parts);
      expect(where(routes, `${scheme}://a.test/x`, headers as Record<string, string>)).toBe(expected);
    }
  });

  test.each([
    ['http', {}, '308 https://a.test/x'],
    ['http', { 'X-Forwarded-Proto': 'https' }, '308 https://a.test/x'],
    ['https', { 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': 'b.test' }, 'web:80'],
  ])('off, %s with %j is what it came in as', (scheme, headers, expected) => {
    expect(where(routesOf({}, FORCED), `${scheme}://a.test/x`, headers as Record<string, string>)).toBe(expected);
  });

  test('the backend sees the forwarded host, unless upstream-vhost names another', () => {
    const headers = { 'X-Forwarded-Host': 'b.test:8080, c.test' };
    const host = (routes: Routes) => {
      const answer = routes.route({ url: 'https://a.test/x', headers });
      return answer.outcome === 'backends' ? answer.upstream?.host : answer.outcome;
    };
    expect(host(routesOf(FORWARDED))).toBe('b.test:8080');
    expect(host(routesOf({}))).toBe('a.test');
    expect(host(routesOf(FORWARDED, { annotations: { 'upstream-vhost': 'v.test' } }))).toBe('v.test');
  });

  test('a canary is decided as before, forwarded or not', () => {
    const canary = ingress('canary', {
      annotations: { canary: 'true', 'canary-by-header': 'foo', 'canary-weight': '5' },
      rules: [path('a.test', '/', 'Prefix', 'new')],
    });
    const routes = routesOf(FORWARDED, FORCED, '1.15', canary);
    const both = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'b.test' };
    expect(where(routes, 'http://a.test/', both)).toBe('0.95 web:80, 0.05 new:80');
    expect(where(routes, 'http://a.test/', { ...both, foo: 'always' })).toBe('new:80');
    expect(where(routes, 'http://a.test/', { foo: 'always' })).toBe('308 https://a.test');
    expect(routes.table()).toMatchObject([
      { httpsRedirect: 308, canary: [{ to: 'new:80' }, { to: 'web:80' }], backends: [{}, {}] },
    ]);
  });

  test.each([
    ['1.11', 'http', {}, '308 http://a.test/x'],
    ['1.11', 'http', { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '8443' }, '308 https://a.test/x'],
    ['1.12', 'http', {}, '308 http://a.test:80/x'],
    ['1.12', 'http', { 'X-Forwarded-Proto': 'https' }, '308 https://a.test:80/x'],
    ['1.12', 'https', { 'X-Forwarded-Proto': 'http', 'X-Forwarded-Port': '8080' }, '308 http://a.test:8080/x'],
  ])('redirects to www. in release %s follow %s with %j', (release, scheme, headers, expected) => {
    const routes = routesOf(FORWARDED, { annotations: { 'from-to-www-redirect': 'true' } }, release);
    expect(where(routes, `${scheme}://www.a.test/x`, headers as Record<string, string>)).toBe(expected);
  });

  test('is a difference to diff, with a request that shows it', () => {
    for (const parts of [FORCED, {}]) {
      const { same, proven, difference } = sameRouting(routesOf({}, parts), routesOf(FORWARDED, parts));
      expect([same, proven]).toEqual([false, false]);
      expect(Object.keys(difference?.request.headers ?? {}).join()).toMatch(/^x-forwarded-(proto|host)$/);
    }
    expect(sameRouting(routesOf(FORWARDED, FORCED), routesOf(FORWARDED, FORCED))).toMatchObject({ proven: true });
  });
});

test.each([
  [{ 'ssl-redirect': 'false' }, { tls: TLS }],
  [{ 'force-ssl-redirect': 'true' }, {}],
  [{ 'http-redirect-code': '302' }, { tls: TLS }],
  [{ 'preserve-trailing-slash': 'true' }, { tls: TLS }],
  [{ 'no-tls-redirect-locations': '/' }, { tls: TLS }],
  [{ 'annotations-risk-level': 'Low' }, { annotations: { 'rewrite-target': '/x' } }],
])('a change of the ConfigMap to %j is a difference', (data, parts) => {
  expect(sameRouting(routesOf({}, parts), routesOf(data as Record<string, string>, parts)).same).toBe(false);
});

test('a change of the release of the controller is a difference where it changes an answer', () => {
  const www = { annotations: { 'permanent-redirect': 'https://new.test$request_uri' } };
  expect(sameRouting(routesOf({}, www, '1.11'), routesOf({}, www, '1.12')).same).toBe(false);
  expect(sameRouting(routesOf({}, FORCED, '1.11'), routesOf({}, FORCED, '1.12'))).toMatchObject({ proven: true });
});

describe('HTTPS that is forced for a host without certificate', () => {
  const NOTE =
    'redirect-loop: Ingress default/main: HTTPS is forced for a.test, which has no certificate: where TLS ends at a load balancer before the controller, the redirect never ends, unless use-forwarded-headers of its ConfigMap is "true"';

  test('may be redirected for ever, which is noted once for the host', () => {
    expect(notesOf(routesOf({}, FORCED))).toEqual([NOTE]);
    const paths = [path('a.test', '/x', 'Prefix', 'web'), path('a.test', '/y', 'Prefix', 'web')];
    expect(notesOf(routesOf({}, { ...FORCED, rules: paths }))).toEqual([NOTE]);
  });

  test.each([
    [{}, { ...FORCED, tls: TLS }],
    [{ 'use-forwarded-headers': 'true' }, FORCED],
    [{}, { annotations: { ...FORCED.annotations, 'permanent-redirect': 'https://b.test' } }],
    [{}, {}],
  ])('but not with %j and %j', (data, parts) => {
    expect(notesOf(routesOf(data as Record<string, string>, parts))).toEqual([]);
  });
});

describe('--enable-ssl-passthrough', () => {
  const passing = (args: readonly string[]) => {
    const deployment = controller(args);
    const annotations = { 'ssl-passthrough': 'true' };
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'web')], annotations });
    return Routes.ofIngressNginx([service('web'), main, deployment]);
  };

  test('decides whether the annotation does anything', () => {
    const off = passing([]);
    expect(off.route({ url: 'https://a.test/' }).notes).toBeUndefined();
    expect(notesOf(off)).toEqual([
      'no-effect: Ingress default/main: nginx.ingress.kubernetes.io/ssl-passthrough does nothing, as the controller runs without --enable-ssl-passthrough',
    ]);
    const on = passing(['--enable-ssl-passthrough']);
    expect(on.route({ url: 'https://a.test/' }).notes).toEqual([
      'it cannot be said whether ssl-passthrough "true" of Ingress default/main hands HTTPS to the Service of path "/" as it is, whatever its path',
    ]);
  });
});

test('a canary whose host no main has serves its path under every host, if its Service is a main backend elsewhere', () => {
  const main = ingress('main', {
    rules: [path('a.test', '/', 'Prefix', 'web')],
    created: '2026-01-01T00:00:00Z',
  });
  const canary = ingress('canary', {
    annotations: { canary: 'true', 'canary-weight': '5' },
    rules: [path('b.test', '/x', 'Prefix', 'web')],
    created: '2026-01-02T00:00:00Z',
  });
  const routes = Routes.ofIngressNginx([service('web'), main, canary]);
  expect(['a.test/x', 'b.test/x', 'c.test/x', 'c.test/'].map((url) => where(routes, `http://${url}`))).toEqual([
    'web:80',
    'web:80',
    'web:80',
    '404',
  ]);
  expect(notesOf(routes)).toEqual([
    'shared-service: Ingress default/canary: default-web-80 is a main backend of Ingress default/main; the rules of this canary count for nothing',
    'shared-service: Ingress default/canary: no main Ingress has the host b.test: as default-web-80 is a main backend of Ingress default/main, the path /x is served under every host that no other rule has',
  ]);
});

describe('what an API server refuses in a ConfigMap is told, and taken as it is meant', () => {
  test.each([
    [{ 'ssl-redirect': false }, 'data.ssl-redirect is false, which is no text; give "false" in quotes', 'web:80'],
    [
      { 'http-redirect-code': 301 },
      'data.http-redirect-code is 301, which is no text; give "301" in quotes',
      '301 https://a.test/x',
    ],
    [{ 'ssl-redirect': ['no'] }, 'data.ssl-redirect is a list; give a text', '308 https://a.test/x'],
  ])('%j', (data, message, expected) => {
    const routes = routesOf(data as object as Record<string, string>, { tls: TLS });
    expect(where(routes, 'http://a.test/x')).toBe(expected);
    expect(routes.warnings.map((one) => `${one.code} ${one.message}`)).toEqual([
      `bad-setting ConfigMap ingress-nginx/settings: ${message}`,
    ]);
  });
});

test('an empty switch of the ConfigMap is a no', () => {
  const routes = routesOf({ 'ssl-redirect': '' }, { tls: TLS });
  expect([where(routes, 'http://a.test/x'), routes.warnings]).toEqual(['web:80', []]);
});

test('a level of risk that is none is the lowest, with a warning', () => {
  const routes = routesOf({ 'annotations-risk-level': 'Extreme' }, { annotations: { 'rewrite-target': '/x' } });
  expect(where(routes, 'http://a.test/')).toBe('404');
  expect(routes.warnings.map(({ message }) => message)).toEqual([
    'ConfigMap ingress-nginx/settings: data.annotations-risk-level is "Extreme", for which Low is taken; give "Low", "Medium", "High" or "Critical"',
  ]);
});

test('where the ConfigMap is known and the release is not, a snippet hangs on the release', () => {
  const main = ingress('main', {
    annotations: { 'configuration-snippet': 'return 204;' },
    rules: [path('a.test', '/', 'Prefix', 'web')],
  });
  const routes = Routes.ofIngressNginx([service('web'), main, configMap({})], { configMap: 'ingress-nginx/settings' });
  expect(routes.route({ url: 'http://a.test/' }).notes?.[0]).toBe(
    'it cannot be said whether Ingress default/main is served: configuration-snippet is of risk Critical, for which releases from 1.12 ignore it, and no manifest tells the release',
  );
});

describe('arguments of the controller', () => {
  const main = ingress('main', { className: null, rules: [path('a.test', '/', 'Prefix', 'web')] });
  const ask = (args: readonly string[]) =>
    Routes.ofIngressNginx([service('web'), main, controller(args)], { input: 'tolerant' });

  test.each([
    [['--watch-ingress-without-class']],
    [['--watch-ingress-without-class=true']],
    [['--watch-ingress-without-class', 'true']],
    [['/bin/sh', '-c', 'exec /nginx-ingress-controller --watch-ingress-without-class=true']],
  ])('are read as %j', (args) => {
    expect(where(ask(args), 'http://a.test/')).toBe('web:80');
  });

  test('that it does not have are told with what was meant, and others are not', () => {
    const routes = ask(['--watch-ingress-without-clas=true', '--stream-port=9000', '--election-id=x', '--v=2']);
    expect(where(routes, 'http://a.test/')).toBe('404');
    expect(routes.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'bad-setting Deployment ingress-nginx/c: --watch-ingress-without-clas is no argument of ingress-nginx, which does not start with it; did you mean --watch-ingress-without-class?',
    ]);
  });

  test('--default-ssl-certificate lets TLS end there, so that HTTPS that is forced without certificate is no loop', () => {
    const forced = ingress('main', { ...FORCED, rules: [path('a.test', '/', 'Prefix', 'web')] });
    const of = (...args: readonly string[]) =>
      notesOf(Routes.ofIngressNginx([service('web'), forced, controller(args)]));
    expect(of()).toEqual([expect.stringContaining('the redirect never ends')]);
    expect(of('--default-ssl-certificate=ingress-nginx/all')).toEqual([]);
  });
});

test('of two controllers that serve an Ingress and are told otherwise, it cannot be said which answers', () => {
  const one = (name: string) => {
    const base = controller([`--configmap=$(POD_NAMESPACE)/${name}`]) as { readonly metadata: object };
    return { ...base, metadata: { name, namespace: 'ingress-nginx' } };
  };
  const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'web')], tls: TLS });
  const of = (here: Readonly<Record<string, string>>, there: Readonly<Record<string, string>>) =>
    Routes.ofIngressNginx([
      service('web'),
      main,
      one('one'),
      one('two'),
      configMap(here, 'one'),
      configMap(there, 'two'),
    ]);
  const differing = of({ 'ssl-redirect': 'false' }, { 'http-redirect-code': '301' });
  expect(differing.route({ url: 'http://a.test/' })).toMatchObject({
    outcome: 'backends',
    notes: [
      'it cannot be said whether Deployment ingress-nginx/one or Deployment ingress-nginx/two answers for Ingress default/main: both serve it, and are told otherwise by their arguments or ConfigMaps; the first is taken',
    ],
  });
  const same = of({ 'ssl-redirect': 'false' }, { 'ssl-redirect': 'false' });
  expect(same.route({ url: 'http://a.test/' }).notes).toBeUndefined();
});
