import { Cluster, Routes, sameRouting } from '../../../../analysis';
import { ingress, path as ingressPath } from '../objects';
import { gateway, httpRoute, listener, notesOf, path, redirect, rule, SERVICES, where } from './objects';

// Routes whose Gateway stands in another repository.

const HOSTS = { hostnames: ['shop.test'] };
const web = httpRoute('web', [rule('a', path('/cart')), rule('b')], HOSTS);
const NOTE =
  'it cannot be said whether HTTPRoute shop/web takes the request: its Gateway infra/web is not among the manifests; --assume-gateway takes it as there';

const read = (...objects: readonly object[]) => Routes.of([...objects, ...SERVICES]);
const assumed = (...objects: readonly object[]) => Routes.of([...objects, ...SERVICES], { assumeGateway: true });
const at = (sectionName?: string, port?: number) => ({
  ...HOSTS,
  parents: [{ name: 'web', namespace: 'infra', ...(sectionName && { sectionName }), ...(port && { port }) }],
});

describe('a route whose Gateway is not among the manifests', () => {
  test('is told in the note of every answer that it might have changed, and of no other', () => {
    const routes = read(web);
    expect(routes.route({ url: 'http://shop.test/' })).toEqual({ outcome: 'not-found', notes: [NOTE] });
    expect(routes.route({ url: 'https://shop.test:8443/cart' })).toEqual({ outcome: 'not-found', notes: [NOTE] });
    expect(routes.route({ url: 'http://other.test/' })).toEqual({ outcome: 'not-found' });
  });

  test('is told beside what another Gateway or an Ingress makes of the request', () => {
    const other = { ...HOSTS, parents: [{ name: 'other', namespace: 'infra' }] };
    const served = httpRoute('served', [rule('c')], other);
    const gateways = read(web, gateway([listener('http')], { name: 'other' }), served);
    expect(gateways.route({ url: 'http://shop.test/' })).toMatchObject({ outcome: 'backends', notes: [NOTE] });
    const old = ingress('old', { namespace: 'shop', rules: [ingressPath('shop.test', '/', 'Prefix', 'c')] });
    expect(read(web, old).route({ url: 'http://shop.test/' })).toMatchObject({ outcome: 'backends', notes: [NOTE] });
    expect(notesOf(read(web, old))).toEqual([
      'not-served HTTPRoute shop/web: is attached to the Gateway infra/web, which is not among the manifests; --assume-gateway takes it as there',
    ]);
  });

  test('makes two sets of manifests not decided, whether or not they are the same', () => {
    const changed = httpRoute('web', [rule('a')], HOSTS);
    for (const after of [changed, web]) {
      const comparison = sameRouting(read(web), read(after));
      expect(comparison).toMatchObject({ same: false, proven: false, differences: [] });
      expect(comparison.undecided.map(({ what }) => what)).toEqual([
        'HTTPRoute shop/web is attached to the Gateway infra/web, which is not among the manifests; --assume-gateway takes it as there',
      ]);
    }
    expect(sameRouting(read(web), read())).toMatchObject({ same: false, proven: false });
    expect(sameRouting(read(), read(web))).toMatchObject({ same: false, proven: false });
  });

  test.each([
    [HOSTS, 'http://shop.test/cart'],
    [at('https'), 'https://shop.test/cart'],
    [at(undefined, 8443), 'https://shop.test:8443/cart'],
    [
      { hostnames: ['*.test'], parents: [{ name: 'web', namespace: 'infra', port: 8080 }] },
      'http://www.test:8080/cart',
    ],
    [{}, 'http://other.example/cart'],
  ])('is told with a request that it may take: %j, %s', (parts, url) => {
    const [before, after] = ['a', 'b'].map((to) => read(httpRoute('web', [rule(to, path('/cart'))], parts)));
    expect(sameRouting(before as Routes, after as Routes).undecided.map(({ request }) => request.url)).toEqual([url]);
    expect((before as Routes).route({ url }).notes).toEqual([NOTE]);
  });

  test('beside routes that are served is taken as the same where it is, and not decided where it is not', () => {
    const other = gateway([listener('http')], { name: 'other' });
    const served = httpRoute('served', [rule('c')], { parents: [{ name: 'other', namespace: 'infra' }] });
    const same = sameRouting(read(web, other, served), read(served, web, other));
    expect(same).toMatchObject({ same: true, proven: true });
    expect(same.assumed[0]).toContain('HTTPRoute shop/web is attached to the Gateway infra/web');
    const changed = httpRoute('web', [rule('a')], HOSTS);
    expect(sameRouting(read(web, other, served), read(changed, other, served))).toMatchObject({ proven: false });
    expect(sameRouting(read(web, other, served), read(other, served))).toMatchObject({ proven: false });
  });
});

describe('an assumed Gateway', () => {
  test('admits the routes which name it, over HTTP and HTTPS, and a note says what is assumed', () => {
    const routes = assumed(web);
    expect(where(routes, 'http://shop.test/cart/x')).toBe('a');
    expect(where(routes, 'https://shop.test/')).toBe('b');
    expect(where(routes, 'http://shop.test:8080/')).toBe('404');
    expect(routes.route({ url: 'http://shop.test/' }).notes).toBeUndefined();
    expect(notesOf(routes)).toEqual([
      'assumed HTTPRoute shop/web: the Gateway infra/web is not among the manifests; taken as one that admits it, with HTTP on port 80 and HTTPS on port 443',
    ]);
  });

  test('has a listener for each section that is named, of the protocol that the name stands for', () => {
    const routes = assumed(
      httpRoute('to-https', [redirect({ scheme: 'https' })], at('http')),
      httpRoute('web', [rule('a')], at('websecure')),
    );
    expect(where(routes, 'http://shop.test/')).toBe('302 https://shop.test/');
    expect(where(routes, 'https://shop.test/')).toBe('a');
    const odd = assumed(httpRoute('web', [rule('a')], at('public')));
    expect([where(odd, 'http://shop.test/'), where(odd, 'https://shop.test/')]).toEqual(['a', 'a']);
  });

  test('has several sections of one protocol as one listener, since hostnames of listeners are not known', () => {
    const routes = assumed(
      httpRoute('one', [rule('a')], { ...at('https-one'), hostnames: ['one.test'] }),
      httpRoute('two', [rule('b')], { ...at('https-two'), hostnames: ['two.test'] }),
    );
    expect([where(routes, 'https://one.test/'), where(routes, 'https://two.test/')]).toEqual(['a', 'b']);
  });

  test('listens where a port says', () => {
    const routes = assumed(
      httpRoute('one', [rule('a')], at(undefined, 8443)),
      httpRoute('two', [rule('b')], at('plain', 8080)),
    );
    expect(where(routes, 'https://shop.test:8443/')).toBe('a');
    expect(where(routes, 'http://shop.test:8080/')).toBe('b');
    expect(where(routes, 'http://shop.test/')).toBe('404');
  });

  test('makes a difference of two sets of routes show', () => {
    const changed = httpRoute('web', [rule('a')], HOSTS);
    expect(sameRouting(assumed(web), assumed(web))).toMatchObject({ same: true, proven: true });
    expect(sameRouting(assumed(web), assumed(changed)).difference?.request.url).toBe('http://shop.test/');
  });

  test('has to be chosen where there are several', () => {
    const other = httpRoute('other', [rule('c')], { parents: [{ name: 'other', namespace: 'infra' }] });
    expect(assumed(web, other).problems.map(({ message }) => message)).toEqual([
      'there are the Gateways "infra/other", "infra/web"; choose one',
    ]);
    const chosen = Routes.of([web, other, ...SERVICES], { assumeGateway: true, gateway: 'infra/other' });
    expect(where(chosen, 'http://other.test/')).toBe('c');
    expect(chosen.route({ url: 'http://shop.test/' }).notes).toEqual([NOTE]);
    expect(Routes.of([web], { gateway: 'infra/web' }).problems.map(({ message }) => message)).toEqual([
      'no Gateway is "infra/web", as NAMESPACE/NAME; there is none; routes name it: --assume-gateway takes it as there',
    ]);
  });

  test('has to be chosen beside Ingresses', () => {
    const old = ingress('old', { namespace: 'shop', rules: [ingressPath('shop.test', '/', 'Prefix', 'c')] });
    expect(assumed(web, old).problems.map(({ message }) => message)).toEqual([
      'there are Ingresses of the class "nginx", and routes whose Gateways are not among the manifests; choose one',
    ]);
  });
});

describe('a route that nobody here reads', () => {
  const waypoint = { parents: [{ group: 'agent.example', kind: 'Waypoint', name: 'web' }], ...HOSTS };
  const mesh = { parents: [{ group: '', kind: 'Service', name: 'a' }] };
  const tcp = (to: string, parent = 'web') => ({
    apiVersion: 'gateway.networking.k8s.io/v1alpha2',
    kind: 'TCPRoute',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      parentRefs: [{ name: parent, namespace: 'infra' }],
      rules: [{ backendRefs: [{ name: to, port: 80 }] }],
    },
  });

  test('with a parent of another kind is told in the note of every answer that it might have changed', () => {
    const routes = read(httpRoute('web', [rule('a', path('/cart'))], waypoint));
    expect(routes.route({ url: 'http://shop.test/cart' })).toEqual({
      outcome: 'not-found',
      notes: [
        'it cannot be said whether HTTPRoute shop/web takes the request: its parent Waypoint shop/web is known to few implementations, and not read',
      ],
    });
    expect(routes.route({ url: 'http://shop.test/' })).toEqual({ outcome: 'not-found' });
  });

  test('makes two sets of manifests not decided that hold nothing else', () => {
    const cases: [object, object][] = [
      [httpRoute('web', [rule('a')], waypoint), httpRoute('web', [rule('b')], waypoint)],
      [httpRoute('web', [rule('a')], mesh), httpRoute('web', [rule('b')], mesh)],
      [tcp('a'), tcp('b')],
    ];
    for (const [one, other] of cases) {
      for (const after of [one, other]) {
        expect(sameRouting(read(one), read(after))).toMatchObject({ same: false, proven: false, differences: [] });
      }
      expect(sameRouting(read(one), read())).toMatchObject({ same: false, proven: false });
    }
  });

  test('beside routes that are served is taken as the same only where it is', () => {
    const tcpListener = listener('tcp', { port: 5432, protocol: 'TCP' });
    const own = [gateway([listener('http'), tcpListener]), httpRoute('served', [rule('c')])];
    for (const [one, other] of [
      [httpRoute('web', [rule('a')], waypoint), httpRoute('web', [rule('b')], waypoint)],
      [httpRoute('web', [rule('a')], mesh), httpRoute('web', [rule('b')], mesh)],
      [tcp('a'), tcp('b')],
    ] as const) {
      expect(sameRouting(read(...own, one), read(...own, one))).toMatchObject({ same: true, proven: true });
      expect(sameRouting(read(...own, one), read(...own, other))).toMatchObject({ proven: false });
      expect(sameRouting(read(...own, one), read(...own))).toMatchObject({ proven: false });
    }
  });
});

// Routes of a namespace whose labels a listener asks for, and whose Namespace stands in another repository.

describe('a route of a namespace that is not among the manifests', () => {
  const SELECTOR = { from: 'Selector', selector: { matchLabels: { shared: 'yes' } } };
  const selecting = (selector: object = SELECTOR) =>
    gateway([listener('http', { allowedRoutes: { namespaces: selector } })]);
  const shop = (labels: Record<string, string> = {}) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels },
  });
  const UNKNOWN =
    'a listener of the Gateway infra/web asks for labels of the namespace shop, which is not among the manifests';

  test('is not known to be served where a listener takes routes by labels of the namespace', () => {
    const routes = read(selecting(), web);
    expect(routes.route({ url: 'http://shop.test/' })).toEqual({
      outcome: 'not-found',
      notes: [`it cannot be said whether HTTPRoute shop/web takes the request: its namespace is not known: ${UNKNOWN}`],
    });
    expect(notesOf(routes)).toEqual([
      'not-served HTTPRoute shop/web: listener "http" may take it or not: it asks for labels of the namespace shop, which is not among the manifests',
    ]);
  });

  test('is served or not where the Namespace is among the manifests, or its name is enough', () => {
    const outcome = (...objects: object[]) => read(web, ...objects).route({ url: 'http://shop.test/' });
    expect(outcome(selecting(), shop())).toEqual({ outcome: 'not-found' });
    expect(outcome(selecting(), shop({ shared: 'yes' }))).toMatchObject({ outcome: 'backends' });
    const byName = (name: string, labels: object = {}) =>
      selecting({ from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': name, ...labels } } });
    expect(outcome(byName('shop'))).toMatchObject({ outcome: 'backends' });
    expect(outcome(byName('other', { shared: 'yes' }))).toEqual({ outcome: 'not-found' });
  });

  test('is not known to be served where a label must not be there', () => {
    const selector = { matchExpressions: [{ key: 'private', operator: 'DoesNotExist' }] };
    expect(read(selecting({ from: 'Selector', selector }), web).route({ url: 'http://shop.test/' })).toMatchObject({
      outcome: 'not-found',
      notes: [expect.stringContaining('it cannot be said whether HTTPRoute shop/web takes the request')],
    });
  });

  test('makes two sets of manifests not decided where it changes, and not where it stays', () => {
    const changed = httpRoute('web', [rule('a')], HOSTS);
    expect(sameRouting(read(selecting(), web), read(selecting(), web))).toMatchObject({ same: true });
    const { same, undecided } = sameRouting(read(selecting(), web), read(selecting(), changed));
    expect([same, undecided.map(({ what }) => what)]).toEqual([
      false,
      [`HTTPRoute shop/web may be served or not: ${UNKNOWN}`],
    ]);
  });

  test('is a way in of which it is not known whether it leads to the pods', () => {
    const pods = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'b', namespace: 'shop' },
      spec: { template: { metadata: { labels: { app: 'b' } }, spec: { containers: [] } } },
    };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'b', namespace: 'shop' },
      spec: { selector: { app: 'b' }, ports: [{ port: 80 }] },
    };
    const all = httpRoute('web', [rule('b')], HOSTS);
    const way = (...objects: object[]) => Cluster.from([selecting(), all, pods, service, ...objects]).exposures()[0];
    expect(way()).toMatchObject({ reachable: null, why: `whether the Gateway takes it is not known: ${UNKNOWN}` });
    expect(way(shop())).toMatchObject({ reachable: false });
    expect(way(shop({ shared: 'yes' }))).toMatchObject({ reachable: true });
  });
});
