import { Routes, sameRouting } from '../../../analysis';
import { controller, type IngressParts, ingress, path, service } from './objects';
import { problemsOf, where } from './where';

const TLS = [{ hosts: ['a.test'], secretName: 'a-tls' }];

/** An Ingress with one annotation beside others, asked in a release. */
function routesIn(
  controllerVersion: string,
  annotations: Readonly<Record<string, string>>,
  parts: IngressParts = {},
  input: 'strict' | 'tolerant' = 'tolerant',
): Routes {
  const rules = [path('a.test', '/', 'Prefix', 'web')];
  return Routes.ofIngressNginx([service('web'), service('new'), ingress('main', { rules, annotations, ...parts })], {
    controllerVersion,
    input,
  });
}

const RELEASES = ['1.8', '1.11.5', '1.12.0', '1.15.1'];

/** Where a request goes in each of the releases. */
function inAll(
  annotations: Readonly<Record<string, string>>,
  parts: IngressParts = {},
  url = 'http://a.test/x',
): readonly string[] {
  return RELEASES.map((release) => where(routesIn(release, annotations, parts), url));
}

function inEach(expected: string): readonly string[] {
  return RELEASES.map(() => expected);
}

describe('a value that counts as not given in all releases, with a warning', () => {
  test.each([
    [{ 'ssl-redirect': 'no' }, { tls: TLS }, '308 https://a.test/x'],
    [{ 'force-ssl-redirect': 'yes' }, {}, 'web:80'],
    [{ 'app-root': 'app' }, {}, 'web:80'],
    [{ 'canary-weight-total': 'all' }, {}, 'web:80'],
    [{ 'use-port-in-redirects': 'on' }, { tls: TLS }, '308 https://a.test/x'],
    [{ 'preserve-trailing-slash': 'on' }, { tls: TLS }, '308 https://a.test/x'],
    [{ 'limit-burst-multiplier': 'x' }, {}, 'web:80'],
    [{ 'proxy-read-timeout': '30s' }, {}, 'web:80'],
    [{ 'enable-cors': 'on' }, {}, 'web:80'],
  ])('%j', (annotations, parts, expected) => {
    expect(inAll(annotations as Record<string, string>, parts)).toEqual(inEach(expected));
    for (const release of RELEASES) {
      const { problems, warnings } = routesIn(release, annotations as Record<string, string>, parts);
      expect([problems.length, warnings.map(({ code }) => code)]).toEqual([0, ['bad-annotation']]);
    }
  });

  test('use-regex: the path is taken as it is written', () => {
    const rules = [path('a.test', '/x.*', 'ImplementationSpecific', 'web')];
    expect(inAll({ 'use-regex': 'yes' }, { rules }, 'http://a.test/xy')).toEqual(inEach('404'));
    expect(inAll({ 'use-regex': 'true' }, { rules }, 'http://a.test/xy')).toEqual(inEach('web:80'));
  });

  test.each([
    [{ canary: 'yes', 'canary-weight': '50' }, 'web:80'],
    [{ canary: 'true', 'canary-weight': '12.5' }, 'web:80'],
    [{ canary: 'true', 'canary-weight': '12' }, '0.88 web:80, 0.12 new:80'],
    [{ canary: 'true', 'canary-weight': '10', 'canary-weight-total': '1000.0' }, '0.9 web:80, 0.1 new:80'],
  ])('canary %j', (annotations, expected) => {
    for (const controllerVersion of RELEASES) {
      const rules = (to: string) => [path('a.test', '/', 'Prefix', to)];
      const routes = Routes.ofIngressNginx(
        [
          ...['web', 'new'].map((name) => service(name)),
          ingress('main', { rules: rules('web'), created: '2026-01-01T00:00:00Z' }),
          ingress('canary', { rules: rules('new'), annotations: annotations as Record<string, string> }),
        ],
        { controllerVersion, input: 'tolerant' },
      );
      expect([controllerVersion, where(routes, 'http://a.test/')]).toEqual([controllerVersion, expected]);
    }
  });

  test.each(['/x?y', '/x{1}', '/(x)', '/a b'])('rewrite-target %s, from 1.12 on', (target) => {
    const answers = RELEASES.slice(2).map((release) => {
      const answer = routesIn(release, { 'rewrite-target': target }).route({ url: 'http://a.test/z' });
      return answer.outcome === 'backends' ? answer.upstream?.path : answer.outcome;
    });
    expect(answers).toEqual(['/z', '/z']);
  });

  test.each(['/x?y', '/x?y=$1', '/x?', '/(x)', '/x*', '/x{1}', '/a b', '/a;b', 'https://b.test/?x=1'])(
    'rewrite-target %s, of which nobody can say whether earlier releases take it',
    (target) => {
      const routes = routesIn('1.8.2', { 'rewrite-target': target });
      const answer = routes.route({ url: 'http://a.test/z?q=1' });
      expect(answer).toMatchObject({ outcome: 'backends', upstream: { path: '/z?q=1' } });
      expect(answer.notes).toEqual([
        `it cannot be said whether release 1.8.2 takes rewrite-target "${target}" of Ingress default/main; it is taken as not given`,
      ]);
      expect(
        routes.warnings.map(({ code, message }) => [code, message.includes('which is taken as not given')]),
      ).toEqual([['bad-annotation', true]]);
      expect(problemsOf(routesIn('1.8.2', { 'rewrite-target': target }, {}, 'strict'))).toHaveLength(1);
      expect(sameRouting(routes, routesIn('1.8.2', {})).proven).toBe(false);
    },
  );

  test('a rewrite-target that is taken as not given makes no regular expressions of the paths of its host', () => {
    const rules = [path('a.test', '/z.', 'ImplementationSpecific', 'web')];
    const routes = routesIn('1.8.2', { 'rewrite-target': '/x?y' }, { rules });
    const answer = routes.route({ url: 'http://a.test/zz' });
    expect(answer.outcome).toBe('not-found');
    expect(answer.notes).toEqual([expect.stringContaining('it cannot be said whether release 1.8.2 takes')]);
  });

  test('a doubtful rewrite leaves open how all paths of its host are compared, and of no other', () => {
    const of = (name: string, host: string, annotations: Record<string, string> = {}) =>
      ingress(name, {
        rules: [path(host, `/${name}`, 'Exact', 'web')],
        annotations: annotations as Record<string, string>,
      });
    const manifests = [
      service('web'),
      of('one', 'a.test', { 'rewrite-target': '/x?y' }),
      of('two', 'a.test'),
      of('far', 'b.test'),
    ];
    const routes = Routes.ofIngressNginx(manifests, { controllerVersion: '1.8.2' });
    expect(routes.route({ url: 'http://a.test/two' }).notes).toHaveLength(1);
    expect(routes.route({ url: 'http://b.test/far' }).notes).toBeUndefined();
  });

  test('a rewrite-target with a variable in braces is settled in all releases', () => {
    const answer = routesIn('1.8.2', { 'rewrite-target': '/$1' }).route({ url: 'http://a.test/z' });
    expect(answer.notes).toBeUndefined();
  });
});

describe('a value of which the controller says nothing that answers do', () => {
  test.each([
    [{ 'limit-rps': 'many' }, ['bad-annotation']],
    [{ 'limit-rpm': '0' }, []],
    [{ 'limit-connections': '-1' }, []],
    [{ 'custom-http-errors': 'all' }, ['bad-annotation']],
    [{ 'custom-http-errors': '404, 503' }, ['bad-annotation']],
    [{ 'limit-rps': '5', 'limit-whitelist': 'office' }, ['bad-annotation']],
    [{ 'limit-rps': '5', 'limit-burst-multiplier': 'x' }, ['bad-annotation']],
  ])('%j has a warning and no note of what it would do before 1.12', (annotations, codes) => {
    const routes = routesIn('1.11.5', annotations as Record<string, string>);
    const limit = 'limit-rps "5" of Ingress default/main refuses clients that send too many requests';
    const notes = 'limit-burst-multiplier' in annotations ? [limit] : undefined;
    expect(routes.route({ url: 'http://a.test/' }).notes).toEqual(notes);
    expect(routes.warnings.map(({ code }) => code)).toEqual(codes);
  });

  test('limits count for nobody where the addresses that are free of them cannot be read', () => {
    const { warnings } = routesIn('1.8', { 'limit-rps': '5', 'limit-whitelist': 'office' });
    expect(warnings[0]?.message).toContain('limit-whitelist is "office", for which no limit of the Ingress counts; ');
  });

  test.each<Readonly<Record<string, string>>>([
    { 'whitelist-source-range': '10.0.0.0/33' },
    { 'auth-url': 'auth' },
    { 'auth-type': 'basic' },
    { 'auth-type': 'basic', 'limit-rps': '5', 'configuration-snippet': 'return 403;' },
  ])('where every request is answered 503, as for %j, nothing else is said of it', (annotations) => {
    const answer = routesIn('1.11.5', annotations).route({ url: 'http://a.test/' });
    expect(answer).toMatchObject({ outcome: 'error', status: 503 });
    expect(answer.notes).toBeUndefined();
  });

  test('a server-snippet comes before that', () => {
    const annotations = { 'auth-type': 'basic', 'server-snippet': 'return 403;' };
    expect(routesIn('1.11.5', annotations).route({ url: 'http://a.test/' }).notes).toEqual([
      expect.stringMatching(/^it cannot be said whether server-snippet /),
    ]);
  });
});

test('names of a server-alias with spaces between them are names before 1.12, and drop the Ingress from then on', () => {
  const annotations = { 'server-alias': 'b.test  c.test, d.test' };
  const hosts = ['a.test', 'b.test', 'c.test', 'd.test', 'e.test'];
  const of = (release: string) => hosts.map((host) => where(routesIn(release, annotations), `http://${host}/`));
  expect(of('1.8')).toEqual(['web:80', 'web:80', 'web:80', 'web:80', '404']);
  expect(of('1.12.0')).toEqual(['404', '404', '404', '404', '404']);
});

describe('the status of a redirect', () => {
  test.each([
    [{ 'permanent-redirect': 'https://b.test', 'permanent-redirect-code': '200' }, '1.15', '301 https://b.test', '301'],
    [{ 'permanent-redirect': 'https://b.test', 'permanent-redirect-code': '999' }, '1.8', '301 https://b.test', '301'],
    [{ 'temporal-redirect': 'https://b.test', 'temporal-redirect-code': '0' }, '1.15', '302 https://b.test', '302'],
  ])('of %j in %s: %s, with a warning', (annotations, release, expected, code) => {
    const routes = routesIn(release, annotations as Record<string, string>);
    expect(where(routes, 'http://a.test/x')).toBe(expected);
    expect(routes.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining(`, for which ${code} is taken; give a status from 300 to 308`),
    ]);
    expect(problemsOf(routesIn(release, annotations as Record<string, string>, {}, 'strict'))).toHaveLength(1);
  });
});

describe('text for which nginx refuses its whole configuration, however the input is read', () => {
  test.each([
    ['1.8', { 'permanent-redirect': 'https://b.test/a b' }],
    ['1.11.5', { 'permanent-redirect': 'not a url' }],
    ['1.11.5', { 'permanent-redirect': 'https://b.test/a;b' }],
    ['1.11.5', { 'permanent-redirect': 'https://b.test/{id}' }],
    ['1.11.5', { 'temporal-redirect': 'https://b.test/a b' }],
    ['1.11.5', { 'temporal-redirect': 'https://b.test/$' }],
    ['1.8', { 'rewrite-target': '/x$' }],
    ['1.15', { 'rewrite-target': '/$/x' }],
  ])('in %s: %j', (release, annotations) => {
    const { problems } = routesIn(release, annotations as Record<string, string>);
    expect(problems.map(({ code }) => code)).toEqual(['bad-configuration']);
  });

  test.each([
    ['1.15', { 'permanent-redirect': 'https://b.test/a b' }],
    ['1.11.5', { 'temporal-redirect': 'https://b test/a' }],
    ['1.11.5', { 'permanent-redirect': ['https://b.test/$', '{host}'].join('') }],
    ['1.11.5', { canary: 'true', 'permanent-redirect': 'not a url', 'rewrite-target': '/x$' }],
  ])('not so in %s: %j', (release, annotations) => {
    expect(problemsOf(routesIn(release, annotations as Record<string, string>))).toEqual([]);
  });
});

describe('a value for which releases from 1.12 ignore the whole Ingress', () => {
  test.each([
    ['permanent-redirect', 'https://new.example.com$request_uri', '301 https://new.example.com/x'],
    ['permanent-redirect-code', 'moved', 'web:80'],
    ['temporal-redirect', 'https://new.example.com/$host', '302 https://new.example.com/a.test'],
    ['relative-redirects', 'yes', 'web:80'],
    ['from-to-www-redirect', 'yes', 'web:80'],
    ['server-alias', 'b.test,c test', 'web:80'],
    ['limit-rps', '5/s', 'web:80'],
    ['limit-rpm', 'many', 'web:80'],
    ['limit-connections', '1.5', 'web:80'],
    ['limit-whitelist', 'office', 'web:80'],
    ['custom-http-errors', '404-503', 'web:80'],
    ['default-backend', 'Web', 'web:80'],
    ['load-balance', 'least_conn', 'web:80'],
    ['upstream-vhost', 'a b', 'web:80'],
    ['ssl-passthrough', 'yes', 'web:80'],
    ['http2-push-preload', 'on', 'web:80'],
    ['connection-proxy-header', 'Upgrade', 'web:80'],
    ['upstream-hash-by', '$host:$uri', 'web:80'],
    ['x-forwarded-prefix', '/a b?', 'web:80'],
  ])('%s: %s', (name, value, before) => {
    expect(inAll({ [name]: value })).toEqual([before, before, '404', '404']);
  });

  test('auth-type, of which earlier releases answer 503', () => {
    expect(inAll({ 'auth-type': 'oauth', 'auth-secret': 'users' })).toEqual(['503', '503', '404', '404']);
  });

  test('but not where nothing reads it', () => {
    const both = { 'temporal-redirect': 'https://b.test/x', 'permanent-redirect': 'https://c.test/$uri' };
    expect(inAll(both)).toEqual(inEach('302 https://b.test/x'));
    expect(inAll({ 'auth-realm': 'Ünï' })).toEqual(inEach('web:80'));
    expect(inAll({ 'permanent-redirect': '' })).toEqual(inEach('web:80'));
  });

  test('the whole Ingress is gone with all of its paths and hosts, and others are served as before', () => {
    const rules = [path('a.test', '/', 'Prefix', 'web'), path('b.test', '/', 'Prefix', 'web')];
    const routes = Routes.ofIngressNginx(
      [
        service('web'),
        ingress('bad', { rules, annotations: { 'limit-rps': '5/s' } }),
        ingress('good', { rules: [path('b.test', '/y', 'Prefix', 'web')] }),
      ],
      { controllerVersion: '1.15', input: 'tolerant' },
    );
    expect(['a.test/', 'b.test/x', 'b.test/y'].map((url) => where(routes, `http://${url}`))).toEqual([
      '404',
      '404',
      'web:80',
    ]);
    const why =
      'Ingress default/bad is not served: annotation nginx.ingress.kubernetes.io/limit-rps is "5/s", for which release 1.15 ignores the whole Ingress';
    expect(['a.test/', 'b.test/x', 'b.test/y'].map((url) => routes.route({ url: `http://${url}` }).notes)).toEqual([
      [why],
      [why],
      undefined,
    ]);
  });

  test('a canary is gone by any of its annotations, which the answers say that it had a share in', () => {
    const rules = (to: string) => [path('a.test', '/', 'Prefix', to)];
    const annotations = { canary: 'true', 'canary-weight': '5', 'limit-rps': '5/s' };
    const inRelease = (controllerVersion: string) =>
      Routes.ofIngressNginx(
        [
          ...['web', 'new'].map((name) => service(name)),
          ingress('main', { rules: rules('web') }),
          ingress('canary', { rules: rules('new'), annotations }),
        ],
        { controllerVersion, input: 'tolerant' },
      );
    expect(where(inRelease('1.11'), 'http://a.test/')).toBe('0.95 web:80, 0.05 new:80');
    expect(where(inRelease('1.12'), 'http://a.test/')).toBe('web:80');
    expect(inRelease('1.12').route({ url: 'http://a.test/' }).notes).toEqual([
      'Ingress default/canary is not served: annotation nginx.ingress.kubernetes.io/limit-rps is "5/s", for which release 1.12 ignores the whole Ingress',
    ]);
  });

  test('the warning says so, and the same is an error where the input is read strictly', () => {
    const message =
      'bad-annotation objects[2]:0: Ingress default/main: annotation nginx.ingress.kubernetes.io/limit-rps is "5/s", for which release 1.12.0 ignores the whole Ingress; give a whole number';
    const { warnings, problems } = routesIn('1.12.0', { 'limit-rps': '5/s' });
    expect(warnings.map(({ message }) => message)).toEqual([message.slice(message.indexOf('Ingress'))]);
    expect(problems).toEqual([]);
    expect(problemsOf(routesIn('1.12.0', { 'limit-rps': '5/s' }, {}, 'strict'))).toEqual([message]);
  });

  test('where the controller runs without those checks, it counts as not given', () => {
    const args = ['--enable-annotation-validation=false'];
    const deployment = controller(args);
    const rules = [path('a.test', '/', 'Prefix', 'web')];
    const annotations = { 'limit-rps': '5/s' };
    const routes = Routes.ofIngressNginx([service('web'), ingress('main', { rules, annotations }), deployment], {
      input: 'tolerant',
    });
    expect(where(routes, 'http://a.test/')).toBe('web:80');
  });
});

describe('a value for which every request is answered 503, in all releases', () => {
  test.each([
    [{ 'whitelist-source-range': '10.0.0.0/8,office' }],
    [{ 'whitelist-source-range': '10.0.0.0/33' }],
    [{ 'whitelist-source-range': '' }],
    [{ 'allowlist-source-range': '10.0.0.256' }],
    [{ 'denylist-source-range': '::1/129' }],
    [{ 'auth-url': 'auth.example.com' }],
    [{ 'auth-url': 'https://invalid..example.com' }],
    [{ 'auth-url': 'https://auth.example.com', 'auth-method': 'FETCH' }],
    [{ 'auth-type': 'basic' }],
    [{ 'auth-type': 'basic', 'auth-secret': 'a/b/c' }],
  ])('%j', (annotations) => {
    expect(inAll(annotations as Record<string, string>, { tls: TLS })).toEqual(inEach('503'));
    const { problems, warnings } = routesIn('1.15', annotations as Record<string, string>);
    expect([problems.length, warnings.length]).toEqual([0, 1]);
  });

  test.each([
    [{ 'whitelist-source-range': '10.0.0.0/8, 192.168.1.1 ,2001:db8::/32' }],
    [{ 'whitelist-source-range': 'office', 'allowlist-source-range': '10.0.0.0/8' }],
    [{ 'auth-url': 'http://auth.$host:8080/check?a=b' }],
    [{ 'auth-type': 'basic', 'auth-secret': 'users/file' }],
  ])('but not for %j', (annotations) => {
    expect(inAll(annotations as Record<string, string>)).toEqual(inEach('web:80'));
  });

  test('a redirect of the whole path comes later', () => {
    const annotations = { 'auth-type': 'basic', 'permanent-redirect': 'https://b.test' };
    expect(inAll(annotations)).toEqual(inEach('503'));
  });
});

describe('a value that nginx refuses with its whole configuration is an error, however the input is read', () => {
  test.each([
    ['proxy-buffer-size', 'lots', '1.8', true],
    ['proxy-buffer-size', 'lots', '1.15', false],
    ['proxy-buffer-size', '8b', '1.15', true],
    ['proxy-buffer-size', '1g', '1.15', true],
    ['proxy-buffer-size', '8K', '1.8', false],
    ['proxy-buffering', 'true', '1.11', true],
    ['proxy-buffering', 'true', '1.12', false],
    ['proxy-request-buffering', 'off', '1.8', false],
    ['proxy-http-version', '2', '1.8', true],
    ['proxy-next-upstream', 'error timeout http_503', '1.8', false],
    ['proxy-next-upstream', 'error, timeout', '1.8', true],
  ])('%s "%s" in release %s: %s', (name, value, release, isRefused) => {
    const { problems } = routesIn(release, { [name]: value });
    expect(problems.map(({ code }) => code)).toEqual(isRefused ? ['bad-configuration'] : []);
  });

  test('but not on a canary, whose annotations do not come to nginx', () => {
    expect(routesIn('1.8', { canary: 'true', 'proxy-buffer-size': 'lots' }).problems).toEqual([]);
  });
});

describe('a path that holds what nginx takes for its own', () => {
  const routes = (controllerVersion: string, text: string) =>
    routesIn(controllerVersion, {}, { rules: [path('a.test', text, 'ImplementationSpecific', 'web')] });

  test.each([
    ['/a{b}', '1.8', false],
    ['/a{b}', '1.13.6', false],
    ['/a{b}', '1.13.7', true],
    ['/a{b}', '1.14.2', false],
    ['/a{b}', '1.14.3', true],
    ['/a{b}', '1.15', true],
    ['/a;b', '1.12', false],
    ['/a b', '1.14', true],
    ['/a(b)', '1.8', true],
  ])('%s in release %s', (text, release, isRight) => {
    const { problems } = routes(release, text);
    expect(problems.map(({ code }) => code)).toEqual(isRight ? [] : ['bad-configuration']);
  });

  test('is noted where nothing tells the release', () => {
    const rules = [path('a.test', '/a{b}', 'ImplementationSpecific', 'web')];
    const { problems, notes } = Routes.ofIngressNginx([service('web'), ingress('main', { rules })]);
    expect(problems).toEqual([]);
    expect(notes.map(({ code }) => code)).toEqual(['no-effect', 'assumed']);
  });
});

test('temporal-redirect-code is read from 1.12 on', () => {
  const annotations = { 'temporal-redirect': 'https://b.test', 'temporal-redirect-code': '307' };
  expect(inAll(annotations)).toEqual([
    '302 https://b.test',
    '302 https://b.test',
    '307 https://b.test',
    '307 https://b.test',
  ]);
});

test.each(['1.7', '1.16', '2.0', 'latest', '', '1'])('fails the release %j', (controllerVersion) => {
  const message = `controllerVersion is ${JSON.stringify(controllerVersion)}; give a release from 1.8 to 1.15, such as "1.12.1"`;
  expect(() => Routes.ofIngressNginx([], { controllerVersion })).toThrow(new RangeError(message));
});
