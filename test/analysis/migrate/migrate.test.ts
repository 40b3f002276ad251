import { type MigrateOptions, type Migration, migrate, Routes } from '../../../analysis';
import { crdProblems } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import { seen } from '../diff/seen';
import { ingress, path, paths, service } from '../routing/objects';

const services = ['main', 'other', 'canary'].map((name) => service(name));
const tls = [{ hosts: ['a.test'], secretName: 'a-tls' }];

function migrated(objects: readonly object[], options: Partial<MigrateOptions> = {}): Migration {
  return migrate([...services, ...objects], {
    gateway: { namespace: 'infra', name: 'web' },
    gatewayClass: 'eg',
    ...options,
  });
}

/** As much of an object as these tests look at. */
interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly rules?: readonly unknown[]; readonly listeners?: readonly unknown[] };
}

/** What was written of a kind. */
function written({ objects }: Migration, kind: string): readonly Written[] {
  return (objects as readonly Written[]).filter((object) => object.kind === kind);
}

/** The rules of the HTTPRoute with a name. */
function rulesOf(migration: Migration, name = 'web'): unknown {
  return written(migration, 'HTTPRoute').find(({ metadata }) => metadata.name === name)?.spec.rules;
}

/** Why Ingresses were left out: what cannot be said, and which requests would go elsewhere. */
function refusals({ refused }: Migration): string[] {
  return refused.flatMap(({ ingress: name, reasons, differences }) => [
    ...reasons.map(({ message }) => `${name}: ${message}`),
    ...differences.map(
      ({ request, before, after }) => `${name}: ${request.url} ${seen(before.answer)} → ${seen(after.answer)}`,
    ),
  ]);
}

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
      'not among the manifests and taken to be there: Service default/main with port 8080',
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
              'nginx.ingress.kubernetes.io/auth-url: "http://auth.test" cannot be taken over: who may come in is no matter of HTTPRoute; use a policy of the implementation',
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
      'default/web: no secretName of a TLS section is for a.test; ingress-nginx serves its own certificate',
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
