import { Routes, sameRouting } from '../../../../analysis';
import { gateway, httpRoute, listener, problemsOf, routesOf, rule, SERVICES, served } from './objects';

// GRPCRoutes, by https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute

const grpcRoute = (name: string, rules: readonly object[], spec: object = {}): object => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GRPCRoute',
  metadata: { name, namespace: 'shop' },
  spec: { parentRefs: [{ name: 'web', namespace: 'infra' }], rules, ...spec },
});
const method = (service?: string, name?: string, type?: string, headers?: readonly object[]) => ({
  method: { ...(service && { service }), ...(name && { method: name }), ...(type && { type }) },
  ...(headers && { headers }),
});

const HEADERS = { 'content-type': 'application/grpc+proto' };

function call(routes: Routes, path: string, headers: Readonly<Record<string, string>> = {}): string {
  const answer = routes.route({ url: `http://x.test/${path}`, method: 'POST', headers: { ...HEADERS, ...headers } });
  expect(answer.notes ?? []).toEqual([]);
  return answer.outcome === 'backends'
    ? answer.backends.map(({ service }) => service).join()
    : answer.outcome === 'error'
      ? String(answer.status)
      : answer.outcome;
}

describe('a GRPCRoute', () => {
  test('takes calls by service and method, the longer service first, then the longer method, then more headers', () => {
    const routes = served(
      grpcRoute('r', [
        rule('a'),
        rule('b', method('pkg.Greeter')),
        rule('c', method('pkg.Greeter', 'SayHello')),
        rule('d', method(undefined, 'SayHello')),
        rule('e', method('pkg.Greeter', 'SayHello', 'Exact', [{ name: 'version', value: '2' }])),
      ]),
    );
    expect(routes.elsewhere).toEqual([]);
    expect(call(routes, 'other.Service/Call')).toBe('a');
    expect(call(routes, 'pkg.Greeter/Other')).toBe('b');
    expect(call(routes, 'pkg.Greeter/SayHello')).toBe('c');
    expect(call(routes, 'other.Service/SayHello')).toBe('d');
    expect(call(routes, 'pkg.Greeter/SayHello', { version: '2' })).toBe('e');
    expect(call(routes, 'pkg.GreeterTwo/Other')).toBe('a');
  });

  test('takes calls by regular expressions, with a note of what they hang on', () => {
    const routes = served(grpcRoute('r', [rule('a', method('pkg[.].+', 'Say.*', 'RegularExpression'))]));
    const answer = routes.route({ url: 'http://x.test/pkg.Greeter/SayHello', method: 'POST', headers: HEADERS });
    expect(answer).toMatchObject({ outcome: 'backends', backends: [{ service: 'a' }] });
    expect(answer.notes?.[0]).toContain(
      'it cannot be said whether the implementation of the Gateway knows regular expressions, and what it makes of pkg[.].+',
    );
    expect(call(routes, 'pkg.Greeter/Other')).toBe('not-found');
  });

  test('notes of what is no call of gRPC that implementations differ', () => {
    const routes = served(grpcRoute('r', [rule('a', method('pkg.Greeter', 'SayHello'))]));
    const note =
      'it cannot be said whether the Gateway takes the request: a GRPCRoute is for POST with a content-type of application/grpc, and others are up to the implementation';
    const url = 'http://x.test/pkg.Greeter/SayHello';
    for (const request of [{ url }, { url, method: 'POST' }, { url, headers: HEADERS }]) {
      expect(routes.route(request).notes).toEqual([note]);
    }
  });

  test('answers a call whose backend is missing with UNAVAILABLE, and needs a grant of its own kind', () => {
    expect(call(served(grpcRoute('r', [rule('missing')])), 'a.B/C')).toBe('503');
    const far = grpcRoute('r', [{ backendRefs: [{ name: 'a', namespace: 'team', port: 80 }] }]);
    const grant = (kind: string) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      metadata: { name: 'g', namespace: 'team' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind, namespace: 'shop' }],
        to: [{ group: '', kind: 'Service' }],
      },
    });
    expect(call(served(far, grant('HTTPRoute')), 'a.B/C')).toBe('503');
    expect(call(served(far, grant('GRPCRoute')), 'a.B/C')).toBe('a');
  });

  test('beside an HTTPRoute of the same hostname is told in every answer there', () => {
    const routes = served(grpcRoute('r', [rule('a')]), httpRoute('h', [rule('b')]));
    expect(routes.route({ url: 'http://x.test/a.B/C', method: 'POST', headers: HEADERS }).notes).toContainEqual(
      'it cannot be said whether the Gateway takes the request: HTTPRoutes and GRPCRoutes share a hostname here, of which the specification lets it reject one kind',
    );
  });

  test('is compared', () => {
    const at = (to: string, name = 'SayHello') =>
      routesOf(gateway([listener('http')]), grpcRoute('r', [rule(to, method('pkg.Greeter', name))]));
    expect(sameRouting(at('a'), at('a'))).toMatchObject({ same: true, proven: true });
    expect(sameRouting(at('a'), at('b'))).toMatchObject({ same: false });
    expect(sameRouting(at('a'), at('a', 'SayBye')).same).toBe(false);
  });

  test('whose Gateway is not among the manifests is left open', () => {
    const routes = Routes.of([grpcRoute('r', [rule('a')]), ...SERVICES]);
    expect(routes.route({ url: 'http://x.test/a.B/C', method: 'POST', headers: HEADERS }).notes?.[0]).toContain(
      'it cannot be said whether GRPCRoute shop/r takes the request: its Gateway infra/web is not among the manifests',
    );
  });

  test('is refused where a method has neither part or no name of gRPC', () => {
    expect(problemsOf(gateway([listener('http')]), grpcRoute('r', [rule('a', { method: {} })]))).toEqual([
      expect.stringContaining('has neither service nor method'),
    ]);
    expect(problemsOf(gateway([listener('http')]), grpcRoute('r', [rule('a', method('a/b'))]))).toEqual([
      expect.stringContaining('is "a/b"; give a name of gRPC'),
    ]);
  });
});
