import type { Routes } from '../../../../analysis';
import { gateway, httpRoute, listener, routesOf, served, where } from './objects';

const weighted = (...backendRefs: object[]) => served(httpRoute('one', [{ backendRefs }]));
const to = (name: string, weight?: number, parts: object = {}) => ({
  name,
  port: 80,
  ...(weight === undefined ? {} : { weight }),
  ...parts,
});

describe('weights', () => {
  test('share requests out by their sum', () => {
    expect(where(weighted(to('a', 90), to('b', 10)), 'http://x/')).toBe('0.9 a, 0.1 b');
    expect(where(weighted(to('a', 3), to('b', 1)), 'http://x/')).toBe('0.75 a, 0.25 b');
  });

  test('are 1 where they are left out', () => {
    expect(where(weighted(to('a'), to('b', 3)), 'http://x/')).toBe('0.25 a, 0.75 b');
    expect(where(weighted(to('a')), 'http://x/')).toBe('a');
  });

  test('of 0 get nothing', () => {
    expect(where(weighted(to('a', 0), to('b', 1)), 'http://x/')).toBe('b');
  });

  test('that are all 0 mean 500', () => {
    const routes = weighted(to('a', 0), to('b', 0));
    expect(routes.route({ url: 'http://x/' })).toEqual({
      outcome: 'error',
      status: 500,
      why: 'the weights of all backendRefs are 0',
      rule: { kind: 'HTTPRoute', namespace: 'shop', name: 'one', host: null, path: '/', pathType: 'PathPrefix' },
    });
  });

  test('of one Service that is named twice add up', () => {
    expect(where(weighted(to('a', 1), to('b', 2), to('a', 1)), 'http://x/')).toBe('0.5 a, 0.5 b');
  });
});

describe('backends that cannot be used', () => {
  const why = (routes: Routes) => {
    const answer = routes.route({ url: 'http://x/' });
    return answer.outcome === 'error' ? `${answer.status} ${answer.why}` : answer.outcome;
  };

  test('a rule without backends answers 500', () => {
    expect(why(served(httpRoute('one', [{}])))).toBe('500 the rule has no backendRefs');
  });

  test('a Service that does not exist answers 500', () => {
    expect(why(weighted(to('gone')))).toBe('500 Service shop/gone does not exist');
  });

  test('a port that the Service does not have answers 500; its name or target does not count', () => {
    expect(why(weighted({ name: 'a', port: 8080 }))).toBe('500 Service shop/a has no port 8080; it has 80 (http)');
  });

  test('a number that stands for UDP first, as that of HTTP/3, is that of TCP all the same', () => {
    const ports = [
      { name: 'http3', port: 443, protocol: 'UDP' },
      { name: 'https', port: 443, protocol: 'TCP' },
    ];
    const quic = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'quic', namespace: 'shop' }, spec: { ports } };
    const route = httpRoute('one', [{ backendRefs: [{ name: 'quic', port: 443 }] }]);
    expect(where(served(route, quic), 'http://x/')).toBe('quic');
  });

  test('a port that is not TCP answers 500', () => {
    const dns = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'dns', namespace: 'shop' },
      spec: { ports: [{ port: 53, protocol: 'UDP' }] },
    };
    expect(why(served(dns, httpRoute('one', [{ backendRefs: [{ name: 'dns', port: 53 }] }])))).toBe(
      '500 port 53 of Service shop/dns is not TCP',
    );
  });

  test('a kind of Kubernetes that takes no requests answers 500', () => {
    expect(why(weighted({ group: 'apps', kind: 'Deployment', name: 'a' }))).toBe(
      '500 Deployment shop/a is no Service but of a kind which takes no requests',
    );
  });

  test('beside others, only their share is answered 500, and the answer says so', () => {
    const routes = weighted(to('a', 3), to('gone', 1));
    expect(routes.route({ url: 'http://x/' })).toEqual({
      outcome: 'backends',
      rule: { kind: 'HTTPRoute', namespace: 'shop', name: 'one', host: null, path: '/', pathType: 'PathPrefix' },
      backends: [
        { namespace: 'shop', service: 'a', port: 80, probability: 0.75 },
        {
          namespace: 'shop',
          service: 'gone',
          port: 80,
          probability: 0.25,
          error: { status: 500, why: 'Service shop/gone does not exist' },
        },
      ],
      upstream: { path: '/', host: 'x' },
      notes: ['the share of shop/gone is answered 500: Service shop/gone does not exist'],
    });
  });

  test('with a weight of 0 nobody minds', () => {
    const routes = weighted(to('a'), to('gone', 0));
    expect(routes.route({ url: 'http://x/' })).not.toHaveProperty('notes');
    expect(where(routes, 'http://x/')).toBe('a');
  });

  test('if all of them cannot be used the whole answer is 500', () => {
    expect(why(weighted(to('gone'), to('lost'), to('a', 0)))).toBe(
      '500 Service shop/gone does not exist; Service shop/lost does not exist',
    );
  });

  test('an ExternalName gets its requests, with a note', () => {
    const external = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'out', namespace: 'shop' },
      spec: { type: 'ExternalName', externalName: 'example.org' },
    };
    const routes = served(external, httpRoute('one', [{ backendRefs: [to('out')] }]));
    expect(where(routes, 'http://x/')).toBe('out');
    expect(routes.route({ url: 'http://x/' }).notes).toEqual([
      'Service shop/out is an ExternalName, which a Gateway should not serve; one that does not answers 500',
    ]);
  });
});

describe('backends of other namespaces', () => {
  const route = httpRoute('one', [{ backendRefs: [to('a', 1, { namespace: 'team' })] }]);
  const grant = (parts: { from?: object; to?: object; namespace?: string } = {}) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    metadata: { name: 'grant', namespace: parts.namespace ?? 'team' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop', ...parts.from }],
      to: [{ group: '', kind: 'Service', ...parts.to }],
    },
  });

  test('need a ReferenceGrant, without which they answer 500', () => {
    expect(served(route).route({ url: 'http://x/' })).toMatchObject({
      status: 500,
      why: 'no ReferenceGrant in team lets HTTPRoutes of shop refer to Service a',
    });
  });

  test('with one in their own namespace, they get their requests', () => {
    expect(served(route, grant()).route({ url: 'http://x/' })).toMatchObject({
      backends: [{ namespace: 'team', service: 'a', probability: 1 }],
    });
    expect(where(served(route, grant({ to: { name: 'a' } })), 'http://x/')).toBe('a');
  });

  test.each([
    ['in another namespace', grant({ namespace: 'shop' })],
    ['from another namespace', grant({ from: { namespace: 'other' } })],
    ['from another kind', grant({ from: { kind: 'GRPCRoute' } })],
    ['from another group', grant({ from: { group: '' } })],
    ['to another kind', grant({ to: { kind: 'Secret' } })],
    ['to another name', grant({ to: { name: 'b' } })],
  ])('a ReferenceGrant %s is none', (_, other) => {
    expect(where(served(route, other), 'http://x/')).toBe('500');
  });

  test('any entry of from and any of to is enough', () => {
    const wide = {
      ...grant(),
      spec: {
        from: [...grant({ from: { namespace: 'x' } }).spec.from, ...grant().spec.from],
        to: [...grant({ to: { name: 'b' } }).spec.to, ...grant().spec.to],
      },
    };
    expect(where(served(route, wide), 'http://x/')).toBe('a');
  });

  test('v1beta1 says the same', () => {
    const beta = (object: object) => ({ ...object, apiVersion: 'gateway.networking.k8s.io/v1beta1' });
    const routes = routesOf(beta(gateway([listener('http')])), beta(route), beta(grant()));
    expect(where(routes, 'http://x/')).toBe('a');
  });
});

describe('filters beside the backends', () => {
  const filtered = (...filters: object[]) => served(httpRoute('one', [{ filters, backendRefs: [to('a')] }]));

  test.each<[object, string]>([
    [
      { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: 'b' }] } },
      'RequestHeaderModifier (34 characters, fingerprint feffb67c) changes headers on the way to the backend',
    ],
    [
      { type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['x'] } },
      'ResponseHeaderModifier (16 characters, fingerprint a4c64b89) changes headers of the response',
    ],
    [
      { type: 'RequestMirror', requestMirror: { backendRef: { name: 'b', port: 80 } } },
      'RequestMirror sends a copy to b:80; its responses are dropped',
    ],
    [
      { type: 'CORS', cors: { allowOrigins: ['*'] } },
      'CORS {"allowOrigins":["*"]}: preflight requests are answered without the backend',
    ],
    [
      { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Filter', name: 'f' } },
      'ExtensionRef Filter f of example.com: what it does is known to the implementation of the Gateway only',
    ],
  ])('%j is noted', (filter, note) => {
    const routes = filtered(filter);
    expect(where(routes, 'http://x/')).toBe('a');
    expect(routes.route({ url: 'http://x/' }).notes).toEqual([note]);
  });

  test.each([
    [{ hostname: 'y.test' }, { path: '/a/b?q=1', host: 'y.test' }],
    [{ path: { type: 'ReplaceFullPath', replaceFullPath: '/y' } }, { path: '/y?q=1', host: 'x' }],
    [{ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/y' } }, { path: '/y/a/b?q=1', host: 'x' }],
  ])('URLRewrite %j is what the backend sees, with the query', (urlRewrite, upstream) => {
    const answer = filtered({ type: 'URLRewrite', urlRewrite }).route({ url: 'http://x/a/b?q=1' });
    expect(answer).toMatchObject({ outcome: 'backends', upstream });
    expect(answer.notes).toBeUndefined();
  });

  test('what RequestHeaderModifier does to the header Host is not told', () => {
    const requestHeaderModifier = { set: [{ name: 'Host', value: 'y.test' }] };
    const answer = filtered({ type: 'RequestHeaderModifier', requestHeaderModifier }).route({ url: 'http://x/' });
    expect(answer).not.toHaveProperty('upstream');
    expect(answer.notes?.at(-1)).toContain('what RequestHeaderModifier may do to the header Host is up to');
  });

  test('timeouts, retries and session persistence are noted', () => {
    const rule = { timeouts: { request: '10s' }, retry: { attempts: 2 }, sessionPersistence: { type: 'Cookie' } };
    const routes = served(httpRoute('one', [{ ...rule, backendRefs: [to('a')] }]));
    expect(routes.route({ url: 'http://x/' }).notes).toEqual([
      'timeouts {"request":"10s"}: what takes longer is answered 504',
      'retry {"attempts":2}: a request that fails is sent again',
      'sessionPersistence {"type":"Cookie"}: clients stay with the backend that they had first',
    ]);
  });

  test('those of one backend are noted with its name', () => {
    const filters = [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['x'] } }];
    expect(weighted(to('a', 1, { filters }), to('b')).route({ url: 'http://x/' }).notes).toEqual([
      'for a only: RequestHeaderModifier (16 characters, fingerprint a4c64b89) changes headers on the way to the backend',
    ]);
  });
});
