import { gateway, httpRoute, https, listener, notesOf, routesOf, rule, where } from './objects';

const all = httpRoute('one', [rule('a')]);
const namespaced = (name: string, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

describe('listeners', () => {
  test('take HTTP or HTTPS on their port, and nothing else', () => {
    const routes = routesOf(gateway([listener('http'), https('https'), listener('odd', { port: 8080 })]), all);
    expect(where(routes, 'http://x/')).toBe('a');
    expect(where(routes, 'https://x/')).toBe('a');
    expect(where(routes, 'http://x:8080/')).toBe('a');
    expect(where(routes, 'https://x:8080/')).toBe('404');
    expect(where(routes, 'http://x:81/')).toBe('404');
    expect(routes.explain({ url: 'http://x:81/' }).because).toEqual(['no listener takes http on port 81']);
  });

  test('of other protocols take no HTTPRoute', () => {
    const routes = routesOf(
      gateway([listener('tcp', { protocol: 'TCP' }), listener('dns', { protocol: 'UDP', port: 53 })]),
      all,
    );
    expect(where(routes, 'http://x/')).toBe('404');
    expect(notesOf(routes)).toEqual([
      'not-served HTTPRoute shop/one: listener "tcp" does not take it: the protocol TCP has no HTTPRoutes; listener "dns" does not take it: the protocol UDP has no HTTPRoutes',
    ]);
  });

  test('pass TLS on, and the answer says that nobody knows more', () => {
    const tls = listener('pass', { port: 443, protocol: 'TLS', hostname: 'x.test', tls: { mode: 'Passthrough' } });
    const routes = routesOf(gateway([tls, https('https')]), all);
    expect(where(routes, 'https://y.test/')).toBe('a');
    expect(where(routes, 'https://x.test/')).toBe('404');
    expect(routes.route({ url: 'https://x.test/' }).notes).toEqual([
      'listener pass passes TLS on without reading it: a TLSRoute or TCPRoute decides where connections go, as the table of routes says',
    ]);
  });

  test('whose protocols cannot share a port are not served, none of them', () => {
    const routes = routesOf(gateway([listener('http', { port: 443 }), https('https', { hostname: 'x.test' })]), all);
    expect(where(routes, 'http://x.test:443/')).toBe('404');
    expect(where(routes, 'https://x.test/')).toBe('404');
    expect(notesOf(routes)).toEqual([
      'not-served Gateway infra/web: listener "http" is not served: the protocols HTTP, HTTPS cannot share the port 443',
      'not-served Gateway infra/web: listener "https" is not served: the protocols HTTP, HTTPS cannot share the port 443',
      'not-served HTTPRoute shop/one: listener "http" does not take it: it is not served; listener "https" does not take it: it is not served',
    ]);
  });

  test('that TLS and HTTPS have alike are not served, neither of them', () => {
    const tls = listener('pass', { port: 443, protocol: 'TLS', hostname: 'x.test', tls: { mode: 'Passthrough' } });
    const routes = routesOf(gateway([tls, https('https', { hostname: 'x.test' }), https('other')]), all);
    expect(notesOf(routes).slice(0, 2)).toEqual([
      'not-served Gateway infra/web: listener "pass" is not served: nobody can tell it from the listener "https", of the same port and hostname',
      'not-served Gateway infra/web: listener "https" is not served: nobody can tell it from the listener "pass", of the same port and hostname',
    ]);
    expect(where(routes, 'https://x.test/')).toBe('a');
  });

  test('may have their protocol in any case', () => {
    expect(where(routesOf(gateway([listener('http', { protocol: 'http' })]), all), 'http://x/')).toBe('a');
  });
});

describe('certificates', () => {
  const secret = (data: object, namespace = 'infra') => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'tls', namespace },
    type: 'kubernetes.io/tls',
    data,
  });
  const whole = { 'tls.crt': 'x', 'tls.key': 'x' };
  const other = https('https', { tls: { certificateRefs: [{ name: 'tls', namespace: 'certs' }] } });
  const grant = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    metadata: { name: 'g', namespace: 'certs' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra' }],
      to: [{ group: '', kind: 'Secret' }],
    },
  };

  test('in a Secret of the manifests are used without a word', () => {
    const routes = routesOf(gateway([https('https')]), secret(whole), all);
    expect(where(routes, 'https://x/')).toBe('a');
    expect(notesOf(routes)).toEqual([]);
  });

  test('in a Secret that is elsewhere are taken as there, with a note', () => {
    const routes = routesOf(gateway([https('https')]), all);
    expect(where(routes, 'https://x/')).toBe('a');
    expect(notesOf(routes)).toEqual([
      'no-secret Gateway infra/web: Secret infra/tls is not among the manifests; taken as there',
    ]);
  });

  test.each(['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'])(
    'that cert-manager makes for the Gateway, by the annotation %s, need no note',
    (annotation) => {
      const issued = gateway([https('https', { hostname: 'x.test' })], { annotations: { [annotation]: 'ca' } });
      expect(notesOf(routesOf(issued, all))).toEqual([]);
    },
  );

  // cert-manager makes no Secret of another namespace for a Gateway, and none for every host.
  test('that cert-manager does not make though the Gateway names an issuer are noted', () => {
    const annotations = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };
    expect(notesOf(routesOf(gateway([other], { annotations }), grant, all))).toEqual([
      'no-secret Gateway infra/web: Secret certs/tls is not among the manifests; taken as there',
    ]);
    expect(notesOf(routesOf(gateway([https('https')], { annotations }), all))).toEqual([
      'no-secret Gateway infra/web: Secret infra/tls is not among the manifests; taken as there',
    ]);
  });

  test('that a Certificate of cert-manager makes need no note, in its namespace and by its secretName', () => {
    const certificate = (secretName: string, namespace: string) => ({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'any', namespace },
      spec: { secretName, issuerRef: { name: 'ca' }, dnsNames: ['x'] },
    });
    expect(notesOf(routesOf(gateway([https('https')]), certificate('tls', 'infra'), all))).toEqual([]);
    expect(notesOf(routesOf(gateway([other]), grant, certificate('tls', 'certs'), all))).toEqual([]);
    for (const elsewhere of [certificate('tls', 'certs'), certificate('any', 'infra')]) {
      expect(notesOf(routesOf(gateway([https('https')]), elsewhere, all))).toEqual([
        'no-secret Gateway infra/web: Secret infra/tls is not among the manifests; taken as there',
      ]);
    }
  });

  test('that a Secret does not hold leave the listener unserved', () => {
    const routes = routesOf(gateway([https('https')]), secret({ 'tls.crt': 'x' }), all);
    expect(where(routes, 'https://x/')).toBe('404');
    expect(notesOf(routes)[0]).toBe(
      'not-served Gateway infra/web: listener "https" is not served: Secret infra/tls holds no tls.crt with tls.key',
    );
  });

  test('of other namespaces need a ReferenceGrant', () => {
    expect(where(routesOf(gateway([other]), secret(whole, 'certs'), grant, all), 'https://x/')).toBe('a');
    const routes = routesOf(gateway([other]), secret(whole, 'certs'), all);
    expect(where(routes, 'https://x/')).toBe('404');
    expect(notesOf(routes)[0]).toBe(
      'not-served Gateway infra/web: listener "https" is not served: no ReferenceGrant in certs lets Gateways of infra refer to Secret tls',
    );
  });

  test('that may be used serve, beside others that may not', () => {
    const both = https('https', { tls: { certificateRefs: [{ name: 'tls', namespace: 'certs' }, { name: 'tls' }] } });
    const routes = routesOf(gateway([both]), secret(whole), all);
    expect(where(routes, 'https://x/')).toBe('a');
    expect(notesOf(routes)).toEqual([
      'assumed Gateway infra/web: no ReferenceGrant in certs lets Gateways of infra refer to Secret tls; served with the others',
    ]);
  });

  test('are needed: HTTPS without tls is not served', () => {
    const routes = routesOf(gateway([listener('https', { port: 443, protocol: 'HTTPS' })]), all);
    expect(where(routes, 'https://x/')).toBe('404');
    expect(notesOf(routes)[0]).toBe('not-served Gateway infra/web: listener "https" is not served: it has no tls');
  });
});

describe('allowedRoutes', () => {
  const from = (namespaces: object | undefined, ...objects: object[]) =>
    routesOf(
      gateway([listener('http', { allowedRoutes: namespaces === undefined ? undefined : { namespaces } })]),
      ...objects,
    );
  const own = httpRoute('own', [rule('a')], { namespace: 'infra' });
  const ofA = { from: 'Selector', selector: { matchLabels: { team: 'a' } } };

  test('are those of the same namespace where nothing else is said', () => {
    for (const allowed of [undefined, {}, { from: 'Same' }]) {
      expect(where(from(allowed, own), 'http://x/')).toBe('500');
      const routes = from(allowed, all);
      expect(where(routes, 'http://x/')).toBe('404');
      expect(notesOf(routes)).toEqual([
        'not-served HTTPRoute shop/one: listener "http" does not take it: it takes routes of the namespace infra only',
      ]);
    }
  });

  test('All are those of every namespace', () => {
    expect(where(from({ from: 'All' }, all), 'http://x/')).toBe('a');
  });

  test('by Selector are those whose namespace has the labels', () => {
    expect(where(from(ofA, namespaced('shop', { team: 'a' }), all), 'http://x/')).toBe('a');
    const routes = from(ofA, namespaced('shop', { team: 'b' }), all);
    expect(where(routes, 'http://x/')).toBe('404');
    expect(notesOf(routes)).toEqual([
      'not-served HTTPRoute shop/one: listener "http" does not take it: its selector does not select the namespace shop',
    ]);
    expect(where(from(ofA, own), 'http://x/')).toBe('404');
  });

  test('every namespace has a label with its name, and of one that is not among the manifests no other is known', () => {
    const byName = { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
    expect(where(from(byName, all), 'http://x/')).toBe('a');
    expect(where(from(byName, namespaced('shop'), all), 'http://x/')).toBe('a');
    expect(notesOf(from(ofA, all))).toEqual([
      'not-served HTTPRoute shop/one: listener "http" may take it or not: it asks for labels of the namespace shop, which is not among the manifests',
    ]);
  });

  test('matchExpressions are understood', () => {
    const selector = { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['b'] }] };
    expect(where(from({ from: 'Selector', selector }, namespaced('shop'), all), 'http://x/')).toBe('a');
    expect(where(from({ from: 'Selector', selector }, namespaced('shop', { team: 'b' }), all), 'http://x/')).toBe(
      '404',
    );
  });

  test('by kind have to have HTTPRoute', () => {
    const kinds = (...names: string[]) =>
      routesOf(
        gateway([
          listener('http', { allowedRoutes: { namespaces: { from: 'All' }, kinds: names.map((kind) => ({ kind })) } }),
        ]),
        all,
      );
    expect(where(kinds('HTTPRoute'), 'http://x/')).toBe('a');
    expect(where(kinds(), 'http://x/')).toBe('a');
    expect(where(kinds('GRPCRoute'), 'http://x/')).toBe('404');
    expect(notesOf(kinds('GRPCRoute'))).toEqual([
      'not-served HTTPRoute shop/one: listener "http" does not take it: its allowedRoutes.kinds have no HTTPRoute',
    ]);
  });
});

describe('parentRefs', () => {
  const web = gateway([listener('http'), listener('other', { port: 8080 }), https('https')]);
  const attached = (...parents: object[]) =>
    routesOf(
      web,
      httpRoute('one', [rule('a')], { parents: parents.map((one) => ({ name: 'web', namespace: 'infra', ...one })) }),
    );
  const urls = ['http://x/', 'http://x:8080/', 'https://x/'];

  test('without sectionName and port are all listeners', () => {
    expect(urls.map((url) => where(attached({}), url))).toEqual(['a', 'a', 'a']);
  });

  test('with sectionName are that listener', () => {
    expect(urls.map((url) => where(attached({ sectionName: 'https' }), url))).toEqual(['404', '404', 'a']);
  });

  test('with port are the listeners of that port', () => {
    expect(urls.map((url) => where(attached({ port: 8080 }), url))).toEqual(['404', 'a', '404']);
  });

  test('with both have to match both', () => {
    expect(urls.map((url) => where(attached({ port: 80, sectionName: 'http' }), url))).toEqual(['a', '404', '404']);
    const routes = attached({ port: 80, sectionName: 'https' });
    expect(urls.map((url) => where(routes, url))).toEqual(['404', '404', '404']);
    expect(notesOf(routes)).toContain(
      'not-served HTTPRoute shop/one: no listener of the Gateway infra/web has the name "https" and the port 80; there are http (80), other (8080), https (443)',
    );
  });

  test('may be several', () => {
    const routes = attached({ sectionName: 'http' }, { sectionName: 'https' });
    expect(urls.map((url) => where(routes, url))).toEqual(['a', '404', 'a']);
  });

  test('are in the namespace of the route where nothing else is said', () => {
    const own = gateway([listener('http', { allowedRoutes: undefined })], { namespace: 'shop' });
    expect(where(routesOf(own, httpRoute('one', [rule('a')], { parents: [{ name: 'web' }] })), 'http://x/')).toBe('a');
  });

  test('that lead nowhere are noted', () => {
    const lost = httpRoute('one', [rule('a')], { parents: [{ name: 'web' }] });
    expect(notesOf(routesOf(gateway([listener('http')]), lost))).toEqual([
      'not-served HTTPRoute shop/one: is attached to the Gateway shop/web, which is not among the manifests; --assume-gateway takes it as there',
    ]);
    expect(notesOf(routesOf(gateway([listener('http')]), httpRoute('one', [rule('a')], { parents: [] })))).toEqual([
      'not-served HTTPRoute shop/one: is attached to no Gateway',
    ]);
    expect(notesOf(routesOf(lost))).toEqual([
      'not-served HTTPRoute shop/one: is attached to the Gateway shop/web, which is not among the manifests; --assume-gateway takes it as there',
    ]);
  });

  test('to a Service are for a mesh, which is said', () => {
    const mesh = httpRoute('one', [rule('a')], { parents: [{ group: '', kind: 'Service', name: 'web' }] });
    const routes = routesOf(gateway([listener('http')]), mesh);
    expect(notesOf(routes)).toEqual([
      'not-served HTTPRoute shop/one: is for requests of pods to the Service shop/web, which a mesh sends there and no Gateway sees',
    ]);
    expect(routes.route({ url: 'http://shop.test/' })).toEqual({ outcome: 'not-found' });
    expect(routes.elsewhere).toMatchObject([{ name: 'HTTPRoute shop/one', parent: 'Service shop/web' }]);
  });

  test('to a Service may have the group by the name that Linkerd gives it', () => {
    const mesh = httpRoute('one', [rule('a')], { parents: [{ group: 'core', kind: 'Service', name: 'web' }] });
    expect(routesOf(gateway([listener('http')]), mesh).elsewhere).toMatchObject([{ parent: 'Service shop/web' }]);
  });

  test('of a kind that the group does not have are told with the group that has it', () => {
    const wrong = [
      { kind: 'Service', name: 'a' },
      { group: '', kind: 'Gateway', name: 'web', namespace: 'infra' },
    ];
    const notes = wrong.map((parent) =>
      notesOf(routesOf(gateway([listener('http')]), httpRoute('one', [rule('a')], { parents: [parent] }))),
    );
    expect(notes).toEqual([
      [
        'not-served HTTPRoute shop/one: is attached to the Service shop/a, a kind that the group "gateway.networking.k8s.io" does not have; a Service has group: ""',
      ],
      [
        'not-served HTTPRoute shop/one: is attached to the Gateway infra/web, a kind that the group "" does not have; a Gateway has group: gateway.networking.k8s.io',
      ],
    ]);
  });

  test('to a ListenerSet of no Gateway lead nowhere, which is said', () => {
    const set = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ListenerSet',
      metadata: { name: 'more', namespace: 'shop' },
      spec: { parentRef: { group: '', kind: 'Service', name: 'a' }, listeners: [listener('http')] },
    };
    const parents = [{ kind: 'ListenerSet', name: 'more' }];
    const routes = routesOf(gateway([listener('http')]), set, httpRoute('one', [rule('a')], { parents }));
    expect(routes.elsewhere).toMatchObject([
      {
        parent: 'ListenerSet shop/more',
        why: 'is attached to the ListenerSet shop/more, which names no Gateway as its parent',
      },
    ]);
  });

  test('to another kind are for who knows it, which is said', () => {
    const parents = [{ group: 'agent.example', kind: 'Waypoint', name: 'web', namespace: 'infra' }];
    expect(notesOf(routesOf(gateway([listener('http')]), httpRoute('one', [rule('a')], { parents })))).toEqual([
      'not-served HTTPRoute shop/one: is attached to the Waypoint infra/web, which only who knows its kind serves',
    ]);
  });
});
