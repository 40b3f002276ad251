import { gateway, httpRoute, https, listener, notesOf, routesOf, rule, served, where } from './objects';

const to = (name: string, service: string, ...hostnames: string[]) => httpRoute(name, [rule(service)], { hostnames });

describe('hostnames of a route', () => {
  test('none is every host', () => {
    const routes = served(httpRoute('all', [rule('a')]));
    expect(where(routes, 'http://any.example.com/')).toBe('a');
    expect(where(routes, 'http://localhost/')).toBe('a');
  });

  test('the port of the Host header does not count', () => {
    const routes = served(to('one', 'a', 'one.test'));
    expect(where(routes, 'http://one.test/', { Host: 'one.test:80' })).toBe('a');
  });

  test('an asterisk stands for one label or more, and not for none', () => {
    const routes = served(to('wild', 'a', '*.example.com'));
    expect(where(routes, 'http://test.example.com/')).toBe('a');
    expect(where(routes, 'http://foo.test.example.com/')).toBe('a');
    expect(where(routes, 'http://example.com/')).toBe('404');
    expect(where(routes, 'http://testexample.com/')).toBe('404');
  });

  test('case does not count', () => {
    expect(where(served(to('one', 'a', 'one.test')), 'http://ONE.Test/')).toBe('a');
  });

  test('several belong to one route, and one may be given twice', () => {
    const routes = served(to('both', 'a', 'one.test', 'two.test', 'one.test'));
    expect(where(routes, 'http://one.test/')).toBe('a');
    expect(where(routes, 'http://two.test/')).toBe('a');
    expect(where(routes, 'http://three.test/')).toBe('404');
  });
});

describe('hostnames of listener and route', () => {
  const behind = (hostname: string, ...objects: object[]) =>
    routesOf(gateway([listener('http', { hostname })]), ...objects);

  test('a listener with a name takes routes without, with that, and with an asterisk above it', () => {
    const all = [httpRoute('none', [rule('a')]), to('same', 'a', 'test.example.com'), to('wild', 'a', '*.example.com')];
    for (const route of all) {
      const routes = behind('test.example.com', route);
      expect(where(routes, 'http://test.example.com/')).toBe('a');
      expect(where(routes, 'http://other.example.com/')).toBe('404');
      expect(notesOf(routes)).toEqual([]);
    }
  });

  test('a listener with an asterisk takes routes with names below it', () => {
    for (const name of ['*.example.com', 'test.example.com', 'foo.test.example.com']) {
      expect(where(behind('*.example.com', to('one', 'a', name)), `http://${name.replace('*', 'x')}/`)).toBe('a');
    }
  });

  test('a route whose hostnames have nothing in common with a listener is not attached, and said so', () => {
    for (const name of ['example.com', 'test.example.net']) {
      const routes = behind('*.example.com', to('one', 'a', name));
      expect(where(routes, `http://${name}/`)).toBe('404');
      expect(notesOf(routes)).toEqual([
        'not-served HTTPRoute shop/one: listener "http" does not take it: none of its hostnames is of *.example.com',
      ]);
    }
  });

  test('hostnames of the route beside those of the listener are ignored', () => {
    const routes = behind('*.example.com', to('one', 'a', 'test.example.com', 'test.example.net'));
    expect(where(routes, 'http://test.example.com/')).toBe('a');
    expect(where(routes, 'http://test.example.net/')).toBe('404');
  });

  test('an asterisk below the listener narrows it, one above does not widen it', () => {
    const below = behind('*.example.com', to('one', 'a', '*.test.example.com'));
    expect(where(below, 'http://x.test.example.com/')).toBe('a');
    expect(where(below, 'http://x.example.com/')).toBe('404');
    const above = behind('*.test.example.com', to('one', 'a', '*.example.com'));
    expect(where(above, 'http://x.test.example.com/')).toBe('a');
    expect(where(above, 'http://x.example.com/')).toBe('404');
  });
});

describe('precedence of hostnames', () => {
  test('a name comes before an asterisk, a longer asterisk before a shorter one, and all before none', () => {
    const routes = served(
      httpRoute('none', [rule('a')]),
      to('short', 'b', '*.com'),
      to('long', 'c', '*.example.com'),
      to('exact', 'd', 'x.example.com'),
    );
    expect(where(routes, 'http://x.example.com/')).toBe('d');
    expect(where(routes, 'http://y.example.com/')).toBe('c');
    expect(where(routes, 'http://y.test.com/')).toBe('b');
    expect(where(routes, 'http://localhost/')).toBe('a');
  });

  test('it comes before that of paths', () => {
    const routes = served(
      httpRoute('wild', [rule('a', { path: { type: 'Exact', value: '/cart' } })], { hostnames: ['*.example.com'] }),
      to('exact', 'b', 'x.example.com'),
    );
    expect(where(routes, 'http://x.example.com/cart')).toBe('b');
  });

  test('what no rule of the more specific hostname takes goes on to the others, with a note', () => {
    const routes = served(
      httpRoute('exact', [rule('a', { path: { value: '/cart' } })], { hostnames: ['x.example.com'] }),
      to('wild', 'b', '*.example.com'),
    );
    expect(where(routes, 'http://x.example.com/cart')).toBe('a');
    expect(where(routes, 'http://x.example.com/')).toBe('b');
    expect(routes.route({ url: 'http://x.example.com/' }).notes).toEqual([
      'it cannot be said whether a wider hostname gets the request: no rule of the more specific one takes it, so routes of *.example.com come next; implementations that keep hostnames apart, as Envoy does, answer 404',
    ]);
    expect(routes.route({ url: 'http://y.example.com/' }).notes).toBeUndefined();
  });

  test('it does not go on where the GatewayClass is of an implementation that uses Envoy', () => {
    const envoy = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'any' },
      spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    };
    const objects = [
      httpRoute('exact', [rule('a', { path: { value: '/cart' } })], { hostnames: ['x.example.com'] }),
      httpRoute('wild', [rule('b', { path: { type: 'RegularExpression', value: '/.*' } })], {
        hostnames: ['*.example.com'],
      }),
    ];
    const routes = served(envoy, ...objects);
    expect(where(routes, 'http://x.example.com/')).toBe('404');
    expect(where(routes, 'http://y.example.com/')).toBe('b');
    expect(routes.route({ url: 'http://y.example.com/' }).notes).toBeUndefined();
    const unknown = { ...envoy, spec: { controllerName: 'example.com/gateway-controller' } };
    expect(where(served(unknown, ...objects), 'http://x.example.com/')).toBe('b');
  });

  test('routes of one hostname share it', () => {
    const routes = served(
      httpRoute('one', [rule('a', { path: { value: '/a' } })], { hostnames: ['x.test'] }),
      httpRoute('two', [rule('b', { path: { value: '/b' } })], { hostnames: ['x.test'] }),
      httpRoute('three', [rule('c')], { hostnames: ['x.test'], namespace: 'team' }),
    );
    expect(['/a', '/b', '/c'].map((path) => where(routes, `http://x.test${path}`))).toEqual(['a', 'b', 'c']);
  });
});

describe('listener isolation', () => {
  const listeners = gateway([
    listener('all'),
    listener('wild', { hostname: '*.example.com' }),
    listener('longer', { hostname: '*.foo.example.com' }),
    listener('exact', { hostname: 'bar.example.com' }),
  ]);
  const on = (sectionName: string, service: string) =>
    httpRoute(sectionName, [rule(service)], { parents: [{ name: 'web', namespace: 'infra', sectionName }] });
  const routes = routesOf(listeners, on('all', 'a'), on('wild', 'b'), on('longer', 'c'), on('exact', 'd'));

  test('a request belongs to the listener with the most specific hostname', () => {
    expect(where(routes, 'http://bar.com/')).toBe('a');
    expect(where(routes, 'http://x.example.com/')).toBe('b');
    expect(where(routes, 'http://x.foo.example.com/')).toBe('c');
    expect(where(routes, 'http://bar.example.com/')).toBe('d');
    expect(where(routes, 'http://x.bar.example.com/')).toBe('b');
  });

  test('nobody else gets it, even if no route is attached there', () => {
    expect(where(routesOf(listeners, on('all', 'a'), on('wild', 'b')), 'http://bar.example.com/')).toBe('404');
  });

  test('nobody else gets it, even if a route there has the very name, which is noted', () => {
    const elsewhere = routesOf(
      listeners,
      httpRoute('one', [rule('a')], {
        hostnames: ['bar.example.com', 'x.test'],
        parents: [{ name: 'web', namespace: 'infra', sectionName: 'all' }],
      }),
    );
    expect(where(elsewhere, 'http://bar.example.com/')).toBe('404');
    expect(where(elsewhere, 'http://x.test/')).toBe('a');
    expect(notesOf(elsewhere)).toEqual([
      'not-served HTTPRoute shop/one: requests for bar.example.com on port 80 belong to the listener "exact", to which it is not attached',
    ]);
  });

  test('listeners of other ports have nothing to do with it', () => {
    const ports = routesOf(
      gateway([listener('http'), https('https', { hostname: 'x.test' }), https('others')]),
      on('http', 'a'),
      on('others', 'b'),
    );
    expect(where(ports, 'http://x.test/')).toBe('a');
    expect(where(ports, 'https://x.test/')).toBe('404');
    expect(where(ports, 'https://y.test/')).toBe('b');
  });
});
