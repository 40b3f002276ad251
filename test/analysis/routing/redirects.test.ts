import { Routes } from '../../../analysis';
import { type IngressParts, ingress, path, service } from './objects';
import { problemsOf, where } from './where';

const TLS = [{ hosts: ['a.test'], secretName: 'a-tls' }];
const ROOT = [path('a.test', '/', 'Prefix', 'one')];

function routesOf(
  annotations: Readonly<Record<string, string>>,
  parts: IngressParts = {},
  ...others: object[]
): Routes {
  return Routes.ofIngressNginx([
    service('one'),
    service('two'),
    ingress('main', { rules: ROOT, annotations, ...parts }),
    ...others,
  ]);
}

function config(data: Readonly<Record<string, string>>, release = '1.15.1'): object[] {
  const image = `registry.example/ingress-nginx/controller:v${release}@sha256:abc`;
  const args = ['/nginx-ingress-controller', '--configmap=$(POD_NAMESPACE)/settings'];
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'controller', image, args }] } };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'controller', namespace: 'ingress-nginx' },
      spec: { template },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'ingress-nginx' }, data },
  ];
}

describe('HTTPS', () => {
  test('HTTP goes to HTTPS by 308 where the Ingress has TLS, with path and query kept', () => {
    const routes = routesOf({}, { tls: TLS });
    expect(where(routes, 'http://a.test/cart?item=1&b=%20c')).toBe('308 https://a.test/cart?item=1&b=%20c');
    expect(where(routes, 'https://a.test/cart')).toBe('one:80');
  });

  test('the host stands in the Location as the client wrote it, without port', () => {
    const routes = routesOf({}, { tls: TLS });
    expect(where(routes, 'http://A.Test:8080/x')).toBe('308 https://A.Test/x');
  });

  test('a slash at the very end is dropped, even of a query, unless it is to be kept', () => {
    expect(where(routesOf({}, { tls: TLS }), 'http://a.test/')).toBe('308 https://a.test');
    expect(where(routesOf({}, { tls: TLS }), 'http://a.test/x/')).toBe('308 https://a.test/x');
    expect(where(routesOf({}, { tls: TLS }), 'http://a.test/?next=/')).toBe('308 https://a.test/?next=');
    const kept = routesOf({ 'preserve-trailing-slash': 'true' }, { tls: TLS });
    expect(where(kept, 'http://a.test/x/')).toBe('308 https://a.test/x/');
  });

  test('without TLS nothing is redirected, unless it is forced', () => {
    expect(where(routesOf({}), 'http://a.test/')).toBe('one:80');
    expect(where(routesOf({ 'ssl-redirect': 'true' }), 'http://a.test/')).toBe('one:80');
    expect(where(routesOf({ 'force-ssl-redirect': 'true' }), 'http://a.test/x')).toBe('308 https://a.test/x');
  });

  test('ssl-redirect "false" leaves HTTP alone, but not where it is forced', () => {
    expect(where(routesOf({ 'ssl-redirect': 'false' }, { tls: TLS }), 'http://a.test/')).toBe('one:80');
    const both = { 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' };
    expect(where(routesOf(both, { tls: TLS }), 'http://a.test/x')).toBe('308 https://a.test/x');
  });

  test('a TLS section counts for all hosts of its Ingress, listed or not', () => {
    expect(where(routesOf({}, { tls: [{ hosts: ['other.test'], secretName: 's' }] }), 'http://a.test/x')).toBe(
      '308 https://a.test/x',
    );
  });

  test('the TLS section of one Ingress counts for what others have on that host, as each wants', () => {
    const other = ingress('other', { rules: [path('a.test', '/x', 'Prefix', 'two')] });
    const stubborn = ingress('plain', {
      annotations: { 'ssl-redirect': 'false' },
      rules: [path('a.test', '/y', 'Prefix', 'two')],
    });
    const routes = routesOf({}, { tls: TLS }, other, stubborn);
    expect(where(routes, 'http://a.test/x')).toBe('308 https://a.test/x');
    expect(where(routes, 'http://a.test/y')).toBe('two:80');
  });

  test('the certificate of a wildcard host counts for the hosts below it', () => {
    const rules = [path('*.test', '/', 'Prefix', 'two')];
    const wildcard = ingress('wildcard', { rules, tls: [{ hosts: ['*.test'], secretName: 's' }] });
    const routes = routesOf({}, {}, wildcard);
    expect(where(routes, 'http://a.test/x')).toBe('308 https://a.test/x');
    expect(where(routes, 'http://b.test/x')).toBe('308 https://b.test/x');
  });

  test('a rule without host is not redirected by its TLS section, since no host has a certificate', () => {
    const routes = routesOf({}, { rules: [path(undefined, '/', 'Prefix', 'one')], tls: TLS });
    expect(where(routes, 'http://a.test/x')).toBe('one:80');
  });

  test('what no path takes is redirected as well', () => {
    const routes = routesOf({}, { rules: [path('a.test', '/x', 'Prefix', 'one')], tls: TLS });
    expect(where(routes, 'http://a.test/y')).toBe('308 https://a.test/y');
    expect(where(routes, 'https://a.test/y')).toBe('404');
  });

  test('the challenges of ACME are served over HTTP', () => {
    const challenge = ingress('solver', {
      rules: [path('a.test', '/.well-known/acme-challenge/token', 'Exact', 'two')],
    });
    const routes = routesOf({ 'force-ssl-redirect': 'true' }, { tls: TLS }, challenge);
    expect(where(routes, 'http://a.test/.well-known/acme-challenge/token')).toBe('two:80');
    expect(where(routes, 'http://a.test/.well-known/other')).toBe('308 https://a.test/.well-known/other');
  });

  test('a canary follows the redirect of its main Ingress', () => {
    const annotations = { canary: 'true', 'canary-weight': '5' };
    const canary = ingress('canary', { annotations, rules: [path('a.test', '/', 'Prefix', 'two')] });
    const routes = routesOf({}, { tls: TLS }, canary);
    expect(where(routes, 'http://a.test/x')).toBe('308 https://a.test/x');
    expect(where(routes, 'https://a.test/x')).toBe('0.95 one:80, 0.05 two:80');
  });

  test('use-port-in-redirects names the port', () => {
    expect(where(routesOf({ 'use-port-in-redirects': 'true' }, { tls: TLS }), 'http://a.test/x')).toBe(
      '308 https://a.test:443/x',
    );
  });

  test("the controller's ConfigMap decides where an annotation does not", () => {
    const redirected = routesOf({}, {}, ...config({ 'force-ssl-redirect': 'true', 'http-redirect-code': '301' }));
    expect(where(redirected, 'http://a.test/x')).toBe('301 https://a.test/x');
    expect(where(routesOf({}, { tls: TLS }, ...config({ 'ssl-redirect': 'false' })), 'http://a.test/x')).toBe('one:80');
    const exempt = config({ 'no-tls-redirect-locations': '/open, /x' });
    const rules = [path('a.test', '/open', 'Prefix', 'one')];
    expect(where(routesOf({}, { tls: TLS, rules }, ...exempt), 'http://a.test/open/y')).toBe('one:80');
    const below = config({ 'no-tls-redirect-locations': '/open/' });
    expect(where(routesOf({}, { tls: TLS, rules }, ...below), 'http://a.test/open/y')).toBe('one:80');
    expect(where(routesOf({}, { tls: TLS, rules }, ...below), 'http://a.test/open')).toBe('308 https://a.test/open');
  });

  test('settings of the ConfigMap that are not followed are said', () => {
    const routes = routesOf({}, {}, ...config({ 'use-proxy-protocol': 'true', 'ssl-reject-handshake': 'false' }));
    expect(routes.route({ url: 'http://a.test/' }).notes).toEqual([
      'use-proxy-protocol "true" of the controller\'s ConfigMap may change the answer',
    ]);
    expect(routes.table().map(({ notes }) => notes)).toEqual([routes.route({ url: 'http://a.test/' }).notes]);
    const snippet = routesOf({}, {}, ...config({ 'server-snippet': 'return 204;' }));
    expect(snippet.route({ url: 'http://a.test/' }).notes).toEqual([
      "it cannot be said whether server-snippet (11 characters, fingerprint 83a1df56) of the controller's ConfigMap changes where the request goes",
    ]);
    const harmless = routesOf({}, {}, ...config({ 'server-snippet': 'add_header X-Frame-Options DENY;' }));
    expect(harmless.route({ url: 'http://a.test/' }).notes).toBeUndefined();
  });

  test.each([
    ['1.11.5', 'http://a.test:8443/x', 'https://a.test:8443/x'],
    ['1.12.0', 'http://a.test:8080/x', 'https://a.test:8443/x'],
  ])('the ports of redirects are where the controller listens: release %s', (release, http, https) => {
    const [deployment, settings] = config({}, release) as [
      { spec: { template: { spec: { containers: { args: string[] }[] } } } },
      object,
    ];
    deployment.spec.template.spec.containers[0]?.args.push('--https-port=8443', '--http-port=8080');
    const routes = routesOf(
      { 'use-port-in-redirects': 'true', 'from-to-www-redirect': 'true' },
      { tls: TLS },
      deployment,
      settings,
    );
    expect(where(routes, 'http://a.test/x')).toBe('308 https://a.test:8443/x');
    expect(where(routes, 'http://www.a.test/x')).toBe(`308 ${http}`);
    expect(where(routes, 'https://www.a.test/x')).toBe(`308 ${https}`);
  });
});

describe('redirects of a whole path', () => {
  test.each([
    [{ 'permanent-redirect': 'https://else.test/x' }, '301 https://else.test/x'],
    [{ 'permanent-redirect': 'https://else.test', 'permanent-redirect-code': '308' }, '308 https://else.test'],
    [{ 'temporal-redirect': 'http://else.test' }, '302 http://else.test'],
    [{ 'temporal-redirect': 'http://else.test', 'temporal-redirect-code': '307' }, '307 http://else.test'],
    [
      { 'temporal-redirect': 'http://temporal.test', 'permanent-redirect': 'https://permanent.test' },
      '302 http://temporal.test',
    ],
    [{ 'permanent-redirect': '/moved' }, '301 http://a.test/moved'],
  ])('%j gives %s', (annotations, expected) => {
    const routes = routesOf(annotations as Record<string, string>);
    expect(where(routes, 'http://a.test//x?y')).toBe(expected);
    expect(routes.problems).toEqual([]);
  });

  test('come before the redirect to HTTPS', () => {
    const routes = routesOf({ 'permanent-redirect': 'https://else.test' }, { tls: TLS });
    expect(where(routes, 'http://a.test/x')).toBe('301 https://else.test');
  });

  test('a path is left without host where relative redirects are asked for, by the Ingress or for all', () => {
    const moved = { 'permanent-redirect': '/moved' };
    expect(where(routesOf({ ...moved, 'relative-redirects': 'true' }), 'http://a.test/')).toBe('301 /moved');
    expect(where(routesOf(moved, {}, ...config({ 'relative-redirects': 'true' })), 'http://a.test/')).toBe(
      '301 /moved',
    );
    expect(where(routesOf(moved, {}, ...config({})), 'http://a.test/')).toBe('301 http://a.test/moved');
  });

  test.each([
    ['https://else.test$request_uri', '301 https://else.test//x?y'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of nginx
    ['https://${host}.else$uri', '301 https://a.test.else/x'],
  ])('to %s is taken by releases before 1.12, and drops the Ingress from then on', (url, expected) => {
    const inRelease = (release: string) => routesOf({ 'permanent-redirect': url }, {}, ...config({}, release));
    expect(where(inRelease('1.8.2'), 'http://a.test//x?y')).toBe(expected);
    expect(inRelease('1.11.5').problems).toEqual([]);
    expect(where(inRelease('1.12.0'), 'http://a.test//x?y')).toBe('404');
    expect(inRelease('1.12.0').problems).toMatchObject([{ code: 'bad-annotation', severity: 'tolerable' }]);
  });

  test('a variable that only nginx knows is said', () => {
    const routes = routesOf({ 'permanent-redirect': 'https://else.test/$geoip_city' }, {}, ...config({}, '1.11.5'));
    expect(routes.route({ url: 'http://a.test/' })).toMatchObject({
      location: 'https://else.test/$geoip_city',
      notes: ['the variable $geoip_city of the redirect is known to nginx only'],
    });
  });

  test('where nothing tells the release, the last one is assumed, and the answer says what an earlier one does', () => {
    const routes = routesOf({ 'permanent-redirect': 'https://else.test$request_uri' });
    expect(where(routes, 'http://a.test/')).toBe('404');
    expect(routes.route({ url: 'http://a.test/x' }).notes).toEqual([
      'Ingress default/main is not served: annotation nginx.ingress.kubernetes.io/permanent-redirect is "https://else.test$request_uri", for which releases from 1.12 ignore the whole Ingress',
      'release 1.15.1 of ingress-nginx is assumed; release 1.8.2 redirects with 301 to https://else.test/x',
    ]);
    expect(routes.route({ url: 'http://b.test/' }).notes).toBeUndefined();
  });

  test('fails a redirect that the controller refuses, and the Ingress with it', () => {
    const routes = routesOf({ 'permanent-redirect': 'https://else.test$request_uri' }, {}, ...config({}));
    expect(where(routes, 'http://a.test/')).toBe('404');
    expect(problemsOf(routes)).toEqual([
      'bad-annotation objects[2]:0: Ingress default/main: annotation nginx.ingress.kubernetes.io/permanent-redirect is "https://else.test$request_uri", for which release 1.15.1 ignores the whole Ingress; use letters, digits and -._~/:,?&= only',
    ]);
  });
});

describe('app-root', () => {
  test('redirects "/" and nothing else, before anything else', () => {
    const routes = routesOf({ 'app-root': '/app' }, { tls: TLS });
    expect(where(routes, 'http://A.test:81/')).toBe('302 http://A.test:81/app');
    expect(where(routes, 'https://a.test/?x')).toBe('302 https://a.test/app');
    expect(where(routes, 'https://a.test/x')).toBe('one:80');
  });

  test('holds for the whole host, whoever has "/"', () => {
    const rooted = ingress('rooted', {
      annotations: { 'app-root': '/x/y' },
      rules: [path('a.test', '/x', 'Prefix', 'two')],
    });
    expect(where(routesOf({}, {}, rooted), 'http://a.test/')).toBe('302 http://a.test/x/y');
  });
});

describe('from-to-www-redirect', () => {
  test('leads from www. to the host, with path and query', () => {
    const routes = routesOf({ 'from-to-www-redirect': 'true' }, {}, ...config({}, '1.11.5'));
    expect(where(routes, 'http://www.a.test/x?y')).toBe('308 http://a.test/x?y');
    expect(where(routes, 'https://WWW.A.test/x/')).toBe('308 https://a.test/x');
    expect(where(routes, 'http://a.test/x')).toBe('one:80');
  });

  test('has a port in releases from 1.12 on, and a note where nothing tells the release', () => {
    const known = routesOf({ 'from-to-www-redirect': 'true' }, {}, ...config({}));
    expect(where(known, 'http://www.a.test/x?y')).toBe('308 http://a.test:80/x?y');
    expect(where(known, 'https://WWW.A.test/x/')).toBe('308 https://a.test:443/x');
    expect(known.route({ url: 'http://www.a.test/' }).notes).toBeUndefined();
    const assumed = routesOf({ 'from-to-www-redirect': 'true' });
    expect(assumed.route({ url: 'http://www.a.test/' })).toMatchObject({
      location: 'http://a.test:80',
      notes: ['release 1.15.1 of ingress-nginx is assumed; release 1.8.2 redirects with 308 to http://a.test'],
    });
    expect(assumed.table().map(({ httpsRedirect }) => httpsRedirect)).toEqual([undefined, undefined]);
  });

  test('leads to www. where the host has it', () => {
    const rules = [path('www.a.test', '/', 'Prefix', 'one')];
    const routes = routesOf({ 'from-to-www-redirect': 'true' }, { rules });
    expect(where(routes, 'http://a.test/')).toBe('308 http://www.a.test:80');
  });

  test('does nothing where an Ingress has the other name', () => {
    const other = ingress('www', { rules: [path('www.a.test', '/', 'Prefix', 'two')] });
    expect(where(routesOf({ 'from-to-www-redirect': 'true' }, {}, other), 'http://www.a.test/')).toBe('two:80');
  });
});

describe('server-alias', () => {
  const ALIAS = { 'server-alias': 'b.test, c.test' };

  test('gives a host more names', () => {
    const routes = routesOf(ALIAS);
    expect(['a', 'b', 'c', 'd'].map((name) => where(routes, `http://${name}.test/`))).toEqual([
      'one:80',
      'one:80',
      'one:80',
      '404',
    ]);
  });

  test('gives way to an Ingress with that host', () => {
    const real = ingress('real', { rules: [path('b.test', '/', 'Prefix', 'two')] });
    expect(where(routesOf(ALIAS, {}, real), 'http://b.test/')).toBe('two:80');
  });

  test('of two hosts goes to the first by name', () => {
    const other = ingress('other', { annotations: ALIAS, rules: [path('z.test', '/', 'Prefix', 'two')] });
    expect(where(routesOf(ALIAS, {}, other), 'http://b.test/')).toBe('one:80');
  });

  test('counts only of the first Ingress that gives any to a host', () => {
    const other = ingress('aaa', {
      annotations: { 'server-alias': 'd.test' },
      rules: [path('a.test', '/x', 'Prefix', 'two')],
    });
    expect(where(routesOf(ALIAS, {}, other), 'http://d.test/')).toBe('404');
  });

  test('may be a wildcard of any depth, which comes before the wildcard host of an Ingress', () => {
    const wildcard = ingress('wildcard', { rules: [path('*.w.test', '/', 'Prefix', 'two')] });
    const routes = routesOf({ 'server-alias': '*.v.test,mail.*,~^x\\d+\\.re$,.dot.test,*.x.w.test' }, {}, wildcard);
    const hosts = [
      'b.v.test',
      'c.b.v.test',
      'v.test',
      'mail.any.where',
      'x12.re',
      'x.re',
      'dot.test',
      'a.dot.test',
      'x.w.test',
      'y.x.w.test',
    ];
    expect(hosts.map((host) => where(routes, `http://${host}/`))).toEqual([
      'one:80',
      'one:80',
      '404',
      'one:80',
      'one:80',
      '404',
      'one:80',
      'one:80',
      'two:80',
      'one:80',
    ]);
  });

  test('is redirected to HTTPS only if the certificate is meant for it', () => {
    const listed = routesOf(ALIAS, { tls: [{ hosts: ['a.test', 'b.test'], secretName: 's' }] });
    expect(where(listed, 'http://b.test/x')).toBe('308 https://b.test/x');
    expect(where(listed, 'http://c.test/x')).toBe('one:80');
    expect(listed.route({ url: 'http://c.test/x' }).notes).toEqual([
      'it cannot be said whether HTTP is redirected to HTTPS: it is if the certificate of the host is good for this alias too; taken as if it were not',
    ]);
    expect(routesOf(ALIAS).route({ url: 'http://c.test/x' })).not.toHaveProperty('notes');
  });
});

describe('what manifests cannot decide is said with the answer', () => {
  test.each([
    ['auth-url', 'http://auth.test', 'asks another server first, which may refuse the request or send it to a login'],
    ['whitelist-source-range', '10.0.0.0/8', 'refuses clients of other addresses'],
    ['limit-rps', '5', 'refuses clients that send too many requests'],
    ['mirror-target', 'https://else.test$request_uri', 'sends a copy of the request elsewhere'],
    ['enable-cors', 'true', 'answers preflight requests (OPTIONS) without the backend'],
  ])('%s', (annotation, value, what) => {
    const routes = routesOf({ [annotation]: value });
    const note = `${annotation} "${value}" of Ingress default/main ${what}`;
    expect(routes.route({ url: 'http://a.test/' }).notes).toEqual([note]);
  });

  test('with the annotations that have a say in it', () => {
    const routes = routesOf({ 'auth-type': 'basic', 'auth-secret': 'users', satisfy: 'any', 'auth-realm': 'Shop' });
    expect(routes.route({ url: 'http://a.test/' }).notes).toEqual([
      'it cannot be said whether auth-type "basic" with auth-secret "users", satisfy "any" of Ingress default/main asks for a password first, or answers 503: Secret default/users is not among the manifests; --assume-secrets takes it as there',
    ]);
  });

  test('nothing of what may be a secret, and little of what is long, but never the same for two values', () => {
    const noteOf = (annotation: string, value: string, ...others: readonly object[]) =>
      routesOf({ [annotation]: value }, {}, ...others)
        .route({ url: 'http://a.test/' })
        .notes?.at(-1)
        ?.replace(/^it cannot be said whether /, '')
        .replace(/ of Ingress.*/, '');
    expect(noteOf('server-snippet', 'return 204;')).toBe('server-snippet (11 characters, fingerprint 83a1df56)');
    expect(noteOf('server-snippet', 'return 205;')).toBe('server-snippet (11 characters, fingerprint 8b9fad57)');
    expect(noteOf('server-snippet', 'set $a b;\nreturn 204;\n')).toBe('server-snippet (2 lines, fingerprint f637abbc)');
    expect(noteOf('auth-url', 'http://me:secret@auth.test/', ...config({}, '1.11.5'))).toMatch(
      /^auth-url \(27 characters, fingerprint \w{8}\)$/,
    );
    const long = `10.0.0.0/8${',10.1.0.0/16'.repeat(7)}`;
    expect(noteOf('whitelist-source-range', long)).toMatch(
      /^whitelist-source-range \(94 characters, fingerprint \w{8}\)$/,
    );
    const [one, other] = ['10.2.0.0/16', '10.3.0.0/16'].map((more) =>
      noteOf('whitelist-source-range', `${long},${more}`),
    );
    expect(one).not.toBe(other);
  });
});
