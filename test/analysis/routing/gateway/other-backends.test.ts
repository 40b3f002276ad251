import { Routes } from '../../../../analysis';
import { gateway, httpRoute, listener, SERVICES, where } from './objects';

/** What a Gateway of a class makes of a rule with these backends. */
function withClass(gatewayClassName: string, backendRefs: readonly object[], ...objects: readonly object[]): Routes {
  const web = gateway([listener('http')]) as { spec: object };
  const own = { ...web, spec: { ...web.spec, gatewayClassName } };
  return Routes.ofGateway([own, httpRoute('one', [{ backendRefs }]), ...objects, ...SERVICES]);
}

const ENVOY = { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'outside' };
const outside = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'Backend',
  metadata: { name: 'outside', namespace: 'shop' },
  spec: { endpoints: [{ fqdn: { hostname: 'api.example.com', port: 443 } }] },
};

describe('a backend of another kind', () => {
  test('is answered by its name where the implementation knows the kind', () => {
    const answer = withClass('eg', [ENVOY], outside).route({ url: 'http://x/' });
    expect(answer).toMatchObject({
      outcome: 'backends',
      backends: [{ namespace: 'shop', service: 'outside', kind: 'Backend', port: 0, probability: 1 }],
      notes: ['where Backend shop/outside leads is known to Envoy Gateway, and not read'],
    });
  });

  test.each([
    ['kgateway', { group: 'gateway.kgateway.dev', kind: 'Backend', name: 'outside' }, 'gateway.kgateway.dev/v1alpha1'],
    [
      'kgateway',
      { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'outside' },
      'inference.networking.k8s.io/v1',
    ],
    [
      'istio',
      { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'outside' },
      'inference.networking.k8s.io/v1',
    ],
    [
      'cilium',
      { group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'outside' },
      'multicluster.x-k8s.io/v1alpha1',
    ],
  ])('%s knows %j', (className, ref, apiVersion) => {
    const object = { ...outside, apiVersion, kind: ref.kind };
    expect(where(withClass(className, [ref], object), 'http://x/')).toBe('outside');
  });

  test('that is a DNS name needs no object', () => {
    const ref = { group: 'networking.istio.io', kind: 'Hostname', name: 'api.example.com', port: 443 };
    expect(where(withClass('istio', [ref]), 'http://x/')).toBe('api.example.com');
  });

  test('is an object of Traefik, unless its name is that of another provider', () => {
    const ref = (name: string) => ({ group: 'traefik.io', kind: 'TraefikService', name });
    const asked = ['outside', 'api@internal'].map((name) => where(withClass('traefik', [ref(name)]), 'http://x/'));
    expect(asked).toEqual(['500', 'api@internal']);
  });

  test('that does not exist answers 500', () => {
    expect(withClass('eg', [ENVOY]).route({ url: 'http://x/' })).toMatchObject({
      outcome: 'error',
      status: 500,
      why: 'Backend shop/outside does not exist',
    });
  });

  test('of the kind of another implementation answers 500', () => {
    expect(where(withClass('istio', [ENVOY], outside), 'http://x/')).toBe('500');
  });

  test.each([
    ['any', ENVOY, 'the implementation of the Gateway knows the kind Backend of gateway.envoyproxy.io'],
    ['eg', { group: 'example.com', kind: 'Bucket', name: 'b' }, 'Envoy Gateway knows the kind Bucket of example.com'],
  ])('that the implementation of the class %s may know or not leaves it open', (className, ref, what) => {
    const [note] = withClass(className, [ref], outside).route({ url: 'http://x/' }).notes ?? [];
    expect(note).toMatch(`it cannot be said whether ${what}: if not, what would go to ${ref.kind} shop/`);
  });

  test('is another one than the Service of the same name', () => {
    const routes = withClass('eg', [ENVOY, { name: 'outside', port: 80 }], outside, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'outside', namespace: 'shop' },
      spec: { ports: [{ port: 80 }] },
    });
    expect(routes.route({ url: 'http://x/' })).toMatchObject({
      backends: [
        { service: 'outside', kind: 'Backend', probability: 0.5 },
        { service: 'outside', port: 80, probability: 0.5 },
      ],
    });
  });

  test('of another namespace needs a ReferenceGrant for its kind', () => {
    const ref = { ...ENVOY, namespace: 'team' };
    const there = { ...outside, metadata: { name: 'outside', namespace: 'team' } };
    const grant = {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'backends', namespace: 'team' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
        to: [{ group: 'gateway.envoyproxy.io', kind: 'Backend' }],
      },
    };
    expect(where(withClass('eg', [ref], there), 'http://x/')).toBe('500');
    expect(where(withClass('eg', [ref], there, grant), 'http://x/')).toBe('outside');
  });
});
