import { Cluster, Routes } from '../../../../analysis';
import { gateway, httpRoute, https, listener, notesOf, rule, SERVICES } from './objects';

const stream = (kind: string, name: string, spec: object = {}, created?: string) => ({
  apiVersion: `gateway.networking.k8s.io/${kind === 'TLSRoute' ? 'v1' : 'v1alpha2'}`,
  kind,
  metadata: { name, namespace: 'shop', ...(created === undefined ? {} : { creationTimestamp: created }) },
  spec: {
    parentRefs: [{ name: 'web', namespace: 'infra' }],
    rules: [{ backendRefs: [{ name: 'a', port: 80 }] }],
    ...spec,
  },
});

const GATEWAY = gateway([
  listener('http'),
  https('https', { hostname: 'www.shop.test' }),
  listener('pass', { port: 443, protocol: 'TLS', hostname: '*.shop.test', tls: { mode: 'Passthrough' } }),
  listener('db', { port: 5432, protocol: 'TCP' }),
  listener('dns', { port: 53, protocol: 'UDP' }),
]);

const read = (...objects: readonly object[]) => {
  const routes = Routes.ofGateway([GATEWAY, ...objects, ...SERVICES]);
  expect(routes.problems).toEqual([]);
  return routes;
};

/** The rows of connections: where they come in, and where they go. */
const rows = (routes: Routes) =>
  routes
    .table()
    .filter(({ path }) => path === '')
    .map(
      ({ host, pathType, listener: where, backends, error }) =>
        `${pathType} ${where} ${host}: ${error?.why ?? backends.map(({ service, probability }) => `${probability} ${service}`).join(', ')}`,
    );

describe('the table of routes', () => {
  test('has TLSRoutes by the names that they share with their listener', () => {
    const route = stream('TLSRoute', 'db', { hostnames: ['db.shop.test', 'other.test'] });
    expect(rows(read(route))).toEqual(['TLS pass:443 db.shop.test: 1 a']);
  });

  test('has TCPRoutes with their shares by weight', () => {
    const backendRefs = [
      { name: 'a', port: 80, weight: 3 },
      { name: 'b', port: 80 },
      { name: 'c', port: 80, weight: 0 },
    ];
    expect(rows(read(stream('TCPRoute', 'db', { rules: [{ backendRefs }] })))).toEqual([
      'TCP db:5432 null: 0.75 a, 0.25 b',
    ]);
  });

  test('has UDPRoutes, and says of a port that is not UDP that it leads nowhere', () => {
    expect(rows(read(stream('UDPRoute', 'dns')))).toEqual(['UDP dns:53 null: port 80 of Service shop/a is not UDP']);
    const dns = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'dns', namespace: 'shop' },
      spec: { ports: [{ port: 53, protocol: 'UDP' }] },
    };
    const route = stream('UDPRoute', 'dns', { rules: [{ backendRefs: [{ name: 'dns', port: 53 }] }] });
    expect(rows(read(route, dns))).toEqual(['UDP dns:53 null: 1 dns']);
  });

  test('has what leads nowhere, with the reason', () => {
    const to = (ref: object) => stream('TCPRoute', 'db', { rules: [{ backendRefs: [ref] }] });
    expect(rows(read(to({ name: 'gone', port: 80 })))).toEqual(['TCP db:5432 null: Service shop/gone does not exist']);
    expect(rows(read(to({ name: 'a', port: 81 })))).toEqual([
      'TCP db:5432 null: Service shop/a has no port 81; it has 80 (http)',
    ]);
    expect(rows(read(to({ name: 'a', namespace: 'team', port: 80 })))).toEqual([
      'TCP db:5432 null: no ReferenceGrant in team lets TCPRoutes of shop refer to Service a',
    ]);
  });

  test('gives what two routes want to the older one, and notes the other', () => {
    const [old, young] = ['2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'];
    const other = { rules: [{ backendRefs: [{ name: 'b', port: 80 }] }] };
    const routes = read(stream('TCPRoute', 'a', other, young), stream('TCPRoute', 'z', {}, old));
    expect(rows(routes)).toEqual(['TCP db:5432 null: 1 a']);
    expect(notesOf(routes)).toContain(
      'claimed-twice TCPRoute shop/a: connections to the listener "db" belong to TCPRoute shop/z, which comes first',
    );
  });

  test('passes no TLS on to a TCPRoute', () => {
    const parentRefs = [{ name: 'web', namespace: 'infra', sectionName: 'pass' }];
    const routes = read(stream('TCPRoute', 'db', { parentRefs }));
    expect(rows(routes)).toEqual([]);
    expect(notesOf(routes)).toContain(
      'not-served TCPRoute shop/db: listener "pass" does not take it: TLS that is passed on as it is takes TLSRoutes only',
    );
  });
});

describe('ways that lead in', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'a' } },
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'a' }] } },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a', namespace: 'shop' },
    spec: {
      selector: { app: 'a' },
      ports: [
        { name: 't', port: 80, targetPort: 8080 },
        { name: 'u', port: 80, targetPort: 8080, protocol: 'UDP' },
      ],
    },
  };
  const exposures = (...objects: readonly object[]) =>
    Cluster.from([GATEWAY, service, deployment, ...objects])
      .exposures()
      .map(({ via, protocol, to, reachable }) => [via.kind, protocol, to?.name, reachable]);

  test.each(['TLSRoute', 'TCPRoute', 'UDPRoute'])('hold those of a %s', (kind) => {
    const hostnames = kind === 'TLSRoute' ? { hostnames: ['db.shop.test'] } : {};
    expect(exposures(stream(kind, 'one', hostnames))).toEqual([[kind, kind === 'UDPRoute' ? 'UDP' : 'TCP', 'a', true]]);
  });

  test('say of a route of a mesh that no Gateway sees its requests', () => {
    const mesh = httpRoute('mesh', [rule('a')], { parents: [{ group: '', kind: 'Service', name: 'a' }] });
    const [row] = Cluster.from([GATEWAY, service, deployment, mesh]).exposures();
    expect(row).toMatchObject({
      reachable: false,
      why: 'HTTPRoute is for requests of pods to the Service shop/a, which come through no Gateway',
    });
  });
});

describe('what an API server refuses of a route of connections is an error read strictly, and a warning else:', () => {
  const v1 = (kind: string, spec: object) => ({
    ...stream(kind, 'db', spec),
    apiVersion: 'gateway.networking.k8s.io/v1',
  });
  const backendRefs = [{ name: 'a', port: 80 }];

  test.each([
    ['no rule', v1('TCPRoute', { rules: [] }), 'spec.rules holds no rule; give one'],
    [
      'several rules',
      v1('TCPRoute', { rules: [{ backendRefs }, { backendRefs }] }),
      'spec.rules holds 2 rules; give one',
    ],
    [
      'a rule without backends',
      v1('UDPRoute', { rules: [{}] }),
      'spec.rules[0].backendRefs holds no backend; give at least one',
    ],
    ['a TLSRoute without hostnames', v1('TLSRoute', {}), 'spec.hostnames holds no hostname; give at least one'],
  ])('%s', (_, route, message) => {
    const told = [expect.objectContaining({ message: expect.stringContaining(`shop/db: ${message}`) })];
    expect(Routes.ofGateway([GATEWAY, route, ...SERVICES]).problems).toEqual(told);
    const tolerant = Routes.ofGateway([GATEWAY, route, ...SERVICES], { input: 'tolerant' });
    expect([tolerant.problems, tolerant.warnings]).toEqual([[], told]);
  });

  test('the experimental channel has several rules, and TLSRoutes for every name', () => {
    const old = { ...stream('TLSRoute', 'db', { rules: [{ backendRefs }, { backendRefs }] }) };
    expect(rows(read({ ...old, apiVersion: 'gateway.networking.k8s.io/v1alpha2' }))).toEqual([
      'TLS pass:443 *.shop.test: 1 a',
    ]);
  });

  test('a TLSRoute of v1 may have more hostnames than other routes', () => {
    const hostnames = Array.from({ length: 40 }, (_, index) => `h${index}.shop.test`);
    expect(rows(read(v1('TLSRoute', { hostnames })))).toHaveLength(40);
  });
});
