import { Routes } from '../../../analysis';
import { seen } from '../diff/seen';
import { ingress, path, paths } from '../routing/objects';
import { listenersOf, migrated, refusals, rulesOf, services } from './helper';

const forced = ingress('web', {
  annotations: { 'force-ssl-redirect': 'true' },
  rules: [path('a.test', '/', 'Prefix', 'main')],
});

const DEAD_END =
  'every request would be redirected to HTTPS, for which there is no listener, so that none comes to a Service. Where TLS ends at a load balancer in front, give --tls-terminated-upstream; else a tls section, or --default-certificate NAMESPACE/NAME';

test('an Ingress that forces HTTPS without tls is not taken over: its Gateway would redirect for ever', () => {
  const migration = migrated([forced]);
  expect(refusals(migration)).toEqual([`default/web: a.test/: ${DEAD_END}`]);
  expect([migration.migrated, migration.objects]).toEqual([[], []]);
});

test('the same holds for hosts without name, by each path, and beside hosts that have certificates', () => {
  const secure = ingress('secure', {
    annotations: { 'force-ssl-redirect': 'true' },
    tls: [{ hosts: ['a.test'], secretName: 'a-tls' }],
    rules: [path('a.test', '/', 'Prefix', 'main')],
  });
  const several = ingress('web', {
    annotations: { 'force-ssl-redirect': 'true' },
    rules: [paths('b.test', ['/x', 'Exact', 'main'], ['/y', 'Exact', 'other']), path(undefined, '/', 'Prefix', 'main')],
  });
  const migration = migrated([secure, several]);
  expect(migration.migrated).toEqual(['default/secure']);
  expect(refusals(migration).sort()).toEqual([
    `default/web: b.test/x: ${DEAD_END}`,
    `default/web: b.test/y: ${DEAD_END}`,
    `default/web: every host/: ${DEAD_END}`,
  ]);
});

test('a redirect by itself is no dead end: it has no backend on either side', () => {
  const moved = ingress('web', {
    annotations: { 'permanent-redirect': 'https://b.test' },
    rules: [path('a.test', '/', 'Prefix', 'main')],
  });
  expect(migrated([moved], { accept: ['redirect-query', 'redirect-slash'] }).migrated).toEqual(['default/web']);
});

describe('behind a load balancer that ends TLS', () => {
  const send = (migration: ReturnType<typeof migrated>, url: string, headers: Record<string, string> = {}) =>
    seen(Routes.ofGateway([...services, ...migration.objects]).route({ url, headers }));

  test('there is one listener, for HTTP, and nothing redirects to HTTPS', () => {
    const withTls = ingress('tls', {
      tls: [{ hosts: ['b.test'], secretName: 'b-tls' }],
      rules: [path('b.test', '/', 'Prefix', 'other')],
    });
    const migration = migrated([forced, withTls], { forwardedTls: 'load-balancer' });
    expect(migration).toMatchObject({
      migrated: ['default/web', 'default/tls'],
      refused: [],
      comparison: { proven: true },
    });
    expect(listenersOf(migration).map(({ name }) => name)).toEqual(['http']);
    expect(['http://a.test/x', 'http://b.test/x'].map((url) => send(migration, url))).toEqual([
      '1 default/main:80',
      '1 default/other:80',
    ]);
    expect(migration.premises).toEqual([
      'TLS ends at a load balancer in front, which passes all requests on to port 80; whether clients are sent from HTTP to HTTPS is up to it',
    ]);
  });

  test('or the redirect goes by X-Forwarded-Proto, which the Gateway has to trust', () => {
    const migration = migrated([forced], { forwardedTls: 'header' });
    expect(migration).toMatchObject({ migrated: ['default/web'], refused: [], comparison: { proven: true } });
    const pathMatch = { type: 'PathPrefix', value: '/' };
    expect(rulesOf(migration)).toMatchObject([
      {
        matches: [{ path: pathMatch, headers: [{ type: 'Exact', name: 'x-forwarded-proto', value: 'http' }] }],
        filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 308 } }],
      },
      { matches: [{ path: pathMatch }], backendRefs: [{ name: 'main' }] },
    ]);
    expect(
      ['http', 'https'].map((proto) => send(migration, 'http://a.test/x', { 'X-Forwarded-Proto': proto })),
    ).toEqual(['308 https://a.test/x', '1 default/main:80']);
    expect(migration.premises).toHaveLength(1);
  });

  test('redirects of paths lead to HTTPS, where clients are', () => {
    const slash = ingress('web', {
      annotations: { 'app-root': '/app' },
      rules: [path('a.test', '/', 'Prefix', 'main')],
    });
    const migration = migrated([slash], { forwardedTls: 'load-balancer', accept: ['redirect-query'] });
    expect(send(migration, 'http://a.test/')).toBe('302 https://a.test/app');
  });

  test('canaries keep their rules', () => {
    const canary = ingress('canary', {
      annotations: { canary: 'true', 'canary-by-header': 'X-Canary', 'canary-weight': '5' },
      rules: [path('a.test', '/', 'Prefix', 'canary')],
    });
    const migration = migrated([forced, canary], { forwardedTls: 'header' });
    expect(migration).toMatchObject({ migrated: ['default/web', 'default/canary'], refused: [] });
    expect(send(migration, 'http://a.test/', { 'X-Canary': 'always' })).toBe('1 default/canary:80');
    expect(send(migration, 'http://a.test/', { 'X-Canary': 'always', 'X-Forwarded-Proto': 'http' })).toBe(
      '308 https://a.test/',
    );
  });

  test('certificates of cert-manager are for the load balancer', () => {
    const issued = ingress('web', {
      tls: [{ hosts: ['a.test'], secretName: 'a-tls' }],
      rules: [path('a.test', '/', 'Prefix', 'main')],
      metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'ca' } },
    });
    expect(migrated([issued], { forwardedTls: 'load-balancer' }).remarks.map(({ message }) => message)).toEqual([
      "cert-manager.io/cluster-issuer is left out: TLS ends at the load balancer in front of the Gateway, which needs the certificate; cert-manager's goes with the Ingress",
    ]);
  });
});

describe('a default certificate', () => {
  const defaultCertificate = { namespace: 'infra', name: 'all-tls' };

  test('serves HTTPS for hosts that name none, so that a redirect to HTTPS arrives', () => {
    const migration = migrated([forced], { defaultCertificate });
    expect(migration).toMatchObject({ migrated: ['default/web'], refused: [], comparison: { proven: true } });
    expect(listenersOf(migration)).toMatchObject([
      { name: 'http', port: 80 },
      { name: 'https', port: 443, tls: { certificateRefs: [{ name: 'all-tls' }] } },
    ]);
    expect(listenersOf(migration)[1]).not.toHaveProperty('hostname');
  });

  test('stands beside certificates of hosts, and takes a TLS section without secretName', () => {
    const web = ingress('web', {
      tls: [{ hosts: ['a.test'], secretName: 'a-tls' }, { hosts: ['b.test'] }],
      rules: [path('a.test', '/', 'Prefix', 'main'), path('b.test', '/', 'Prefix', 'other')],
    });
    const migration = migrated([web], { defaultCertificate });
    expect(migration).toMatchObject({ migrated: ['default/web'], comparison: { proven: true } });
    expect(listenersOf(migration).map(({ name, hostname }) => [name, hostname])).toEqual([
      ['http', undefined],
      ['https-a.test', 'a.test'],
      ['https', undefined],
    ]);
  });
});

describe('what ingress-nginx serves nothing of is neither taken over nor left out', () => {
  test('a canary that joins no main Ingress', () => {
    const canary = ingress('canary', {
      annotations: { canary: 'true', 'canary-weight': '5' },
      rules: [path('b.test', '/', 'Prefix', 'canary')],
    });
    const migration = migrated([ingress('web', { rules: [path('a.test', '/', 'Prefix', 'main')] }), canary]);
    expect([migration.migrated, refusals(migration)]).toEqual([['default/web'], []]);
    expect(migration.empty).toMatchObject([
      { ingress: 'default/canary', message: 'nothing is written: it is a canary, and joins no main Ingress' },
    ]);
  });

  test('an Ingress whose backends are resources', () => {
    const bucket = { resource: { apiGroup: 'k8s.example.com', kind: 'StorageBucket', name: 'assets' } };
    const rules = [{ host: 'a.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend: bucket }] } }];
    const migration = migrated([ingress('web', { rules }), ingress('all', { defaultBackend: bucket })]);
    expect(migration.migrated).toEqual([]);
    expect(migration.empty.map(({ ingress: name, message }) => `${name}: ${message}`)).toEqual([
      'default/web: nothing is written: its backends are resources, which neither ingress-nginx nor an HTTPRoute of the Gateway API serves; a Service has to stand for them',
      'default/all: nothing is written: its backends are resources, which neither ingress-nginx nor an HTTPRoute of the Gateway API serves; a Service has to stand for them',
    ]);
  });

  test('an Ingress whose paths another one has', () => {
    const rules = [path('a.test', '/', 'Prefix', 'main')];
    const migration = migrated([ingress('web', { rules }), ingress('web2', { rules })]);
    expect(migration.migrated).toHaveLength(1);
    expect(migration.empty).toMatchObject([{ message: expect.stringMatching(/other Ingresses have its paths/) }]);
  });
});

test('a Service that is not there keeps an Ingress back where it is not taken as there', () => {
  const web = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'gone')] });
  expect(migrated([web]).migrated).toEqual(['default/web']);
  expect(refusals(migrated([web], { assumeServices: false }))).toEqual([
    'default/web: a.test/: requests are answered with 503: Service default/gone does not exist; without --no-assume-services it is taken as there, if its port is given by number',
  ]);
});

test('a Service that is not there keeps an Ingress back that names its port, and is not said to be taken as there', () => {
  const web = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'gone:http')] });
  expect(refusals(migrated([web]))).toEqual([
    'default/web: a.test/: Service default/gone is not among the manifests, and which number its port "http" has cannot be told; give its manifest, or the number',
  ]);
});

test.each([
  ['external-dns.alpha.kubernetes.io/target', '1.2.3.4', /reads it from the Gateway alone/],
  [
    'external-dns.kubernetes.io/ttl',
    '60',
    /reads it from the HTTPRoute; put external-dns.kubernetes.io\/ttl: "60" there/,
  ],
  ['external-dns.alpha.kubernetes.io/ingress-hostname-source', 'annotation-only', /it is .*\/gateway-hostname-source;/],
  [
    'external-dns.alpha.kubernetes.io/internal-hostname',
    'a.test',
    /reads it neither of an Ingress nor of an HTTPRoute/,
  ],
])('%s is left out, with where it belongs on the other side', (key, value, text) => {
  const web = ingress('web', {
    rules: [path('a.test', '/', 'Prefix', 'main')],
    metadata: { annotations: { [key]: value } },
  });
  expect(migrated([web]).remarks).toMatchObject([{ message: expect.stringMatching(text) }]);
});
