import { Routes } from '../../../analysis';
import { backend, ingress, path, paths, service } from './objects';
import { notesOf, problemsOf, where } from './where';

const SERVICES = ['one', 'two', 'three', 'four'].map((name) => service(name));

function routesOf(...objects: object[]): Routes {
  return Routes.ofIngressNginx([...SERVICES, ...objects]);
}

describe('hosts', () => {
  const routes = routesOf(
    ingress('hosts', {
      rules: [
        path('a.test', '/', 'Prefix', 'one'),
        path('*.test', '/', 'Prefix', 'two'),
        path('*.b.a.test', '/', 'Prefix', 'three'),
      ],
    }),
  );

  test.each([
    ['http://a.test/', 'one:80'],
    ['http://A.TEST/', 'one:80'],
    ['http://a.test:8080/', 'one:80'],
    ['http://a.test./', 'one:80'],
    ['http://x.test/', 'two:80'],
    ['http://x_1-2.test/', 'two:80'],
    ['http://x!y.test/', '404'],
    ['http://x.y.test/', '404'],
    ['http://test/', '404'],
    ['http://c.b.a.test/', 'three:80'],
    ['http://b.a.test/', '404'],
    ['http://10.0.0.1/', '404'],
    ['http://[::1]:80/', '404'],
  ])('%s goes to %s', (url, expected) => {
    expect(where(routes, url)).toBe(expected);
  });

  test('the Host header counts, with its port and in any case', () => {
    expect(where(routes, 'http://10.0.0.1/', { host: 'A.test:443' })).toBe('one:80');
  });

  test('a rule without host takes what no other host has, and no more', () => {
    const both = routesOf(
      ingress('both', { rules: [path(undefined, '/', 'Prefix', 'one'), path('a.test', '/x', 'Prefix', 'two')] }),
    );
    expect(where(both, 'http://other.test/')).toBe('one:80');
    expect(where(both, 'http://a.test/x')).toBe('two:80');
    expect(where(both, 'http://a.test/y')).toBe('404');
  });

  test('several Ingresses make up one host', () => {
    const both = routesOf(
      ingress('a', { rules: [path('a.test', '/one', 'Prefix', 'one')] }),
      ingress('b', { namespace: 'default', rules: [path('a.test', '/two', 'Prefix', 'two')] }),
    );
    expect(where(both, 'http://a.test/one')).toBe('one:80');
    expect(where(both, 'http://a.test/two/x')).toBe('two:80');
  });

  test('words that mean something to JavaScript are hosts like others', () => {
    const names = routesOf(ingress('names', { rules: [path('constructor', '/', 'Prefix', 'one')] }));
    expect(where(names, 'http://constructor/')).toBe('one:80');
    expect(where(names, 'http://tostring/')).toBe('404');
    expect(where(names, 'http://__proto__/')).toBe('404');
  });
});

describe('paths', () => {
  test.each([
    [
      'Prefix',
      '/foo',
      { '/foo': 'one:80', '/foo/': 'one:80', '/foo/bar': 'one:80', '/foobar': '404', '/': '404', '/Foo': '404' },
    ],
    ['ImplementationSpecific', '/foo', { '/foo': 'one:80', '/foo/bar': 'one:80', '/foobar': '404' }],
    ['Exact', '/foo', { '/foo': 'one:80', '/foo/': '404', '/foo/bar': '404', '/foo?a=b': 'one:80' }],
    ['Exact', '/', { '/': 'one:80', '/foo': '404', '': 'one:80' }],
    ['Prefix', '/', { '/': 'one:80', '/foo': 'one:80', '': 'one:80' }],
  ])('%s %s', (pathType, text, expected) => {
    const routes = routesOf(ingress('paths', { rules: [path('a.test', text, pathType, 'one')] }));
    const found = Object.keys(expected).map((uri) => [uri, where(routes, `http://a.test${uri}`)]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test.each(['Prefix', 'Exact'])('%s /foo/ makes nginx redirect /foo, with the query kept', (pathType) => {
    const routes = routesOf(ingress('paths', { rules: [path('a.test', '/foo/', pathType, 'one')] }));
    expect(where(routes, 'http://A.test:8080/foo?a=b')).toBe('301 http://a.test/foo/?a=b');
    expect(where(routes, 'https://a.test/foo')).toBe('301 https://a.test/foo/');
    expect(where(routes, 'http://a.test/foo/')).toBe('one:80');
  });

  test('the longest prefix wins, and an exact path before every prefix', () => {
    const routes = routesOf(
      ingress('paths', {
        rules: [
          paths(
            'a.test',
            ['/', 'Prefix', 'one'],
            ['/a', 'Prefix', 'two'],
            ['/a/b', 'Prefix', 'three'],
            ['/a/b', 'Exact', 'four'],
          ),
        ],
      }),
    );
    const found = ['/x', '/a', '/a/x', '/a/b', '/a/b/', '/a/b/c', '/a/bc'].map((uri) =>
      where(routes, `http://a.test${uri}`),
    );
    expect(found).toEqual(['one:80', 'two:80', 'two:80', 'four:80', 'three:80', 'three:80', 'two:80']);
  });

  test('a path is decoded and resolved before it is compared', () => {
    const routes = routesOf(ingress('paths', { rules: [path('a.test', '/a/b', 'Prefix', 'one')] }));
    const uris = ['/a//b', '/a/./b', '/x/../a/b', '/%61/b', '/a%2Fb', '/a/b/..', '/a/%2e%2e/a/b', '//a/b'];
    const found = uris.map((uri) => where(routes, `http://a.test${uri}`));
    expect(found).toEqual(['one:80', 'one:80', 'one:80', 'one:80', 'one:80', '404', 'one:80', 'one:80']);
  });

  test('a path beyond the root, a broken escape and a null byte are refused', () => {
    const routes = routesOf(ingress('paths', { rules: [path('a.test', '/', 'Prefix', 'one')] }));
    expect(
      ['/..', '/a/../../b', '/%', '/%4', '/%zz', '/%00'].map((uri) => where(routes, `http://a.test${uri}`)),
    ).toEqual(Array(6).fill('400'));
  });

  test('what is not ASCII is escaped as clients do, in path, host and rule', () => {
    const routes = routesOf(
      ingress('paths', { rules: [path('xn--mnchen-3ya.test', '/straße', 'ImplementationSpecific', 'one')] }),
    );
    expect(where(routes, 'http://münchen.test/straße/1')).toBe('one:80');
    expect(where(routes, 'http://xn--mnchen-3ya.test/stra%C3%9Fe')).toBe('one:80');
  });

  test('of two Ingresses with one path the older wins, whatever the order of the manifests', () => {
    const old = ingress('zzz', { rules: [path('a.test', '/', 'Prefix', 'one')], created: '2026-01-01T00:00:00Z' });
    const young = ingress('aaa', { rules: [path('a.test', '/', 'Prefix', 'two')], created: '2026-01-02T00:00:00Z' });
    for (const objects of [
      [old, young],
      [young, old],
    ]) {
      const routes = routesOf(...objects);
      expect(where(routes, 'http://a.test/')).toBe('one:80');
      expect(routes.route({ url: 'http://a.test/' })).not.toHaveProperty('notes');
      expect(notesOf(routes)).toEqual([
        "claimed-twice: Ingress default/aaa: a.test/ is taken by Ingress default/zzz already; the controller's webhook would refuse it",
      ]);
    }
  });

  test('where their age is not known, the last by name wins, and the answer says so', () => {
    const routes = routesOf(
      ingress('aaa', { rules: [path('a.test', '/', 'Prefix', 'one')] }),
      ingress('bbb', { rules: [path('a.test', '/', 'Prefix', 'two')] }),
    );
    expect(where(routes, 'http://a.test/')).toBe('two:80');
    expect(routes.route({ url: 'http://a.test/' }).notes).toEqual([
      'it cannot be said whether Ingress default/bbb or Ingress default/aaa gets the request: both claim the path, and the older one gets it; taken as made in one second',
    ]);
  });

  test('one that exists is older than one that is yet to be made', () => {
    const routes = routesOf(
      ingress('aaa', { rules: [path('a.test', '/', 'Prefix', 'one')], created: '2026-01-02T00:00:00Z' }),
      ingress('bbb', { rules: [path('a.test', '/', 'Prefix', 'two')] }),
    );
    expect(where(routes, 'http://a.test/')).toBe('one:80');
  });
});

describe('regular expressions', () => {
  test('use-regex makes them of all paths of the host, in any case, the longest first', () => {
    const routes = routesOf(
      ingress('regex', {
        annotations: { 'use-regex': 'true' },
        rules: [path('a.test', '/item/[0-9]+$', 'ImplementationSpecific', 'one')],
      }),
      ingress('plain', { rules: [paths('a.test', ['/exact', 'Exact', 'two'], ['/sub', 'Prefix', 'three'])] }),
    );
    const uris = ['/item/12', '/ITEM/12', '/item/x', '/exact', '/exactly', '/EXACT/x', '/sub', '/subway'];
    expect(uris.map((uri) => where(routes, `http://a.test${uri}`))).toEqual([
      'one:80',
      'one:80',
      '404',
      'two:80',
      'two:80',
      'two:80',
      'three:80',
      'three:80',
    ]);
  });

  test('so does rewrite-target, for this host only', () => {
    const routes = routesOf(
      ingress('rewrite', {
        annotations: { 'rewrite-target': '/$2' },
        rules: [
          path('a.test', '/api(/|$)(.*)', 'ImplementationSpecific', 'one'),
          path('b.test', '/x', 'Prefix', 'two'),
        ],
      }),
      ingress('plain', { rules: [path('c.test', '/x', 'Exact', 'three')] }),
    );
    expect(where(routes, 'http://a.test/API/v1')).toBe('one:80');
    expect(where(routes, 'http://a.test/apiary')).toBe('404');
    expect(where(routes, 'http://b.test/xyz')).toBe('two:80');
    expect(where(routes, 'http://c.test/xyz')).toBe('404');
  });

  test('a rewrite of "/" to itself changes nothing', () => {
    const routes = routesOf(
      ingress('rewrite', { annotations: { 'rewrite-target': '/' }, rules: [path('a.test', '/', 'Prefix', 'one')] }),
      ingress('plain', { rules: [path('a.test', '/x', 'Prefix', 'two')] }),
    );
    expect(where(routes, 'http://a.test/xyz')).toBe('one:80');
  });

  test('one that JavaScript cannot say is noted with every answer that it might change', () => {
    const routes = routesOf(
      ingress('regex', {
        annotations: { 'use-regex': 'true' },
        rules: [path('a.test', '/a(?>b|bc)d', 'ImplementationSpecific', 'one')],
      }),
    );
    expect(routes.route({ url: 'http://a.test/abcd' })).toEqual({
      outcome: 'not-found',
      notes: [
        'it cannot be said whether /abcd belongs to Ingress default/regex, path /a(?>b|bc)d (ImplementationSpecific): the regular expression ^/a(?>b|bc)d has groups that begin with (?>, which JavaScript does not know or takes otherwise',
      ],
    });
  });

  test('fails one that nginx refuses', () => {
    const rules = [path('a.test', '/a(b', 'ImplementationSpecific', 'one')];
    expect(problemsOf(routesOf(ingress('regex', { annotations: { 'use-regex': 'true' }, rules })))).toEqual([
      'bad-configuration objects[4]:0: Ingress default/regex: nginx refuses the regular expression ^/a(b (a group is not closed), and with it the whole configuration',
    ]);
  });

  test('fails a path of one type after the other twice: nginx would see it twice', () => {
    const routes = routesOf(
      ingress('c', { rules: [path('a.test', '/x', 'Exact', 'one')] }),
      ingress('b', { rules: [path('a.test', '/x', 'Prefix', 'two')] }),
      ingress('a', { rules: [path('a.test', '/x', 'Prefix', 'three')] }),
    );
    expect(problemsOf(routes)).toEqual([
      'bad-configuration objects[6]:0: Ingress default/a: makes nginx see the location /x/ twice, and refuse the whole configuration',
    ]);
  });
});

describe('backends', () => {
  test.each([
    ['one:80', 'one:8080'],
    ['one:http', 'one:8080'],
    ['one:9376', 'one:8080'],
    ['one:web', 'one:9090'],
  ])('%s is a port by number, name or target', (to) => {
    const ports = [
      { name: 'http', port: 80, targetPort: 9376 },
      { name: 'metrics', port: 9090, targetPort: 'web' },
    ];
    const routes = Routes.ofIngressNginx([
      service('one', 'default', ports),
      ingress('i', { rules: [path('a.test', '/', 'Prefix', to)] }),
    ]);
    expect(where(routes, 'http://a.test/')).toBe(to === 'one:web' ? 'one:9090' : 'one:80');
  });

  test.each([
    ['gone:80', 'Service default/gone does not exist'],
    ['one:81', 'Service default/one has no port 81; it has 80'],
    ['one:https', 'Service default/one has no port https; it has 80'],
    ['dns:53', 'port 53 of Service default/dns is not TCP'],
  ])('%s leads nowhere: 503', (to, why) => {
    const dns = service('dns', 'default', [{ port: 53, protocol: 'UDP' }]);
    const routes = routesOf(dns, ingress('i', { rules: [path('a.test', '/', 'Prefix', to)] }));
    const rule = { kind: 'Ingress', namespace: 'default', name: 'i', host: 'a.test', path: '/', pathType: 'Prefix' };
    expect(routes.route({ url: 'http://a.test/' })).toEqual({ outcome: 'error', status: 503, why, rule });
  });

  test.each([
    [
      [
        { name: 'h3', port: 443, targetPort: 8443, protocol: 'UDP' },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
      '443',
    ],
    [
      [
        { name: 'h3', port: 443, protocol: 'UDP' },
        { name: 'web', port: 80 },
      ],
      '443',
    ],
    [
      [
        { name: 'h3', port: 443, targetPort: 'quic', protocol: 'UDP' },
        { name: 'https', port: 443 },
      ],
      '503',
    ],
  ])(
    'of ports %j the first with the number is taken, for UDP if its target is a number and another is for TCP',
    (ports, to) => {
      const routes = routesOf(
        service('h', 'default', ports),
        ingress('i', { rules: [path('a.test', '/', 'Prefix', 'h:443')] }),
      );
      expect(where(routes, 'http://a.test/')).toBe(to === '503' ? to : `h:${to}`);
    },
  );

  test('a Service of another namespace does not count', () => {
    const routes = Routes.ofIngressNginx([
      service('one', 'other'),
      ingress('i', { rules: [path('a.test', '/', 'Prefix', 'one')] }),
    ]);
    expect(where(routes, 'http://a.test/')).toBe('503');
  });

  test('the default-backend annotation stands in for a Service that leads nowhere', () => {
    const rules = [path('a.test', '/', 'Prefix', 'gone')];
    const routes = routesOf(ingress('i', { annotations: { 'default-backend': 'two' }, rules }));
    expect(where(routes, 'http://a.test/')).toBe('two:80');
  });

  describe('the default-backend annotation of a Service that is not among the manifests', () => {
    const rules = [path('a.test', '/', 'Prefix', 'one:81'), path('a.test', '/there', 'Prefix', 'one')];
    const annotations = { 'default-backend': 'sorry' };
    const objects = [service('one'), ingress('i', { annotations, rules })];
    const noted = (taken: string) => [
      `no-service: Ingress default/i: nginx.ingress.kubernetes.io/default-backend names Service default/sorry, which is not among the manifests; ${taken}`,
    ];

    test('counts as not given, which is noted', () => {
      const routes = Routes.ofIngressNginx(objects);
      expect(notesOf(routes)).toEqual(noted('it counts as not given'));
      const { notes, ...answer } = routes.route({ url: 'http://a.test/' });
      expect(answer).toMatchObject({ outcome: 'error', status: 503 });
      expect(notes).toEqual([
        'Service default/sorry of default-backend, which would answer instead, is not among the manifests',
      ]);
      expect(routes.route({ url: 'http://a.test/there' }).notes).toBeUndefined();
    });

    test('leaves open what is answered where it is taken as there', () => {
      const routes = Routes.ofIngressNginx(objects, { assumeServices: true });
      expect(notesOf(routes)).toEqual(noted('which ports it has is not known'));
      expect(routes.route({ url: 'http://a.test/' }).notes).toEqual([
        'it cannot be said whether Service default/sorry of default-backend answers instead: it is taken as there, and which ports it has is not known; give its manifest',
      ]);
      expect(routes.route({ url: 'http://a.test/there' }).notes).toBeUndefined();
    });
  });

  test('an ExternalName is served, by a name that only DNS knows', () => {
    const spec = { type: 'ExternalName', externalName: 'else.example.com' };
    const external = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'away' }, spec };
    const routes = routesOf(external, ingress('i', { rules: [path('a.test', '/', 'Prefix', 'away:443')] }));
    expect(routes.route({ url: 'http://a.test/' })).toMatchObject({
      backends: [{ service: 'away', port: 443, probability: 1 }],
      notes: ['Service default/away is an ExternalName: its DNS name decides where requests end'],
    });
  });

  test('a resource as backend is not served, and that is noted', () => {
    const resource = { apiGroup: 'x.test', kind: 'Bucket', name: 'b' };
    const rule = { host: 'a.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { resource } }] } };
    const routes = routesOf(ingress('i', { rules: [rule] }));
    expect(where(routes, 'http://a.test/')).toBe('404');
    expect(notesOf(routes)).toEqual([
      'no-effect: Ingress default/i: the backend of / is a resource, of which nothing is taken over: ingress-nginx serves Services only',
    ]);
  });
});

describe('defaultBackend', () => {
  test('of an Ingress without rules takes everything that no rule has', () => {
    const routes = routesOf(
      ingress('all', { defaultBackend: backend('one') }),
      ingress('some', { rules: [path('a.test', '/x', 'Prefix', 'two')] }),
    );
    expect(where(routes, 'http://other.test/y')).toBe('one:80');
    expect(where(routes, 'http://a.test/x')).toBe('two:80');
    expect(where(routes, 'http://a.test/y')).toBe('404');
    expect(routes.route({ url: 'http://other.test/y' })).toMatchObject({
      rule: { name: 'all', host: null, path: '/', pathType: 'Prefix' },
    });
  });

  test('of an Ingress with rules takes what is left of its own hosts', () => {
    const routes = routesOf(
      ingress('i', { defaultBackend: backend('one'), rules: [path('a.test', '/x', 'Prefix', 'two')] }),
    );
    expect(where(routes, 'http://a.test/y')).toBe('one:80');
    expect(where(routes, 'http://a.test/x')).toBe('two:80');
    expect(where(routes, 'http://other.test/')).toBe('404');
  });

  test('counts only of the first Ingress that has the host', () => {
    const routes = routesOf(
      ingress('b', { rules: [path('a.test', '/x', 'Prefix', 'two')] }),
      ingress('a', { defaultBackend: backend('one'), rules: [path('a.test', '/z', 'Prefix', 'three')] }),
    );
    expect(where(routes, 'http://a.test/y')).toBe('404');
  });

  test('gives way to a rule for "/" of every host', () => {
    const routes = routesOf(
      ingress('all', { defaultBackend: backend('one'), created: '2026-01-02T00:00:00Z' }),
      ingress('rule', { rules: [path(undefined, '/', 'Exact', 'two')], created: '2026-01-01T00:00:00Z' }),
    );
    expect(where(routes, 'http://other.test/')).toBe('two:80');
    expect(where(routes, 'http://other.test/x')).toBe('one:80');
  });

  test('a rule without paths is its host with nothing but the default backend', () => {
    const routes = routesOf(ingress('i', { defaultBackend: backend('one'), rules: [{ host: 'a.test' }] }));
    expect(where(routes, 'http://a.test/y')).toBe('one:80');
    expect(where(routes, 'http://other.test/')).toBe('404');
  });

  test('under hosts of nobody, the controller answers its health check and hides its status', () => {
    const routes = routesOf(ingress('i', { rules: [path('a.test', '/', 'Prefix', 'one')] }));
    expect(where(routes, 'http://other.test/healthz')).toBe('200');
    expect(where(routes, 'http://other.test/nginx_status')).toBe('403');
    expect(where(routes, 'http://a.test/healthz')).toBe('one:80');
  });
});
