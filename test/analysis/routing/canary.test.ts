import { Routes } from '../../../analysis';
import { type IngressParts, ingress, path, paths, service } from './objects';
import { notesOf, where } from './where';

const SERVICES = [service('main'), service('canary'), service('other'), service('second')];
const URL = 'http://a.test/cart';

function canary(annotations: Readonly<Record<string, string>>, parts: IngressParts = {}, name = 'canary'): object {
  const rules = [path('a.test', '/', 'Prefix', 'canary')];
  return ingress(name, { rules, ...parts, annotations: { canary: 'true', ...annotations } });
}

function withCanary(annotations: Readonly<Record<string, string>>, parts: IngressParts = {}): Routes {
  const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] });
  return Routes.ofIngressNginx([...SERVICES, main, canary(annotations, parts)]);
}

describe('weight', () => {
  test.each([
    ['5', undefined, '0.95 main:80, 0.05 canary:80'],
    ['0', undefined, 'main:80'],
    ['100', undefined, 'canary:80'],
    ['7', '1000', '0.993 main:80, 0.007 canary:80'],
    ['1', '3000', `${2999 / 3000} main:80, ${1 / 3000} canary:80`],
    ['1000', '1000', 'canary:80'],
    ['50', '10', '0.5 main:80, 0.5 canary:80'],
    ['105', undefined, 'canary:80'],
    ['-1', undefined, 'main:80'],
    ['+5', undefined, '0.95 main:80, 0.05 canary:80'],
  ])('%s of %s sends %s', (weight, total, expected) => {
    const routes = withCanary({
      'canary-weight': weight,
      ...(total === undefined ? {} : { 'canary-weight-total': total }),
    });
    expect(where(routes, URL)).toBe(expected);
    expect(routes.problems).toEqual([]);
  });

  test('a canary without any rule gets nothing', () => {
    expect(where(withCanary({}), URL)).toBe('main:80');
  });

  test('a total below 100 counts as 100, and that is noted', () => {
    expect(notesOf(withCanary({ 'canary-weight': '5', 'canary-weight-total': '10' }))).toEqual([
      'no-effect: Ingress default/canary: nginx.ingress.kubernetes.io/canary-weight-total is 10; a total below 100 counts as 100',
    ]);
  });
});

describe('header', () => {
  test('"always" goes to the canary, "never" does not, all else is left to cookie and weight', () => {
    const routes = withCanary({ 'canary-by-header': 'X-Canary', 'canary-weight': '10' });
    expect(where(routes, URL, { 'x-canary': 'always' })).toBe('canary:80');
    expect(where(routes, URL, { 'X-CANARY': 'never' })).toBe('main:80');
    expect(where(routes, URL, { 'X-Canary': 'Always' })).toBe('0.9 main:80, 0.1 canary:80');
    expect(where(routes, URL)).toBe('0.9 main:80, 0.1 canary:80');
  });

  test('a value goes to the canary, and "always" is nothing special any more', () => {
    const routes = withCanary({ 'canary-by-header': 'FOO', 'canary-by-header-value': 'bar' });
    expect(where(routes, URL, { foo: 'bar' })).toBe('canary:80');
    expect(where(routes, URL, { FOO: 'Bar' })).toBe('main:80');
    expect(where(routes, URL, { FOO: 'always' })).toBe('main:80');
    expect(where(routes, URL)).toBe('main:80');
  });

  test('a value that does not fit leaves the request to the weight', () => {
    const routes = withCanary({ 'canary-by-header': 'FOO', 'canary-by-header-value': 'bar', 'canary-weight': '5' });
    expect(where(routes, URL, { FOO: 'never' })).toBe('0.95 main:80, 0.05 canary:80');
  });

  test('a pattern is searched for anywhere in the value, upper and lower case apart', () => {
    const routes = withCanary({ 'canary-by-header': 'FOO', 'canary-by-header-pattern': 'b[ae]r' });
    expect(where(routes, URL, { FOO: 'a bear' })).toBe('main:80');
    expect(where(routes, URL, { FOO: 'a ber' })).toBe('canary:80');
    expect(where(routes, URL, { FOO: 'BAR' })).toBe('main:80');
  });

  test('a value makes a pattern be ignored', () => {
    const routes = withCanary({
      'canary-by-header': 'FOO',
      'canary-by-header-value': 'x',
      'canary-by-header-pattern': 'bar',
    });
    expect(where(routes, URL, { FOO: 'bar' })).toBe('main:80');
    expect(notesOf(routes)).toEqual([
      'no-effect: Ingress default/canary: nginx.ingress.kubernetes.io/canary-by-header-pattern does nothing beside canary-by-header-value',
    ]);
  });

  test('a pattern that is none keeps whoever sends the header from the canary, cookie or not', () => {
    const routes = withCanary({
      'canary-by-header': 'FOO',
      'canary-by-header-pattern': 'b(r',
      'canary-by-cookie': 'ck',
      'canary-weight': '100',
    });
    expect(where(routes, URL, { FOO: 'x', Cookie: 'ck=always' })).toBe('main:80');
    expect(where(routes, URL, { Cookie: 'ck=always' })).toBe('canary:80');
  });

  test('a pattern that JavaScript cannot say is said, not guessed', () => {
    const routes = withCanary({ 'canary-by-header': 'FOO', 'canary-by-header-pattern': 'a++b', 'canary-weight': '5' });
    const answer = routes.route({ url: URL, headers: { FOO: 'aab' } });
    expect(answer.notes).toEqual([
      'it cannot be said whether header foo matches a++b: the regular expression a++b has possessive quantifiers, which JavaScript does not know or takes otherwise; if so, canary:80 (canary-by-header-pattern: FOO matches a++b)',
    ]);
    expect(where(routes, URL, { FOO: 'aab' })).toBe('0.95 main:80, 0.05 canary:80');
    expect(routes.route({ url: URL })).not.toHaveProperty('notes');
  });

  test('a value or pattern without a header does nothing, and that is noted', () => {
    const routes = withCanary({ 'canary-by-header-value': 'bar' });
    expect(where(routes, URL, { FOO: 'bar' })).toBe('main:80');
    expect(notesOf(routes)).toEqual([
      'no-effect: Ingress default/canary: nginx.ingress.kubernetes.io/canary-by-header-value does nothing without canary-by-header',
    ]);
  });

  test('a header that the client writes with "_" is dropped by nginx', () => {
    const routes = withCanary({ 'canary-by-header': 'x_foo' });
    expect(where(routes, URL, { 'X-Foo': 'always' })).toBe('canary:80');
    expect(routes.route({ url: URL, headers: { x_foo: 'always' } })).toMatchObject({
      backends: [{ service: 'main' }],
      notes: ['nginx drops the header x_foo, since its name has other than letters, digits and "-"'],
    });
  });
});

describe('cookie', () => {
  test('"always" goes to the canary, "never" does not, all else is left to the weight', () => {
    const routes = withCanary({ 'canary-by-cookie': 'users_from_Japan', 'canary-weight': '20' });
    expect(where(routes, URL, { Cookie: 'a=b; users_from_japan=always' })).toBe('canary:80');
    expect(where(routes, URL, { Cookie: 'users_from_Japan=never; a=b' })).toBe('main:80');
    expect(where(routes, URL, { Cookie: 'users_from_Japan=yes' })).toBe('0.8 main:80, 0.2 canary:80');
    expect(where(routes, URL, { Cookie: 'xusers_from_Japan=always' })).toBe('0.8 main:80, 0.2 canary:80');
  });
});

test('the header comes before the cookie, and the cookie before the weight', () => {
  const routes = withCanary({ 'canary-by-header': 'FOO', 'canary-by-cookie': 'ck', 'canary-weight': '50' });
  expect(where(routes, URL, { FOO: 'never', Cookie: 'ck=always' })).toBe('main:80');
  expect(where(routes, URL, { FOO: 'always', Cookie: 'ck=never' })).toBe('canary:80');
  expect(where(routes, URL, { FOO: 'perhaps', Cookie: 'ck=never' })).toBe('main:80');
  expect(where(routes, URL, { FOO: 'perhaps', Cookie: 'ck=perhaps' })).toBe('0.5 main:80, 0.5 canary:80');
});

describe('a canary that finds no main', () => {
  const NOTE = 'canary-without-main: Ingress default/canary: a canary without main does nothing:';

  test('routes nothing by itself', () => {
    const routes = Routes.ofIngressNginx([...SERVICES, canary({ 'canary-weight': '50' })]);
    expect(where(routes, URL)).toBe('404');
    expect(notesOf(routes)).toEqual([`${NOTE} there is no main Ingress at all`]);
  });

  test.each([
    [path('b.test', '/', 'Prefix', 'canary'), 'no main Ingress has the host b.test'],
    [path('a.test', '/cart', 'Prefix', 'canary'), 'no main Ingress has the path a.test/cart'],
    [path('a.test', '/', 'Exact', 'canary'), 'a.test/ is of type Prefix in Ingress default/main, and of Exact here'],
    [path(undefined, '/', 'Prefix', 'canary'), 'no main Ingress has the path every host/'],
  ])('%j leaves the main backend all requests', (rule, why) => {
    const routes = withCanary({ 'canary-weight': '50' }, { rules: [rule] });
    expect(where(routes, URL)).toBe('main:80');
    expect(notesOf(routes)).toEqual([`${NOTE} ${why}`]);
  });

  test('ImplementationSpecific is Prefix', () => {
    const rules = [path('a.test', '/', 'ImplementationSpecific', 'canary')];
    expect(where(withCanary({ 'canary-weight': '50' }, { rules }), URL)).toBe('0.5 main:80, 0.5 canary:80');
  });

  test('takes its other rules with it, if it comes first', () => {
    const first = paths('a.test', ['/none', 'Prefix', 'canary'], ['/', 'Prefix', 'canary']);
    const routes = withCanary({ 'canary-weight': '50' }, { rules: [first] });
    expect(where(routes, URL)).toBe('main:80');
    expect(notesOf(routes)).toEqual([
      `${NOTE} no main Ingress has the path a.test/none`,
      'canary-without-main: Ingress default/canary: the canary canary was dropped with another rule that has no main; this one does nothing',
    ]);
  });

  test('takes its other rules with it, if it comes last', () => {
    const last = paths('a.test', ['/', 'Prefix', 'canary'], ['/none', 'Prefix', 'canary']);
    expect(where(withCanary({ 'canary-weight': '50' }, { rules: [last] }), URL)).toBe('main:80');
  });

  test('is one whose Service does not exist', () => {
    const rules = [path('a.test', '/', 'Prefix', 'gone')];
    const routes = withCanary({ 'canary-weight': '50' }, { rules });
    expect(where(routes, URL)).toBe('main:80');
    expect(notesOf(routes)).toEqual([
      'no-service: Ingress default/canary: Service default/gone does not exist; the main backend of this canary gets all requests',
    ]);
  });
});

describe('canaries hang on the Service, not on the rule', () => {
  test('only the first of two canaries counts', () => {
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] });
    const rules = [path('a.test', '/', 'Prefix', 'second')];
    const objects = [...SERVICES, main, canary({ 'canary-weight': '10' }, { created: '2026-01-02T00:00:00Z' })];
    const older = canary({ 'canary-weight': '20' }, { rules, created: '2026-01-01T00:00:00Z' }, 'older');
    const routes = Routes.ofIngressNginx([...objects, older]);
    expect(where(routes, URL)).toBe('0.8 main:80, 0.2 second:80');
    expect(notesOf(routes)).toEqual([
      'second-canary: Ingress default/canary: default-main-80 has a canary already, of Ingress default/older; this one gets nothing',
    ]);
  });

  test('without ages, the first canary is the last by name', () => {
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] });
    const rules = [path('a.test', '/', 'Prefix', 'second')];
    const other = canary({ 'canary-weight': '20' }, { rules }, 'zz');
    const routes = Routes.ofIngressNginx([...SERVICES, main, canary({ 'canary-weight': '10' }), other]);
    expect(where(routes, URL)).toBe('0.8 main:80, 0.2 second:80');
    expect(notesOf(routes)[0]).toContain('(taken as made at the same time)');
  });

  test('a canary takes requests of every path that shares the main Service, and that is noted', () => {
    const main = ingress('main', {
      rules: [path('a.test', '/', 'Prefix', 'main'), path('b.test', '/x', 'Prefix', 'main')],
    });
    const routes = Routes.ofIngressNginx([...SERVICES, main, canary({ 'canary-weight': '50' })]);
    expect(where(routes, 'http://b.test/x')).toBe('0.5 main:80, 0.5 canary:80');
    expect(notesOf(routes)).toEqual([
      'shared-service: Ingress default/main: b.test/x shares its Service with another path; the canary default/canary of that takes its requests too',
    ]);
  });

  test('the same Service by another port, or by name, is another upstream without canary', () => {
    const ports = [{ name: 'http', port: 80 }];
    const main = ingress('main', { rules: [paths('a.test', ['/', 'Prefix', 'main'], ['/x', 'Prefix', 'main:http'])] });
    const services = [service('main', 'default', ports), service('canary')];
    const routes = Routes.ofIngressNginx([...services, main, canary({ 'canary-weight': '50' })]);
    expect(where(routes, 'http://a.test/x')).toBe('main:80');
    expect(where(routes, 'http://a.test/')).toBe('0.5 main:80, 0.5 canary:80');
  });

  test('a canary Service that two canaries share has the rules of the first for both', () => {
    const main = ingress('main', {
      rules: [path('a.test', '/', 'Prefix', 'main'), path('b.test', '/', 'Prefix', 'other')],
    });
    const other = canary({ 'canary-weight': '50' }, { rules: [path('b.test', '/', 'Prefix', 'canary')] }, 'another');
    const routes = Routes.ofIngressNginx([...SERVICES, main, canary({ 'canary-weight': '5' }), other]);
    expect(where(routes, 'http://a.test/')).toBe('0.95 main:80, 0.05 canary:80');
    expect(where(routes, 'http://b.test/')).toBe('0.95 other:80, 0.05 canary:80');
    expect(notesOf(routes)).toEqual([
      'shared-service: Ingress default/another: default-canary-80 is a canary of Ingress default/canary as well, whose rules count for both',
    ]);
  });

  test('a Service that an older main Ingress uses is no canary: its rules are taken as a main, and it gets nothing', () => {
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] });
    const user = ingress('zz', { rules: [path('b.test', '/', 'Prefix', 'canary')] });
    const routes = Routes.ofIngressNginx([...SERVICES, main, user, canary({ 'canary-weight': '50' })]);
    expect(where(routes, 'http://a.test/')).toBe('main:80');
    expect(where(routes, 'http://b.test/')).toBe('canary:80');
    expect(notesOf(routes)).toEqual([
      'shared-service: Ingress default/canary: default-canary-80 is a main backend of Ingress default/zz; the rules of this canary count for nothing',
    ]);
  });

  test('a Service that a canary has first takes the requests of no main Ingress', () => {
    const user = ingress('a', { rules: [path('b.test', '/', 'Prefix', 'canary')] });
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] });
    const routes = Routes.ofIngressNginx([...SERVICES, main, user, canary({ 'canary-weight': '50' })]);
    expect(where(routes, 'http://b.test/')).toBe('404');
    expect(notesOf(routes)).toEqual([
      'shared-service: Ingress default/a: default-canary-80 is a canary of Ingress default/canary; a canary takes no requests for others, so this path is not served',
    ]);
  });

  test('a canary that is its own main backend does nothing', () => {
    const rules = [path('a.test', '/', 'Prefix', 'main')];
    expect(where(withCanary({ 'canary-weight': '50' }, { rules }), URL)).toBe('main:80');
  });

  test('main and canary on one port of one Service are one backend', () => {
    const ports = [{ name: 'http', port: 80 }];
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] });
    const other = canary({ 'canary-weight': '30' }, { rules: [path('a.test', '/', 'Prefix', 'main:http')] });
    const routes = Routes.ofIngressNginx([service('main', 'default', ports), main, other]);
    expect(where(routes, URL)).toBe('main:80');
  });

  test('a canary of another namespace leads to the Service of its own namespace', () => {
    const main = ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] });
    const other = canary({ 'canary-weight': '30' }, { namespace: 'next' });
    const routes = Routes.ofIngressNginx([service('main'), service('canary', 'next'), main, other]);
    expect(routes.route({ url: URL })).toMatchObject({
      backends: [{ namespace: 'default' }, { namespace: 'next', service: 'canary', probability: 0.3 }],
    });
  });
});

test('a default backend of a canary hangs on all Services of the default server', () => {
  const main = ingress('main', { defaultBackend: { service: { name: 'main', port: { number: 80 } } } });
  const defaultBackend = { service: { name: 'canary', port: { number: 80 } } };
  const routes = Routes.ofIngressNginx([
    ...SERVICES,
    main,
    canary({ 'canary-weight': '50' }, { defaultBackend, rules: undefined as never }),
  ]);
  expect(where(routes, URL)).toBe('0.5 main:80, 0.5 canary:80');
});

test('other annotations do nothing on a canary, and that is noted', () => {
  const routes = withCanary({ 'canary-weight': '5', 'permanent-redirect': 'https://else.test', affinity: 'cookie' });
  expect(where(routes, URL)).toBe('0.95 main:80, 0.05 canary:80');
  expect(notesOf(routes)).toEqual([
    'no-effect: Ingress default/canary: nginx.ingress.kubernetes.io/permanent-redirect is ignored on a canary; the main Ingress decides',
  ]);
});

test('canary rules without "canary" do nothing, and that is noted', () => {
  const rules = [path('a.test', '/', 'Prefix', 'main')];
  const routes = Routes.ofIngressNginx([
    ...SERVICES,
    ingress('main', { annotations: { 'canary-weight': '5' }, rules }),
  ]);
  expect(where(routes, URL)).toBe('main:80');
  expect(notesOf(routes)).toEqual([
    'no-effect: Ingress default/main: nginx.ingress.kubernetes.io/canary-weight does nothing without nginx.ingress.kubernetes.io/canary: "true"',
  ]);
});

describe('a session cookie beats the canary, which only a running client knows', () => {
  const rules = [path('a.test', '/', 'Prefix', 'main')];
  const sticky = ingress('main', { annotations: { affinity: 'cookie', 'session-cookie-name': 'route' }, rules });
  const noteOf = (routes: Routes) => routes.route({ url: URL }).notes;
  const NOTE =
    'affinity "cookie" with session-cookie-name "route" of Ingress default/main keeps a client that has a session cookie';

  test('where the main Ingress asks for it', () => {
    expect(noteOf(Routes.ofIngressNginx([...SERVICES, sticky, canary({ 'canary-weight': '5' })]))).toEqual([
      `${NOTE} where it was, whatever the canary says`,
    ]);
    expect(noteOf(Routes.ofIngressNginx([...SERVICES, sticky]))).toBeUndefined();
  });

  test('where the canary leaves it to the main backend', () => {
    const legacy = canary({ 'canary-weight': '5', 'affinity-canary-behavior': 'legacy' });
    expect(noteOf(Routes.ofIngressNginx([...SERVICES, sticky, legacy]))).toEqual([
      `${NOTE} with the main backend, whatever the canary says`,
    ]);
  });

  test.each(['a', 'z'])(
    'where another Ingress with the same Service asks for it, before or after Ingress %s',
    (name) => {
      const plain = ingress(name, { rules });
      const other = ingress('main', {
        annotations: { affinity: 'cookie', 'session-cookie-name': 'route' },
        rules: [path('b.test', '/', 'Prefix', 'main')],
      });
      expect(noteOf(Routes.ofIngressNginx([...SERVICES, plain, other, canary({ 'canary-weight': '5' })]))).toEqual([
        `${NOTE} where it was, whatever the canary says`,
      ]);
    },
  );

  test('but not where only the canary asks for it, nor where requests are spread by a hash', () => {
    const own = canary({ 'canary-weight': '5', affinity: 'cookie' });
    expect(noteOf(Routes.ofIngressNginx([...SERVICES, ingress('main', { rules }), own]))).toBeUndefined();
    const hashed = ingress('main', { annotations: { 'upstream-hash-by': '$request_uri' }, rules });
    expect(noteOf(Routes.ofIngressNginx([...SERVICES, hashed, canary({ 'canary-weight': '5' })]))).toBeUndefined();
  });
});

test('a header whose name nginx drops never leads to the canary, and that is noted', () => {
  const routes = withCanary({ 'canary-by-header': 'x.canary', 'canary-weight': '5' });
  for (const name of ['x.canary', 'X.Canary', 'x-canary']) {
    expect(where(routes, URL, { [name]: 'always' })).toBe('0.95 main:80, 0.05 canary:80');
  }
  expect(notesOf(routes)).toEqual([
    'no-effect: Ingress default/canary: nginx.ingress.kubernetes.io/canary-by-header is "x.canary"; nginx drops headers whose names have other than letters, digits and "-"',
  ]);
});

test('the search for a main backend ends at a path that has the canary itself, as the default backend of its host', () => {
  const backendOf = (name: string) => ({ service: { name, port: { number: 80 } } });
  const routes = Routes.ofIngressNginx([
    ...SERVICES,
    ingress('all', { defaultBackend: backendOf('other'), created: '2026-01-01T00:00:00Z' }),
    ingress('main', {
      defaultBackend: backendOf('canary'),
      rules: [path('a.test', '/y', 'Prefix', 'main')],
      created: '2026-01-01T00:00:00Z',
    }),
    canary(
      { 'canary-weight': '50' },
      { defaultBackend: backendOf('canary'), rules: [path('a.test', '/y', 'Prefix', 'canary')] },
    ),
  ]);
  expect(['http://a.test/y', 'http://a.test/', 'http://b.test/'].map((url) => where(routes, url))).toEqual([
    'main:80',
    'canary:80',
    '0.5 other:80, 0.5 canary:80',
  ]);
});
