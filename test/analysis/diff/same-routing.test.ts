import {
  type AcceptedName,
  type LocationPart,
  type NamedDifference,
  type Route,
  Routes,
  sameRouting,
} from '../../../analysis';
import { patternOf } from '../../../analysis/routing/pattern';
import { ingress, path, paths, service } from '../routing/objects';
import { header, like, modelOf, route, routesOfModel, to } from './models';
import { seen } from './seen';

// What is given up is given up late.
jest.setTimeout(60_000);

const services = ['main', 'other', 'canary'].map((name) => service(name));

function routesOf(...objects: object[]): Routes {
  const routes = Routes.ofIngressNginx([...services, ...objects]);
  expect(routes.problems).toEqual([]);
  return routes;
}

/** The smallest request that differs, with both answers; or how many classes are the same. */
function verdict(before: Routes, after: Routes, accept: readonly NamedDifference[] = []): unknown {
  const { same, classes, difference } = sameRouting(before, after, { accept });
  expect(same).toBe(difference === undefined);
  return difference === undefined
    ? `the same, ${classes} classes`
    : [difference.request, seen(difference.before.answer), seen(difference.after.answer)];
}

const web = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main')] });
const tls = [{ hosts: ['a.test'], secretName: 'a-tls' }];

function canary(annotations: Readonly<Record<string, string>>): object {
  return ingress('canary', {
    annotations: { canary: 'true', ...annotations },
    rules: [path('a.test', '/', 'Prefix', 'canary')],
  });
}

describe('the same', () => {
  test('what is written otherwise is the same: a path in two Ingresses, an Exact path beside its Prefix', () => {
    const one = routesOf(
      ingress('web', { rules: [paths('a.test', ['/', 'Prefix', 'main'], ['/cart', 'Prefix', 'other'])] }),
    );
    const two = routesOf(
      web,
      ingress('cart', { rules: [paths('a.test', ['/cart', 'Exact', 'other'], ['/cart', 'Prefix', 'other'])] }),
    );
    expect(verdict(one, two)).toBe('the same, 12 classes');
  });

  test('a weight of 1 in 200 is the same as one of 2 in 400', () => {
    const one = routesOf(web, canary({ 'canary-weight': '1', 'canary-weight-total': '200' }));
    const two = routesOf(web, canary({ 'canary-weight': '2', 'canary-weight-total': '400' }));
    expect(verdict(one, two)).toMatch(/^the same/);
  });

  test('a regular expression is the same as another that finds the same', () => {
    const one = routesOf(web, canary({ 'canary-by-header': 'FOO', 'canary-by-header-pattern': '^(bar|baz)$' }));
    const two = routesOf(web, canary({ 'canary-by-header': 'FOO', 'canary-by-header-pattern': '^ba[rz]$' }));
    expect(verdict(one, two)).toMatch(/^the same/);
  });

  test('a regular expression of paths is the same as a prefix that finds the same', () => {
    const one = routesOfModel(modelOf([route('/shop', [to({ s: 1 })])]));
    const [{ path: _, ...rest }] = [route('/shop', [to({ s: 1 })])];
    const pattern = patternOf('^/shop(/.*)?$', false);
    const two = routesOfModel(modelOf([{ ...rest, path: { kind: 'pattern', pattern } }]));
    expect(sameRouting(one, two)).toMatchObject({ same: true, proven: true });
  });

  test('a Location that leads to the same place is the same, whatever it is made of', () => {
    const redirect = (url: string) =>
      Routes.ofIngressNginx(
        [
          ...services,
          ingress('web', {
            annotations: { 'permanent-redirect': url },
            rules: [path('a.test', '/', 'Prefix', 'main')],
          }),
        ],
        // Later releases take no variables there.
        { controllerVersion: '1.8.2' },
      );
    expect(verdict(redirect('https://b.test$request_uri'), redirect('https://B.test:443$request_uri'))).toMatch(
      /^the same/,
    );
    expect(verdict(redirect('https://b.test$request_uri'), redirect('https://b.test$uri'))).toEqual([
      { url: 'http://a.test/?q=1' },
      '301 https://b.test/?q=1',
      '301 https://b.test/',
    ]);
  });

  test('an answer of the controller itself counts as not found', () => {
    const models = [[], [{ ...route('/healthz', [to({})]), rule: undefined }]].map((routes) => modelOf(routes));
    const answers = { kind: 'error', status: 200, why: 'alive' } as const;
    const [one, two] = models.map(({ listeners }) =>
      routesOfModel({
        listeners: listeners.map((listener) => ({
          ...listener,
          hosts: listener.hosts.map((host) => ({
            ...host,
            routes: host.routes.map((own) => ({ ...own, decisions: [{ ...to({}), outcome: answers }] })),
          })),
        })),
      }),
    ) as [Routes, Routes];
    expect(two.route({ url: 'http://a.test/healthz' })).toMatchObject({ outcome: 'error', status: 200 });
    expect(verdict(one, two)).toMatch(/^the same/);
  });
});

// Forty rules, each on four of forty headers: what the values of one leave to decide is hardly ever the same.
describe('conditions that are entangled', () => {
  const rules = (last: string) =>
    Array.from({ length: 40 }, (_, index) =>
      route(
        '/',
        [to({ [index === 39 ? last : index % 2 === 0 ? 's' : 't']: 1 })],
        [0, 1, 2, 3].map((k) => header(`x-${(index * 7 + k * 5) % 40}`, `${(index + k) % 5}`)),
      ),
    );
  const models = (last: string) => routesOfModel(modelOf([...rules(last), route('/', [to({ u: 1 })])]));

  test('are the same where both sides have them', () => {
    expect(sameRouting(models('s'), models('s'))).toMatchObject({ same: true, proven: true });
  });

  test('show a difference where a rule alone does', () => {
    const { same, difference } = sameRouting(models('s'), models('t'));
    expect([same, difference?.request]).toEqual([
      false,
      { url: 'http://other.example/', headers: { 'x-33': '4', 'x-38': '0', 'x-3': '1', 'x-8': '2' } },
    ]);
  });

  test('are looked at no further where they decide nothing', () => {
    const [none, one] = [0, 1].map((count) =>
      routesOfModel(modelOf([...rules('s').slice(0, count), route('/', [to({ s: 1 })])])),
    ) as [Routes, Routes];
    expect([verdict(none, none), verdict(none, one)]).toEqual(['the same, 2 classes', 'the same, 3 classes']);
  });

  test('are said not to be decided where there are too many to look at', () => {
    const reversed = routesOfModel(modelOf([...rules('s').reverse(), route('/', [to({ u: 1 })])]));
    const { same, proven, undecided } = sameRouting(models('s'), reversed);
    expect([same, proven, undecided.map(({ what }) => what)]).toEqual([
      false,
      false,
      ['whether conditions that are entangled mean the same'],
    ]);
  });
});

test('regular expressions that are too much to take apart show a difference all the same, and stay open', () => {
  const models = (end: string) =>
    routesOfModel(
      modelOf(
        Array.from({ length: 10 }, (_, index) => {
          const pattern = patternOf(`^/.*[a-${'bcdefghijk'[index]}].{${index}}${end}$`, false);
          return { ...route('/', [to({ [`s${index}`]: 1 })]), path: { kind: 'pattern', pattern } };
        }),
      ),
    );
  const { same, proven, difference, undecided } = sameRouting(models(''), models('x?'));
  expect([same, proven, difference?.request]).toEqual([false, false, { url: 'http://other.example/ax' }]);
  expect(undecided).toHaveLength(20);
});

describe('the smallest request that differs', () => {
  test('shows another Service, with both rules and their places', () => {
    const { difference } = sameRouting(
      routesOf(web),
      routesOf(ingress('new', { rules: [path('a.test', '/', 'Prefix', 'other')] })),
    );
    expect(difference).toMatchObject({
      request: { url: 'http://a.test/' },
      host: 'a.test',
      paths: '/',
      scheme: 'http',
      before: { answer: { rule: { name: 'web' }, backends: [{ service: 'main' }] }, place: { file: 'objects[3]' } },
      after: { answer: { rule: { name: 'new' }, backends: [{ service: 'other' }] }, place: { file: 'objects[3]' } },
    });
  });

  test.each([
    ['/käse', 'http://a.test/k%C3%A4se', '/käse'],
    ['/a b', 'http://a.test/a%20b', '/a b'],
    ['/a%20b', 'http://a.test/a%2520b', '/a%20b'],
    ['/日本', 'http://a.test/%E6%97%A5%E6%9C%AC', '/日本'],
  ])('has the path %s as it is sent', (text, url, paths) => {
    const [before, after] = ['main', 'other'].map((to) =>
      routesOf(ingress('web', { rules: [path('a.test', text, 'Exact', to)] })),
    ) as [Routes, Routes];
    expect(sameRouting(before, after).difference).toMatchObject({ request: { url }, paths });
    expect(verdict(before, before)).toMatch(/^the same/);
  });

  test('shows a slash at the end that one side drops below a path that is not ASCII', () => {
    const [before, after] = ['false', 'true'].map((keeps) =>
      routesOf(
        ingress('web', { rules: [path('a.test', '/', 'Prefix', 'other')] }),
        ingress('eat', {
          annotations: { 'force-ssl-redirect': 'true', 'preserve-trailing-slash': keeps },
          rules: [path('a.test', '/käse', 'Prefix', 'main')],
        }),
      ),
    ) as [Routes, Routes];
    expect(verdict(before, after)).toEqual([
      { url: 'http://a.test/k%C3%A4se/' },
      '308 https://a.test/k%C3%A4se',
      '308 https://a.test/k%C3%A4se/',
    ]);
  });

  test('shows a path that is no longer there, and not more of it than needed', () => {
    const before = routesOf(
      ingress('web', { rules: [paths('a.test', ['/', 'Prefix', 'main'], ['/cart', 'Prefix', 'other'])] }),
    );
    expect(verdict(before, routesOf(web))).toEqual([
      { url: 'http://a.test/cart' },
      '1 default/other:80',
      '1 default/main:80',
    ]);
  });

  test('shows what is just beyond a path', () => {
    const before = routesOf(ingress('web', { rules: [path('a.test', '/foo', 'Prefix', 'main')] }));
    const after = routesOf(
      ingress('web', {
        annotations: { 'use-regex': 'true' },
        rules: [path('a.test', '/foo', 'ImplementationSpecific', 'main')],
      }),
    );
    // A regular expression has no end, and no case.
    expect(verdict(before, after)).toEqual([{ url: 'http://a.test/foO' }, 'not found', '1 default/main:80']);
  });

  test('shows that an alias takes hosts of several labels, and a wildcard host only one', () => {
    const before = routesOf(ingress('web', { rules: [path('*.a.test', '/', 'Prefix', 'main')] }));
    const alias = { 'server-alias': '*.a.test' };
    const after = routesOf(ingress('web', { annotations: alias, rules: [path('x.a.test', '/', 'Prefix', 'main')] }));
    const { difference } = sameRouting(before, after);
    expect(difference).toMatchObject({
      request: { url: 'http://other.other.a.test/' },
      host: '*.a.test (of several labels)',
    });
  });

  test('shows any other host', () => {
    const after = routesOf(web, ingress('all', { rules: [path(undefined, '/', 'Prefix', 'other')] }));
    expect(sameRouting(routesOf(web), after).difference).toMatchObject({
      request: { url: 'http://other.example/' },
      host: null,
    });
  });

  test('shows the header, and no other', () => {
    const before = routesOf(web, canary({ 'canary-by-header': 'FOO', 'canary-by-cookie': 'ck', 'canary-weight': '5' }));
    const after = routesOf(web, canary({ 'canary-by-header': 'BAR', 'canary-by-cookie': 'ck', 'canary-weight': '5' }));
    expect(verdict(before, after)).toEqual([
      { url: 'http://a.test/', headers: { bar: 'never' } },
      '0.05 default/canary:80,0.95 default/main:80',
      '1 default/main:80',
    ]);
  });

  test('shows which of two rules comes first by a request that both want', () => {
    const rules = [route('/', [to({ a: 1 })], [header('x-a', '1')]), route('/', [to({ b: 1 })], [header('x-b', '1')])];
    const last = route('/', [to({ c: 1 })]);
    const [one, two] = [
      [...rules, last],
      [...rules.reverse(), last],
    ].map((routes) => routesOfModel(modelOf(routes)));
    expect(verdict(one as Routes, two as Routes)).toEqual([
      { url: 'http://other.example/', headers: { 'x-a': '1', 'x-b': '1' } },
      '1 shop/a:80',
      '1 shop/b:80',
    ]);
  });

  test('shows a cookie that a regular expression over the header takes otherwise', () => {
    const asCookie = route(
      '/',
      [to({ canary: 1 })],
      [{ kind: 'cookie', name: 'v', value: { is: 'equal', text: 'always' } }],
    );
    const asHeader = (source: string) => route('/', [to({ canary: 1 })], [like('cookie', source)]);
    const last = route('/', [to({ main: 1 })]);
    const against = (source: string) =>
      verdict(routesOfModel(modelOf([asCookie, last])), routesOfModel(modelOf([asHeader(source), last])));
    expect(against('^(.*; )?[vV]=always(;.*)?$')).toMatch(/^the same/);
    expect(against('^(.*; )?v=always(;.*)?$')).toEqual([
      { url: 'http://other.example/', headers: { cookie: 'V=always' } },
      '1 shop/canary:80',
      '1 shop/main:80',
    ]);
    expect(against('[vV]=always(;.*)?$')).toEqual([
      { url: 'http://other.example/', headers: { cookie: 'xv=always' } },
      '1 shop/main:80',
      '1 shop/canary:80',
    ]);
  });
});

describe('differences with a name', () => {
  const redirecting = (annotations: Readonly<Record<string, string>>) =>
    routesOf(ingress('web', { annotations, tls, rules: [path('a.test', '/', 'Prefix', 'main')] }));

  test('count unless they are accepted, and are told then', () => {
    const [before, after] = [redirecting({}), redirecting({ 'preserve-trailing-slash': 'true' })];
    expect(verdict(before, after)).toEqual([
      { url: 'http://a.test/x/' },
      '308 https://a.test/x',
      '308 https://a.test/x/',
    ]);
    const comparison = sameRouting(before, after, { accept: ['redirect-slash'] });
    expect(comparison).toMatchObject({ same: true, proven: true });
    expect(comparison.accepted).toMatchObject([
      { name: 'redirect-slash', before: { answer: { status: 308 } }, count: 2 },
    ]);
  });

  test('are not taken for others', () => {
    const [before, after] = [redirecting({}), redirecting({ 'ssl-redirect': 'false' })];
    expect(verdict(before, after, ['redirect-slash', 'redirect-status', 'redirect-query', 'error-status'])).toEqual([
      { url: 'http://a.test/' },
      '308 https://a.test/',
      '1 default/main:80',
    ]);
  });
});

describe('what stays open', () => {
  test('what one side leaves open is not claimed to be the same', () => {
    const locked = ingress('web', {
      annotations: { 'auth-url': 'http://auth.test' },
      rules: [path('a.test', '/', 'Prefix', 'main')],
    });
    const { same, proven, undecided } = sameRouting(routesOf(web), routesOf(locked));
    expect([same, proven]).toEqual([false, false]);
    expect(undecided).toMatchObject([
      {
        request: { url: 'http://a.test/' },
        before: [],
        after: [expect.stringContaining('auth-url "http://auth.test" of Ingress default/web')],
      },
    ]);
  });

  test('what both leave open is named as taken to be the same', () => {
    const locked = ingress('web', {
      annotations: { 'auth-url': 'http://auth.test' },
      rules: [path('a.test', '/', 'Prefix', 'main')],
    });
    const { proven, assumed } = sameRouting(routesOf(locked), routesOf(locked));
    expect([proven, assumed]).toEqual([
      true,
      [expect.stringContaining('auth-url "http://auth.test" of Ingress default/web')],
    ]);
  });

  test('what both leave open in other ways is not claimed to be the same', () => {
    const locked = (url: string) =>
      routesOf(ingress('web', { annotations: { 'auth-url': url }, rules: [path('a.test', '/', 'Prefix', 'main')] }));
    const { same, proven, undecided } = sameRouting(locked('http://one.test'), locked('http://two.test'));
    expect([same, proven]).toEqual([false, false]);
    expect(undecided).toMatchObject([
      { before: [expect.stringContaining('http://one.test')], after: [expect.stringContaining('http://two.test')] },
    ]);
  });

  test('a regular expression that cannot be taken apart is named, unless both sides have it alike', () => {
    const pattern = (source: string) =>
      routesOf(web, canary({ 'canary-by-header': 'FOO', 'canary-by-header-pattern': source }));
    const [one, two] = [pattern('^(?=b)bar$'), pattern('^bar$')];
    expect(sameRouting(one, two)).toMatchObject({ same: false, proven: false });
    expect(sameRouting(one, two).undecided.map(({ what }) => what)).toEqual([
      'which values of header foo match ^(?=b)bar$',
    ]);
    expect(sameRouting(one, one)).toMatchObject({ same: true, proven: true });
  });

  test('HTTPS without a certificate is not asked of a side that does not serve it', () => {
    const http = routesOfModel(modelOf([route('/', [to({ main: 1 })])], { kind: 'exact', host: 'a.test' }));
    const both = routesOfModel({
      listeners: [
        {
          ...modelOf([route('/', [to({ main: 1 })])], { kind: 'exact', host: 'a.test' }).listeners[0],
          scheme: undefined,
          port: undefined,
        } as never,
      ],
    });
    const { same, assumed } = sameRouting(both, http);
    expect(same).toBe(true);
    expect(assumed).toEqual([expect.stringContaining('no certificate')]);
  });
});

test('many headers are not multiplied', () => {
  const rules = Array.from({ length: 40 }, (_, index) =>
    route('/', [to({ [`s${index}`]: 1 })], [header(`x-${index}`, '1')]),
  );
  const [routes, others] = ['main', 'other'].map((service) =>
    routesOfModel(modelOf([...rules, route('/', [to({ [service]: 1 })])])),
  ) as [Routes, Routes];
  // The root and any other path: 40 headers and none of them each.
  expect(sameRouting(routes, others)).toMatchObject({ same: false, classes: 2 * 41 + 1 });
});

test('a host with the same routes on both sides counts each of their decisions', () => {
  const routes = routesOfModel(modelOf([route('/a', [to({ a: 1 })], [header('x', '1')]), route('/', [to({ b: 1 })])]));
  // Any other host counts one more.
  expect(sameRouting(routes, routes)).toMatchObject({ same: true, proven: true, classes: 2 + 1 });
});

describe('what is found once is not taken for more than it is', () => {
  const redirecting = (status: number, location: readonly LocationPart[]): Route => ({
    ...route('/', []),
    decisions: [{ ...to({}), outcome: { kind: 'redirect', status, location } }],
  });
  const compared = (...routes: readonly [Route, Route]) =>
    sameRouting(...(routes.map((one) => routesOfModel(modelOf([one]))) as [Routes, Routes]), {
      accept: ['redirect-status'],
    });
  const everywhere: readonly LocationPart[] = [{ text: 'https://' }, { of: 'host' }, { of: 'uri' }];

  test('a redirect that is permanent is not one that is not', () => {
    expect(compared(redirecting(301, everywhere), redirecting(308, everywhere)).same).toBe(true);
    expect(compared(redirecting(301, everywhere), redirecting(302, everywhere)).same).toBe(false);
  });

  test('a Location that is the same for one path is asked for again for the next', () => {
    const root: readonly LocationPart[] = [
      { text: 'https://' },
      { of: 'host' },
      { text: '/' },
      { of: 'query-mark' },
      { of: 'query' },
    ];
    const { differences } = compared(redirecting(301, everywhere), redirecting(301, root));
    expect(differences.map(({ paths: text }) => text)).toEqual(['any other path']);
  });

  test('a Location that is the same for one host of many is asked for again for another', () => {
    const one: readonly LocationPart[] = [{ text: 'https://other.example' }, { of: 'uri' }];
    const { same, difference } = compared(redirecting(301, everywhere), redirecting(301, one));
    expect([same, difference?.request.url]).toEqual([false, 'http://another.example/']);
  });

  test('a condition on the header Host is looked at for each host', () => {
    const onHost = route('/', [to({ a: 1 })], [header('host', 'a.test')]);
    const last = route('/', [to({ b: 1 })]);
    const models = [[onHost, last], [last]].map((routes) => ({
      listeners: modelOf(routes).listeners.map((listener) => ({
        ...listener,
        hosts: ['b.test', 'a.test'].map((host) => ({ name: { kind: 'exact', host } as const, tls: false, routes })),
      })),
    }));
    const [before, after] = models.map((model) => routesOfModel(model)) as [Routes, Routes];
    expect(sameRouting(before, after).differences.map(({ host }) => host)).toEqual(['a.test', 'a.test']);
  });
});

describe('what is accepted under some hosts', () => {
  const forced = (host: string, preserve: string) =>
    ingress(host.replace('.', '-'), {
      annotations: { 'preserve-trailing-slash': preserve },
      tls: [{ hosts: [host], secretName: 'tls' }],
      rules: [path(host, '/', 'Prefix', 'main')],
    });
  const [before, after] = ['false', 'true'].map((keep) => routesOf(forced('a.test', keep), forced('b.test', keep)));
  const under = (accept: readonly AcceptedName[]) =>
    new Set(sameRouting(before as Routes, after as Routes, { accept }).differences.map(({ host }) => host));

  test('counts under others', () => {
    expect(under([])).toEqual(new Set(['a.test', 'b.test']));
    expect(under(['redirect-slash=a.test'])).toEqual(new Set(['b.test']));
    expect(under(['redirect-slash=*.test'])).toEqual(new Set());
    expect(under(['redirect-slash=*.a.test'])).toEqual(new Set(['a.test', 'b.test']));
  });

  test('other hosts that no rule names are under none', () => {
    const catchAll = (name: string) => routesOf(ingress('web', { rules: [path(undefined, '/', 'Prefix', name)] }));
    const { same } = sameRouting(catchAll('main'), catchAll('other'), { accept: ['error-status=*.example'] });
    expect(same).toBe(false);
  });
});

describe('a wildcard host', () => {
  const gateway = (...routes: readonly object[]) => [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'gw', namespace: 'default' },
      spec: { gatewayClassName: 'any', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    },
    ...routes,
  ];
  const httpRoute = (name: string, hostname: string, value: string, to: string) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'default' },
    spec: {
      parentRefs: [{ name: 'gw' }],
      hostnames: [hostname],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value } }], backendRefs: [{ name: to, port: 80 }] }],
    },
  });
  const routed = (to: string) =>
    Routes.ofGateway([
      ...services,
      ...gateway(httpRoute('shop', 'shop.io', '/cart', to), httpRoute('all', '*.io', '/', 'other')),
    ]);
  const before = routesOf(
    ingress('shop', { rules: [path('shop.io', '/cart', 'Prefix', 'main')] }),
    ingress('all', { rules: [path('*.io', '/', 'Prefix', 'other')] }),
  );
  const accept = ['wildcard-beside-exact', 'wildcard-labels', 'controller-paths'] as const;

  test('is the same but for what has a name: labels before it, and what an exact host leaves', () => {
    expect(sameRouting(before, routed('main'), { accept })).toMatchObject({ same: true, proven: true });
    const { differences } = sameRouting(before, routed('main'));
    expect(differences.map(({ host, names }) => `${host} ${names}`)).toEqual(
      expect.arrayContaining(['shop.io wildcard-beside-exact', '*.io (of several labels) wildcard-labels']),
    );
  });

  test('is the same in the other direction', () => {
    expect(sameRouting(routed('main'), before, { accept })).toMatchObject({ same: true, proven: true });
  });

  test('hides no other difference of the exact host', () => {
    const { same, differences } = sameRouting(before, routed('canary'), { accept });
    expect([same, [...new Set(differences.map(({ host, names }) => `${host} ${names}`))]]).toEqual([
      false,
      ['shop.io '],
    ]);
  });

  test('hides nothing where the exact host is gone', () => {
    const gone = Routes.ofGateway([...services, ...gateway(httpRoute('all', '*.io', '/', 'other'))]);
    const { differences } = sameRouting(before, gone, { accept });
    expect(differences.map(({ names }) => names.join())).toEqual(expect.arrayContaining(['']));
  });
});
