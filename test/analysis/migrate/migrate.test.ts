import { migrate, Routes } from '../../../analysis';
import { untoldDoubts } from '../../../analysis/migrate/untold';
import { crdProblems } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import { seen } from '../diff/seen';
import { ingress, path, paths } from '../routing/objects';
import { listenersOf, migrated, refusals, rulesOf, services, written } from './helper';

const tls = [{ hosts: ['a.test'], secretName: 'a-tls' }];

const rule = (type: string, value: string, rest: object) => ({ matches: [{ path: { type, value } }], ...rest });
const ref = (name: string, weight = 1) => ({ group: '', kind: 'Service', name, port: 80, weight });
const redirect = (requestRedirect: object) => ({ filters: [{ type: 'RequestRedirect', requestRedirect }] });

describe('what is written', () => {
  test('a host without certificate: one listener for HTTP, and an HTTPRoute with the defaults of an API server', () => {
    const migration = migrated([ingress('web', { rules: [path('a.test', '/shop', 'Prefix', 'main')] })], {
      gateway: { namespace: 'default', name: 'web' },
    });
    expect(migration.objects).toEqual([
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: 'web', namespace: 'default' },
        spec: {
          gatewayClassName: 'eg',
          listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } }],
        },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'web', namespace: 'default' },
        spec: {
          parentRefs: [
            {
              group: 'gateway.networking.k8s.io',
              kind: 'Gateway',
              namespace: 'default',
              name: 'web',
              sectionName: 'http',
            },
          ],
          hostnames: ['a.test'],
          rules: [rule('PathPrefix', '/shop', { backendRefs: [ref('main')] })],
        },
      },
    ]);
    expect(migration).toMatchObject({
      migrated: ['default/web'],
      refused: [],
      comparison: { same: true, proven: true },
    });
  });

  test('a host with certificate: a listener, a grant for its Secret, and a redirect of its own for HTTP', () => {
    const migration = migrated([
      ingress('web', { tls, rules: [paths('a.test', ['/', 'Prefix', 'main'], ['/cart', 'Exact', 'other'])] }),
    ]);
    const [gateway] = written(migration, 'Gateway');
    const allowedRoutes = {
      namespaces: {
        from: 'Selector',
        selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['default'] }] },
      },
    };
    expect(gateway?.spec.listeners).toEqual([
      { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes },
      {
        name: 'https-a.test',
        hostname: 'a.test',
        port: 443,
        protocol: 'HTTPS',
        tls: {
          mode: 'Terminate',
          certificateRefs: [{ group: '', kind: 'Secret', name: 'a-tls', namespace: 'default' }],
        },
        allowedRoutes,
      },
    ]);
    expect(written(migration, 'ReferenceGrant')).toMatchObject([
      {
        metadata: { namespace: 'default' },
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra' }],
          to: [{ group: '', kind: 'Secret', name: 'a-tls' }],
        },
      },
    ]);
    expect(rulesOf(migration)).toEqual([
      rule('Exact', '/cart', { backendRefs: [ref('other')] }),
      rule('PathPrefix', '/', { backendRefs: [ref('main')] }),
    ]);
    expect(rulesOf(migration, 'web-redirect')).toEqual([
      rule('PathPrefix', '/', redirect({ scheme: 'https', statusCode: 308 })),
    ]);
    expect(migration.comparison.accepted.map(({ name }) => name)).toEqual(['redirect-slash']);
  });

  test('a canary: header before weight, with always and never', () => {
    const migration = migrated([
      ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main')] }),
      ingress('canary', {
        annotations: { canary: 'true', 'canary-by-header': 'X-Canary', 'canary-weight': '5' },
        rules: [path('a.test', '/', 'Prefix', 'canary')],
      }),
    ]);
    const on = (value: string, name: string) => ({
      matches: [{ path: { type: 'PathPrefix', value: '/' }, headers: [{ type: 'Exact', name: 'x-canary', value }] }],
      backendRefs: [ref(name)],
    });
    expect(rulesOf(migration)).toEqual([
      on('always', 'canary'),
      on('never', 'main'),
      rule('PathPrefix', '/', { backendRefs: [ref('main', 95), ref('canary', 5)] }),
    ]);
    expect(migration.migrated).toEqual(['default/web', 'default/canary']);
  });

  test('a canary by header alone leaves the main Service with the weight of one', () => {
    const migration = migrated([
      ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main')] }),
      ingress('canary', {
        annotations: { canary: 'true', 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'yes' },
        rules: [path('a.test', '/', 'Prefix', 'canary')],
      }),
    ]);
    expect(rulesOf(migration)).toEqual([
      {
        matches: [
          { path: { type: 'PathPrefix', value: '/' }, headers: [{ type: 'Exact', name: 'x-canary', value: 'yes' }] },
        ],
        backendRefs: [ref('canary')],
      },
      rule('PathPrefix', '/', { backendRefs: [ref('main')] }),
    ]);
  });

  test('a cookie, where the implementation knows regular expressions', () => {
    const objects = [
      ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main')] }),
      ingress('canary', {
        annotations: { canary: 'true', 'canary-by-cookie': 'v2' },
        rules: [path('a.test', '/', 'Prefix', 'canary')],
      }),
    ];
    const why =
      'the cookie v2 takes a regular expression; --allow-regex takes it over where the implementation knows them';
    expect(refusals(migrated(objects))).toEqual([`default/web: a.test/: ${why}`]);
    const migration = migrated(objects, { allowRegularExpressions: true });
    expect(refusals(migration)).toEqual([]);
    const after = Routes.ofGateway([...services, ...migration.objects]);
    const send = (cookie: string) => seen(after.route({ url: 'http://a.test/', headers: { Cookie: cookie } }));
    expect(['v2=always', 'a=b; V2=always; c=d', 'xv2=always', 'v2=never', 'v2=alwaysx'].map(send)).toEqual([
      '1 default/canary:80',
      '1 default/canary:80',
      '1 default/main:80',
      '1 default/main:80',
      '1 default/main:80',
    ]);
  });

  test('the slash that ingress-nginx adds', () => {
    const migration = migrated([ingress('web', { rules: [path('a.test', '/shop/', 'Prefix', 'main')] })]);
    expect(rulesOf(migration)).toEqual([
      rule(
        'Exact',
        '/shop',
        redirect({ path: { type: 'ReplaceFullPath', replaceFullPath: '/shop/' }, statusCode: 301 }),
      ),
      rule('PathPrefix', '/shop', { backendRefs: [ref('main')] }),
    ]);
  });

  test.each([
    ['/$2', '/api(/|$)(.*)', { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' }],
    ['/v1/$2', '/api(/|$)(.*)', { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v1' }],
    ['/$1', '/api/(.*)', { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' }],
    ['/health', '/api', { type: 'ReplaceFullPath', replaceFullPath: '/health' }],
  ])('rewrite-target %s of %s', (target, text, urlRewritePath) => {
    const migration = migrated(
      [
        ingress('web', {
          annotations: { 'rewrite-target': target },
          rules: [path('a.test', text, 'ImplementationSpecific', 'main')],
        }),
      ],
      { allowDifferences: true },
    );
    expect(rulesOf(migration)).toEqual([
      rule('PathPrefix', '/api', {
        filters: [{ type: 'URLRewrite', urlRewrite: { path: urlRewritePath } }],
        backendRefs: [ref('main')],
      }),
    ]);
  });

  test('Services that are not there are taken to be, and named', () => {
    const migration = migrate([ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main:8080')] })], {
      gateway: { namespace: 'infra', name: 'web' },
      gatewayClass: 'eg',
    });
    expect(migration.migrated).toEqual(['default/web']);
    expect(migration.remarks.map(({ message }) => message)).toEqual([
      'not among the manifests, taken as there: Service default/main with port 8080',
    ]);
  });

  test('more than 16 paths become several HTTPRoutes', () => {
    const many = Array.from({ length: 40 }, (_, index) => [`/p${index}`, 'Exact', 'main'] as const);
    const migration = migrated([ingress('web', { rules: [paths('a.test', ...many)] })]);
    const routes = written(migration, 'HTTPRoute').map(({ metadata, spec }) => [metadata.name, spec.rules?.length]);
    expect(routes).toEqual([
      ['web', 16],
      ['web-2', 16],
      ['web-3', 8],
    ]);
    expect(migration.comparison.same).toBe(true);
  });
});

test('all of it is what an API server takes, with nothing to fill in', () => {
  const { objects } = migrated(
    [
      ingress('web', { tls, rules: [paths('a.test', ['/', 'Prefix', 'main'], ['/cart/', 'Prefix', 'other'])] }),
      ingress('canary', {
        annotations: { canary: 'true', 'canary-by-cookie': 'v2', 'canary-weight': '5' },
        rules: [path('a.test', '/', 'Prefix', 'canary')],
      }),
      ingress('api', {
        annotations: { 'rewrite-target': '/$2', 'server-alias': 'c.test' },
        rules: [path('b.test', '/api(/|$)(.*)', 'ImplementationSpecific', 'main')],
      }),
    ],
    { allowDifferences: true, allowRegularExpressions: true },
  );
  expect(objects.length).toBeGreaterThan(4);
  expect(objects.flatMap((object) => crdProblems(object as Fields))).toEqual([]);
});

describe('the limits of an API server', () => {
  test('a ReferenceGrant names 16 objects at most, so more Secrets need several', () => {
    const hosts = Array.from({ length: 40 }, (_, index) => `h${index}.test`);
    const migration = migrated(
      hosts.map((host) =>
        ingress(host, {
          tls: [{ hosts: [host], secretName: `${host}-tls` }],
          rules: [path(host, '/', 'Prefix', 'main')],
        }),
      ),
    );
    expect(migration.problems).toEqual([]);
    expect(migration.migrated).toHaveLength(40);
    expect(written(migration, 'ReferenceGrant').map(({ metadata, spec }) => [metadata.name, spec.to?.length])).toEqual([
      ['secrets-for-gateways-of-infra', 16],
      ['secrets-for-gateways-of-infra-2', 16],
      ['secrets-for-gateways-of-infra-3', 8],
    ]);
  });

  test('a Gateway has 64 listeners at most: what needs more is left out, with the reason', () => {
    const hosts = Array.from({ length: 65 }, (_, index) => `h${index}.test`);
    const migration = migrated(
      hosts.map((host) =>
        ingress(host, { tls: [{ hosts: [host], secretName: 'all-tls' }], rules: [path(host, '/', 'Prefix', 'main')] }),
      ),
    );
    expect(listenersOf(migration)).toHaveLength(64);
    expect(migration.refused).toHaveLength(2);
    expect(refusals(migration)[0]).toMatch(/: a Gateway has 64 listeners at most, and h\d+.test would need one more$/);
  });
});

describe('hosts that no rule has', () => {
  const web = ingress('web', { rules: [path(undefined, '/', 'Prefix', 'main')] });

  test('go to a rule for every host, also by the paths that ingress-nginx answers itself, which is told', () => {
    const migration = migrated([web]);
    expect(refusals(migration)).toEqual([]);
    expect(migration.migrated).toEqual(['default/web']);
    expect(migration.comparison.accepted.map(({ name, request }) => [name, request.url])).toEqual([
      ['controller-paths', 'http://other.example/healthz'],
    ]);
  });

  test('keep it back where nothing is accepted', () => {
    expect(refusals(migrated([web], { accept: [] }))).toEqual([
      ...['/nginx_status', '/nginx_status/x', '/nginx_statusx', '/healthz', '/healthz/x', '/healthzx'].map(
        (own) => `default/web: http://other.example${own} not found → 1 default/main:80`,
      ),
    ]);
  });
});

describe('paths whose case does not count', () => {
  const rewriting = (text: string, target: string) =>
    ingress('web', {
      annotations: { 'rewrite-target': target },
      rules: [path('a.test', text, 'ImplementationSpecific', 'main')],
    });

  test('keep an Ingress back, unless that is accepted by its name', () => {
    const web = rewriting('/api(/|$)(.*)', '/$2');
    const { refused } = migrated([web]);
    expect(refused).toMatchObject([{ ingress: 'default/web', reasons: [], acceptable: ['path-case'] }]);
    const migration = migrated([web], { accept: ['path-case'] });
    expect(refusals(migration)).toEqual([]);
    const { same, accepted } = migration.comparison;
    expect([same, accepted.map(({ name, request }) => [name, request.url.toLowerCase()])]).toEqual([
      true,
      [['path-case', 'http://a.test/api']],
    ]);
    expect(accepted[0]?.request.url).not.toBe('http://a.test/api');
  });

  test('are no excuse for other differences: without end, the path takes more than a PathPrefix', () => {
    expect(migrated([rewriting('/api', '/')]).refused).toMatchObject([{ acceptable: [] }]);
    expect(refusals(migrated([rewriting('/api', '/')], { accept: ['path-case'] }))).toEqual([
      'default/web: http://a.test/apix 1 default/main:80 → not found',
    ]);
  });
});

test('what stays open of an Ingress that was left out is not told, whatever becomes of its requests', () => {
  const { refused, undecided } = migrated([
    ingress('web', {
      annotations: { 'auth-url': 'http://auth.test' },
      rules: [path('a.test', '/api', 'Prefix', 'main')],
    }),
  ]);
  expect([refused.length, undecided]).toEqual([1, []]);
});

test('what becomes of an annotation is told there, and not again as what stays open', () => {
  const web = (annotations: Readonly<Record<string, string>>) =>
    ingress('web', { annotations, rules: [path('a.test', '/api', 'Prefix', 'main')] });
  const limited = { 'limit-rps': '5', 'auth-url': 'http://auth.default.svc.cluster.local/check' };
  const taken = migrated([web(limited)], { target: 'envoy-gateway' });
  expect(taken.written.map(({ annotations: [first] }) => first?.replace(/.*\//, '')).sort()).toEqual(
    Object.keys(limited).sort(),
  );
  expect([refusals(taken), taken.undecided]).toEqual([[], []]);
  const allowed = migrated([web(limited)], { allowDifferences: true });
  expect([refusals(allowed).length, allowed.undecided]).toEqual([2, []]);
});

test('what else stays open of a request is told beside what becomes of an annotation', () => {
  const { settings } = migrated(
    [
      ingress('web', {
        annotations: { 'limit-rps': '5', 'upstream-vhost': 'b.test' },
        rules: [path('a.test', '/', 'Prefix', 'main')],
      }),
    ],
    { target: 'envoy-gateway' },
  );
  const limit = 'limit-rps "5" of Ingress default/web refuses clients that send too many requests';
  const others = [
    'limit-rps "5" of Ingress default/other refuses clients that send too many requests',
    'upstream-vhost "b.test" of Ingress default/web is taken over, and open',
    'it cannot be said whether limit-rps "5" of Ingress default/web counts',
  ];
  const open = (before: readonly string[], after: readonly string[]) => ({
    what: 'open',
    request: { url: 'http://a.test/' },
    before,
    after,
  });
  const told = untoldDoubts(
    [open([limit, ...others], []), open([limit], ['other']), open([limit], []), open([], [])],
    settings,
    'nginx.ingress.kubernetes.io/',
  );
  expect(told.map(({ before, after }) => [before, after])).toEqual([
    [others, []],
    [[], ['other']],
    [[], []],
  ]);
});

describe('names', () => {
  const all = (names: readonly string[]) => names.map((host) => ({ hosts: [host], secretName: 'all-tls' }));

  test('of listeners are different for *.a.test and wildcard.a.test', () => {
    const hosts = ['*.a.test', 'wildcard.a.test'];
    const migration = migrated(
      [ingress('web', { tls: all(hosts), rules: hosts.map((host) => path(host, '/', 'Prefix', 'main')) })],
      { allowDifferences: true },
    );
    expect(listenersOf(migration).map(({ name, hostname }) => [name, hostname])).toEqual([
      ['http', undefined],
      ['https-wildcard.a.test', 'wildcard.a.test'],
      ['https-wildcard.a.test-2', '*.a.test'],
    ]);
    expect(migration.problems).toEqual([]);
    expect(seen(Routes.ofGateway([...services, ...migration.objects]).route({ url: 'https://x.a.test/' }))).toBe(
      '1 default/main:80',
    );
  });

  test('that would be longer than an API server takes are cut short', () => {
    const label = 'a'.repeat(62);
    const host = [label, label, label, label].join('.');
    const name = [label, label, label, 'a'.repeat(60)].join('.');
    const migration = migrated([
      ingress(name, { tls: all([host]), rules: [path(host, '/', 'Prefix', 'main')] }),
      ingress(`${name}a`, { rules: [path('b.test', '/', 'Prefix', 'main')] }),
    ]);
    expect(migration.migrated).toHaveLength(2);
    expect(migration.objects.flatMap((object) => crdProblems(object as Fields))).toEqual([]);
    const names = [
      ...written(migration, 'HTTPRoute').map(({ metadata }) => metadata.name),
      ...listenersOf(migration).map((listener) => listener.name),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((one) => one.length > 253 || !/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(one))).toEqual([]);
  });

  test('of HTTPRoutes and ReferenceGrants that are there already are left to these', () => {
    const object = (kind: string, name: string, spec: object) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata: { name, namespace: 'default' },
      spec,
    });
    const from = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'other' }];
    const migration = migrated([
      object('HTTPRoute', 'web', { rules: [{ backendRefs: [ref('main')] }] }),
      object('ReferenceGrant', 'secrets-for-gateways-of-infra', { from, to: [{ group: '', kind: 'Secret' }] }),
      ingress('web', { tls, rules: [path('a.test', '/', 'Prefix', 'main')] }),
    ]);
    expect(written(migration, 'HTTPRoute').map(({ metadata }) => metadata.name)).toEqual(['web-2', 'web-redirect']);
    expect(written(migration, 'ReferenceGrant').map(({ metadata }) => metadata.name)).toEqual([
      'secrets-for-gateways-of-infra-2',
    ]);
    expect(migration.comparison.same).toBe(true);
  });
});

describe('the GatewayClass, where none is given', () => {
  const web = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main')] });
  const gateway = { namespace: 'infra', name: 'web' };
  const gatewayClass = (name: string) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: 'example.com/gateways' },
  });

  test.each([
    ['is the only one among the manifests', [gatewayClass('eg')], 'eg'],
    ['is a placeholder, where there is none, and not nginx, which is NGINX Gateway Fabric', [], 'example'],
    ['is a placeholder, where there are several', [gatewayClass('eg'), gatewayClass('x')], 'example'],
  ])('%s', (_, classes, name) => {
    const migration = migrate([...services, ...classes, web], { gateway });
    expect(migration.gatewayClass).toBe(name);
    expect(written(migration, 'Gateway')).toMatchObject([{ spec: { gatewayClassName: name } }]);
  });
});

describe('what is left out', () => {
  test('an annotation that HTTPRoute cannot say, with its value and the line', () => {
    const { refused, objects } = migrated([
      ingress('web', {
        annotations: { 'auth-url': 'http://auth.test' },
        rules: [path('a.test', '/', 'Prefix', 'main')],
      }),
    ]);
    expect(refused).toMatchObject([
      {
        ingress: 'default/web',
        reasons: [
          {
            file: 'objects[3]',
            message:
              'nginx.ingress.kubernetes.io/auth-url: "http://auth.test" cannot be taken over: who may come in is no matter of HTTPRoute; use a policy of the implementation; --for traefik says it',
          },
        ],
      },
    ]);
    expect(objects).toEqual([]);
  });

  test('an annotation that nobody knows', () => {
    const annotations = { 'send-to-moon': 'true' };
    expect(
      refusals(migrated([ingress('web', { annotations, rules: [path('a.test', '/', 'Prefix', 'main')] })])),
    ).toEqual([
      'default/web: nginx.ingress.kubernetes.io/send-to-moon: "true" cannot be taken over: it is no annotation that is known to decide nothing',
    ]);
  });

  test('a wildcard host, of which a Gateway takes more', () => {
    const objects = [ingress('web', { rules: [path('*.a.test', '/', 'Prefix', 'main')] })];
    expect(refusals(migrated(objects))[0]).toBe(
      'default/web: http://other.other.a.test/ not found → 1 default/main:80',
    );
  });

  test('regular expressions that would be prefixes, which do know case', () => {
    const objects = [
      ingress('web', {
        annotations: { 'use-regex': 'true' },
        rules: [path('a.test', '/api', 'ImplementationSpecific', 'main')],
      }),
    ];
    expect(refusals(migrated(objects))[0]).toMatch(
      /^default\/web: http:\/\/a\.test\/ap[A-Z] 1 default\/main:80 → not found$/,
    );
    expect(refusals(migrated(objects, { allowRegularExpressions: true }))).toEqual([]);
  });

  test('a redirect that drops the query, unless that is accepted', () => {
    const objects = [
      ingress('web', {
        annotations: { 'permanent-redirect': 'https://b.test/new' },
        rules: [path('a.test', '/', 'Prefix', 'main')],
      }),
    ];
    expect(refusals(migrated(objects))).toContain(
      'default/web: http://a.test/?q=1 301 https://b.test/new → 301 https://b.test/new?q=1',
    );
    expect(refusals(migrated(objects, { accept: ['redirect-query'] }))).toEqual([]);
  });

  test('a redirect that keeps a slash, where not even that is accepted', () => {
    const objects = [ingress('web', { tls, rules: [path('a.test', '/', 'Prefix', 'main')] })];
    expect(refusals(migrated(objects, { accept: [] }))).toContain(
      'default/web: http://a.test/x/ 308 https://a.test/x → 308 https://a.test/x/',
    );
  });

  test('a main Ingress whose canary cannot be taken over, and nothing else of its host', () => {
    const migration = migrated([
      ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main')] }),
      ingress('canary', {
        annotations: { canary: 'true', 'canary-by-cookie': 'v2' },
        rules: [path('a.test', '/', 'Prefix', 'canary')],
      }),
      ingress('cart', { rules: [path('a.test', '/cart', 'Prefix', 'other')] }),
    ]);
    expect(migration.refused.map(({ ingress: name }) => name)).toEqual(['default/web']);
    expect(migration.migrated).toContain('default/cart');
    expect(migration.differences).toEqual([]);
  });

  test('a host of which no TLS section names the certificate', () => {
    const objects = [ingress('web', { tls: [{ hosts: ['a.test'] }], rules: [path('a.test', '/', 'Prefix', 'main')] })];
    expect(refusals(migrated(objects))).toEqual([
      'default/web: no secretName of a TLS section is for a.test; ingress-nginx serves its own certificate; --default-certificate NAMESPACE/NAME gives one',
    ]);
  });
});

test('what changes nothing about where requests go is named, and left out', () => {
  const annotations = { 'proxy-read-timeout': '60', 'enable-cors': 'false' };
  const { remarks, migrated: names } = migrated([
    ingress('web', {
      annotations,
      metadata: {},
      rules: [path('a.test', '/', 'Prefix', 'main')],
    }),
  ]);
  expect(names).toEqual(['default/web']);
  expect(remarks.map(({ message }) => message.split(':')[0])).toEqual([
    'nginx.ingress.kubernetes.io/proxy-read-timeout is left out',
    'nginx.ingress.kubernetes.io/enable-cors is left out',
  ]);
});

describe('annotations of cert-manager', () => {
  const issued = (gateway: string, annotations: Readonly<Record<string, string>>) =>
    migrated([ingress('web', { tls, rules: [path('a.test', '/', 'Prefix', 'main')], metadata: { annotations } })], {
      gateway: { namespace: gateway, name: 'web' },
    }).remarks.map(({ message }) => message);

  test('belong to the Gateway, where it is beside the Secret', () => {
    expect(issued('default', { 'cert-manager.io/cluster-issuer': 'ca', 'cert-manager.io/duration': '720h' })).toEqual([
      'cert-manager.io/cluster-issuer is left out: cert-manager reads it from the Gateway; put cert-manager.io/cluster-issuer: ca there',
      'cert-manager.io/duration is left out: cert-manager reads it from the Gateway; put cert-manager.io/duration: 720h there',
    ]);
  });

  test('become a Certificate by hand, where the Gateway is in another namespace, for which cert-manager makes none', () => {
    expect(issued('infra', { 'cert-manager.io/cluster-issuer': 'ca', 'cert-manager.io/duration': '720h' })).toEqual([
      'cert-manager.io/cluster-issuer is left out: cert-manager makes no Secret for a Gateway of another namespace, and its Certificate goes with the Ingress; write a Certificate with secretName a-tls of the ClusterIssuer ca',
      'cert-manager.io/duration is left out: it is a setting of the Certificate',
    ]);
    expect(issued('infra', { 'cert-manager.io/issuer': 'ca' })).toEqual([
      'cert-manager.io/issuer is left out: cert-manager makes no Secret for a Gateway of another namespace, and its Certificate goes with the Ingress; write a Certificate with secretName a-tls of the Issuer ca',
    ]);
  });

  test('that make nothing, since no TLS section names a Secret, are left out as such', () => {
    const web = ingress('web', {
      rules: [path('a.test', '/', 'Prefix', 'main')],
      metadata: { annotations: { 'cert-manager.io/issuer': 'ca' } },
    });
    expect(migrated([web]).remarks.map(({ message }) => message)).toEqual([
      'cert-manager.io/issuer is left out: cert-manager makes nothing of it, since no TLS section names a Secret',
    ]);
  });

  test('that stand for the default issuer say so, for a Gateway has to name its issuer', () => {
    expect(issued('default', { 'kubernetes.io/tls-acme': 'true' })).toEqual([
      'kubernetes.io/tls-acme is left out: cert-manager does not read it from a Gateway; name the issuer there by cert-manager.io/cluster-issuer',
    ]);
    expect(issued('infra', { 'kubernetes.io/tls-acme': 'true' })).toEqual([
      'kubernetes.io/tls-acme is left out: cert-manager makes no Secret for a Gateway of another namespace, and its Certificate goes with the Ingress; write a Certificate with secretName a-tls',
    ]);
    expect(issued('infra', { 'kubernetes.io/tls-acme': 'false' })).toEqual([]);
  });
});

test('with differences allowed, all is written that can be, and every difference is told', () => {
  const migration = migrated(
    [
      ingress('web', { rules: [path('*.a.test', '/', 'Prefix', 'main')] }),
      ingress('auth', {
        annotations: { 'auth-url': 'http://auth.test' },
        rules: [path('b.test', '/', 'Prefix', 'main')],
      }),
    ],
    { allowDifferences: true },
  );
  expect(written(migration, 'HTTPRoute')).toHaveLength(2);
  expect(migration.refused.map(({ ingress: name }) => name)).toEqual(['default/auth', 'default/web']);
  expect(migration.differences.length).toBeGreaterThan(0);
});

test('mistakes of the manifests are reported, and nothing else', () => {
  const { problems } = migrated([ingress('web', { rules: [path('http://a.test', '/', 'Prefix', 'main')] })]);
  expect(problems.map(({ code }) => code)).toEqual(['bad-host']);
});

test.each(['shop example.com', 'https://shop.example.com', 'Shop.example.com'])(
  'fails for the host %j before anything is proved',
  (host) => {
    const migration = migrated([ingress('web', { tls, rules: [path(host, '/', 'Prefix', 'main')] })]);
    expect(migration.problems).toMatchObject([{ code: 'bad-host' }]);
    expect([migration.objects, migration.comparison.proven]).toEqual([[], false]);
  },
);
