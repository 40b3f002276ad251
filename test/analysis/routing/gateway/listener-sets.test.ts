import { Routes, sameRouting } from '../../../../analysis';
import { gateway, httpRoute, https, listener, notesOf, routesOf, rule, SERVICES, where } from './objects';

// ListenerSets, by https://gateway-api.sigs.k8s.io/geps/gep-1713/

const ALL = { namespaces: { from: 'All' } };

function open(listeners: readonly object[], allowedListeners: object | undefined = ALL): object {
  const made = gateway(listeners) as { readonly spec: object };
  return { ...made, spec: { ...made.spec, ...(allowedListeners && { allowedListeners }) } };
}

function set(name: string, listeners: readonly object[], parts: { namespace?: string; created?: string } = {}): object {
  const { namespace = 'shop', created } = parts;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: { name, namespace, ...(created && { creationTimestamp: created }) },
    spec: { parentRef: { name: 'web', namespace: 'infra' }, listeners },
  };
}

const to = (name: string, sectionName?: string) => ({
  parents: [{ kind: 'ListenerSet', name, ...(sectionName && { sectionName }) }],
});
const extra = set('extra', [listener('http', { port: 8080 })]);

describe('a ListenerSet', () => {
  test('adds listeners to a Gateway, and takes the routes that name it, which the Gateway itself does not', () => {
    const routes = routesOf(
      open([listener('http')]),
      extra,
      httpRoute('a', [rule('a')], to('extra')),
      httpRoute('b', [rule('b')]),
    );
    expect(where(routes, 'http://x.test:8080/')).toBe('a');
    expect(where(routes, 'http://x.test/')).toBe('b');
    expect(routes.table().map((row) => row.listener)).toEqual(['http:80', 'shop/extra/http:8080']);
    expect(routes.elsewhere).toEqual([]);
  });

  test('is taken by section name', () => {
    const two = set('extra', [listener('one', { port: 81 }), listener('two', { port: 82 })]);
    const routes = routesOf(open([listener('http')]), two, httpRoute('a', [rule('a')], to('extra', 'two')));
    expect([81, 82].map((port) => where(routes, `http://x.test:${port}/`))).toEqual(['404', 'a']);
    expect(notesOf(routesOf(open([listener('http')]), two, httpRoute('a', [rule('a')], to('extra', 'three'))))).toEqual(
      [
        'not-served HTTPRoute shop/a: no listener of the ListenerSet shop/extra has the name "three"; there are one (81), two (82)',
      ],
    );
  });

  test('adds nothing where the Gateway does not allow it, as it does by default', () => {
    const route = httpRoute('a', [rule('a')], to('extra'));
    for (const allowed of [undefined, { namespaces: { from: 'None' } }, { namespaces: { from: 'Same' } }]) {
      const closed = allowed === undefined ? gateway([listener('http')]) : open([listener('http')], allowed);
      const routes = routesOf(closed, extra, route);
      expect(where(routes, 'http://x.test:8080/')).toBe('404');
      expect(notesOf(routes)).toEqual([
        expect.stringContaining('not-served ListenerSet shop/extra: adds no listener to the Gateway infra/web: '),
        'not-served HTTPRoute shop/a: the ListenerSet shop/extra adds no listener to the Gateway infra/web',
      ]);
    }
    const selector = { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'shop' } } } };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'shop' } } };
    expect(where(routesOf(open([listener('http')], selector), extra, route, namespace), 'http://x.test:8080/')).toBe(
      'a',
    );
    expect(where(routesOf(open([listener('http')], selector), extra, route), 'http://x.test:8080/')).toBe('404');
  });

  test('takes routes of its own namespace, not of the Gateway, where it says Same', () => {
    const own = set('extra', [{ name: 'http', port: 8080, protocol: 'HTTP' }]);
    const routes = routesOf(open([listener('http')]), own, httpRoute('a', [rule('a')], to('extra')));
    expect(where(routes, 'http://x.test:8080/')).toBe('a');
  });

  test('gives way to the Gateway, then to the older one, then to the first by name', () => {
    const late = { created: '2026-01-02T00:00:00Z' };
    const early = { created: '2026-01-01T00:00:00Z' };
    const same = [listener('http', { port: 8080 })];
    const routes = [httpRoute('a', [rule('a')], to('one')), httpRoute('b', [rule('b')], to('two'))];
    const at = (...objects: readonly object[]) => where(routesOf(...objects, ...routes), 'http://x.test:8080/');
    expect(at(open([listener('http')]), set('one', same, late), set('two', same, early))).toBe('b');
    expect(at(open([listener('http')]), set('two', same), set('one', same))).toBe('a');
    expect(at(open(same), set('one', same), set('two', same))).toBe('404');
    expect(notesOf(routesOf(open(same), set('one', same)))).toEqual([
      'not-served ListenerSet shop/one: listener "http" is not served: the listener "http" comes first, of the same port and hostname',
    ]);
  });

  test('gives way to another protocol on its port', () => {
    const odd = set('one', [listener('tcp', { protocol: 'TCP' })]);
    const routes = routesOf(open([listener('http')]), odd, httpRoute('b', [rule('b')]));
    expect(where(routes, 'http://x.test/')).toBe('b');
    expect(notesOf(routes)[0]).toContain('comes first, of the same port and another protocol, HTTP');
  });

  test('needs a ReferenceGrant of its own for a certificate of another namespace', () => {
    const own = set('one', [https('https', { tls: { certificateRefs: [{ name: 'tls', namespace: 'certs' }] } })]);
    const grant = (kind: string, namespace: string) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      metadata: { name: 'tls', namespace: 'certs' },
      spec: { from: [{ group: 'gateway.networking.k8s.io', kind, namespace }], to: [{ group: '', kind: 'Secret' }] },
    });
    const at = (...objects: readonly object[]) =>
      where(
        routesOf(open([listener('http')]), own, httpRoute('a', [rule('a')], to('one')), ...objects),
        'https://x.test/',
      );
    expect(at()).toBe('404');
    expect(at(grant('Gateway', 'infra'))).toBe('404');
    expect(at(grant('ListenerSet', 'shop'))).toBe('a');
  });

  test('that is not among the manifests leaves its routes open', () => {
    const [one, other] = ['a', 'b'].map((name) =>
      Routes.of([httpRoute('web', [rule(name)], to('extra')), ...SERVICES]),
    );
    expect(one?.route({ url: 'http://x.test/' }).notes).toEqual([
      'it cannot be said whether HTTPRoute shop/web takes the request: its parent is the ListenerSet shop/extra, which is not among the manifests',
    ]);
    expect(sameRouting(one as Routes, other as Routes)).toMatchObject({ same: false, proven: false });
  });

  test('whose Gateway is not among the manifests is told so, and adds its listeners to one that is assumed', () => {
    const objects = [extra, httpRoute('a', [rule('a')], to('extra')), ...SERVICES];
    expect(Routes.of(objects).elsewhere).toMatchObject([{ parent: 'Gateway infra/web' }]);
    const assumed = Routes.of(objects, { assumeGateway: true });
    expect(assumed.problems).toEqual([]);
    expect(where(assumed, 'http://x.test:8080/')).toBe('a');
  });
});
