import { Routes, sameRouting } from '../../../analysis';
import { controller, ingress, path } from '../routing/objects';
import { listenersOf, migrated, refusals, rulesOf, services, written } from './helper';

const old = ingress('web', {
  annotations: { 'permanent-redirect': 'https://new.test$request_uri' },
  rules: [path('a.test', '/', 'Prefix', 'main')],
});

describe('the release of the controller', () => {
  test('decides what is taken over: from 1.12 on, a redirect with a variable keeps its Ingress from being served', () => {
    const before = migrated([old], { controllerVersion: '1.11', input: 'tolerant' });
    expect([before.migrated, before.empty.length]).toEqual([['default/web'], 0]);
    const since = migrated([old], { controllerVersion: '1.12', input: 'tolerant' });
    expect([since.migrated, since.empty.map((one) => one.ingress)]).toEqual([[], ['default/web']]);
  });

  test('fails where it is none that is followed', () => {
    expect(() => migrated([old], { controllerVersion: '1.16' })).toThrow(
      'controllerVersion is "1.16"; give a release from 1.8 to 1.15, such as "1.12.1"',
    );
  });
});

describe('the ConfigMap of the controller', () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'conf', namespace: 'edge' },
    data: { 'http-redirect-code': '301', 'ssl-redirect': 'true' },
  };
  const web = ingress('web', {
    tls: [{ hosts: ['a.test'], secretName: 'a-tls' }],
    rules: [path('a.test', '/', 'Prefix', 'main')],
  });

  test('is read by its name where no controller is among the manifests', () => {
    const statusOf = (configMap: string | undefined) => {
      const migration = migrated([web, config], configMap === undefined ? {} : { configMap });
      expect(migration).toMatchObject({ migrated: ['default/web'], comparison: { proven: true } });
      return rulesOf(migration, 'web-redirect');
    };
    const redirect = (statusCode: number) => [{ filters: [{ requestRedirect: { scheme: 'https', statusCode } }] }];
    expect(statusOf(undefined)).toMatchObject(redirect(308));
    expect(statusOf('edge/conf')).toMatchObject(redirect(301));
  });

  test('fails where there is none of its name', () => {
    expect(migrated([web, config], { configMap: 'edge/other' })).toMatchObject({
      objects: [],
      problems: [{ code: 'unknown-config-map' }],
    });
  });
});

describe('use-forwarded-headers', () => {
  const objects = [
    ingress('web', {
      tls: [{ hosts: ['a.test'], secretName: 'a-tls' }],
      rules: [path('a.test', '/', 'Prefix', 'main')],
    }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'conf', namespace: 'edge' },
      data: { 'use-forwarded-headers': 'true' },
    },
  ];
  const configMap = 'edge/conf';

  test('keeps an Ingress back where TLS does not end in front, with what to give', () => {
    expect(refusals(migrated(objects, { configMap }))).toEqual([
      expect.stringContaining('takes the scheme from X-Forwarded-Proto; where TLS ends at a load balancer in front'),
    ]);
  });

  test.each(['load-balancer', 'header'] as const)(
    'is taken over behind a load balancer (%s) but for X-Forwarded-Host, which can be accepted',
    (forwardedTls) => {
      const left = migrated(objects, { configMap, forwardedTls });
      expect(left.refused).toMatchObject([{ acceptable: ['forwarded-host'], reasons: [] }]);
      const [only] = left.refused.flatMap(({ differences }) => differences);
      expect(only?.request.headers).toHaveProperty('x-forwarded-host');
      const taken = migrated(objects, { configMap, forwardedTls, accept: ['redirect-slash', 'forwarded-host'] });
      expect(taken).toMatchObject({ migrated: ['default/web'], comparison: { same: true, proven: true } });
      expect(taken.comparison.accepted.map(({ name }) => name)).toContain('forwarded-host');
    },
  );

  test('hides no other difference of requests with X-Forwarded-Host', () => {
    const before = Routes.ofIngressNginx([...services, ...objects], { configMap });
    const other = ingress('web', {
      tls: [{ hosts: ['a.test'], secretName: 'a-tls' }],
      rules: [path('a.test', '/', 'Prefix', 'other')],
    });
    const after = Routes.ofIngressNginx([...services, other]);
    const { differences } = sameRouting(before, after, { accept: ['forwarded-host'] });
    expect(differences.some(({ names }) => names.length === 0)).toBe(true);
  });
});

describe('the certificate of --default-ssl-certificate', () => {
  const web = ingress('web', { tls: [{ hosts: ['a.test'] }], rules: [path('a.test', '/', 'Prefix', 'main')] });
  const own = controller(['--default-ssl-certificate=edge/all-tls']);

  test('is that of hosts that name none, by a listener without hostname, a grant, and a word about it', () => {
    const migration = migrated([web, own]);
    expect(migration).toMatchObject({ migrated: ['default/web'], refused: [], comparison: { proven: true } });
    expect(listenersOf(migration)).toMatchObject([
      { name: 'http' },
      { name: 'https', tls: { certificateRefs: [{ name: 'all-tls', namespace: 'edge' }] } },
    ]);
    expect(written(migration, 'ReferenceGrant')).toMatchObject([
      { metadata: { namespace: 'edge' }, spec: { to: [{ kind: 'Secret', name: 'all-tls' }] } },
    ]);
    expect(migration.premises).toEqual([
      'hosts whose Ingresses name no certificate have that of Secret edge/all-tls, by --default-ssl-certificate of Deployment ingress-nginx/c; --default-certificate names another',
    ]);
  });

  test('gives way to one that is asked for, and to a load balancer that ends TLS', () => {
    const asked = migrated([web, own], { defaultCertificate: { namespace: 'infra', name: 'mine' } });
    expect(listenersOf(asked)[1]).toMatchObject({ tls: { certificateRefs: [{ name: 'mine' }] } });
    const behind = migrated([web, own], { forwardedTls: 'load-balancer' });
    expect(listenersOf(behind).map(({ name }) => name)).toEqual(['http']);
    expect([...asked.premises, ...behind.premises].join()).not.toMatch('all-tls');
  });

  test('without it, and where the argument names none, the Ingress is left out', () => {
    for (const args of [[], ['--default-ssl-certificate=all-tls'], ['--default-ssl-certificate=']]) {
      expect(refusals(migrated([web, controller(args)]))).toEqual([
        'default/web: no secretName of a TLS section is for a.test; ingress-nginx serves its own certificate; --default-certificate NAMESPACE/NAME gives one',
      ]);
    }
  });
});

describe('a wildcard host beside an exact one, without TLS', () => {
  const shop = ingress('shop', { rules: [path('shop.test.io', '/cart', 'Prefix', 'main')] });
  const all = ingress('all', { rules: [path('*.test.io', '/', 'Prefix', 'other')] });

  test('is left out, and what would have to be accepted is named with the host', () => {
    const { refused, migrated: taken } = migrated([shop, all], { gatewayClass: 'any' });
    expect(taken).toEqual(['default/shop']);
    expect(refused).toMatchObject([
      {
        ingress: 'default/all',
        reasons: [],
        acceptable: ['wildcard-beside-exact=*.test.io', 'wildcard-labels=*.test.io'],
      },
    ]);
  });

  test('is taken over where that is accepted, of every host or by the host', () => {
    for (const accept of [
      ['wildcard-beside-exact', 'wildcard-labels'],
      ['wildcard-beside-exact=*.test.io', 'wildcard-labels=*.test.io'],
      ['wildcard-beside-exact=shop.test.io', 'wildcard-labels'],
      ['wildcard-beside-exact=*.io', 'wildcard-labels=*.io'],
    ] as const) {
      const { migrated: taken, comparison } = migrated([shop, all], {
        gatewayClass: 'any',
        accept: [...accept, 'controller-paths'],
      });
      expect([taken, comparison.same, comparison.undecided]).toEqual([['default/shop', 'default/all'], true, []]);
      expect(comparison.accepted.map(({ name, request }) => [name, request.url])).toEqual([
        ['wildcard-beside-exact', 'http://shop.test.io/'],
        ['wildcard-labels', 'http://other.other.test.io/'],
        ['controller-paths', 'http://other.other.test.io/healthz'],
      ]);
    }
  });

  test.each([
    [['wildcard-labels'], 'http://shop.test.io/'],
    [['wildcard-beside-exact'], 'http://other.other.test.io/'],
    [['wildcard-beside-exact=cart.test.io', 'wildcard-labels'], 'http://shop.test.io/'],
    [['wildcard-beside-exact=other.test.io', 'wildcard-labels=other.other.test.io'], 'http://other.other.test.io/'],
    [['wildcard-beside-exact', 'wildcard-labels=*.other.test.io'], 'http://other.other.test.io/'],
  ] as const)('is left out where less is accepted: %j', (accept, url) => {
    const { refused } = migrated([shop, all], { gatewayClass: 'any', accept: [...accept, 'controller-paths'] });
    const [only] = refused.map(({ differences }) => differences.map(({ request }) => request.url));
    expect(only).toContain(url);
  });

  test('needs less where the implementation keeps hostnames apart', () => {
    const { refused } = migrated([shop, all], { target: 'envoy-gateway' });
    expect(refused).toMatchObject([{ acceptable: ['wildcard-labels=*.test.io'] }]);
  });

  test('fails where what is accepted is no difference, or has no host', () => {
    const accepting = (text: string) => () => migrated([shop], { accept: [text as 'settings'] });
    expect(accepting('wildcard=*.test.io')).toThrow(/^accept is "wildcard=\*\.test\.io"; give redirect-status, /);
    expect(accepting('settings=a.test')).toThrow('accept is "settings=a.test"; settings are of no host');
    expect(accepting('path-case=')).toThrow(/give a host behind the name/);
    expect(accepting('path-case=http://a')).toThrow(/give a host behind the name/);
  });
});
