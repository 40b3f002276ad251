import '../../jest';
import { manifests } from '../../jest';
import { failure } from './failure';

const URL = 'http://shop.example.com/';
const metadata = (annotations: Readonly<Record<string, string>> = {}) => ({
  name: 'web',
  namespace: 'shop',
  annotations,
});
const SERVICE = { apiVersion: 'v1', kind: 'Service', metadata: metadata(), spec: { ports: [{ port: 80 }] } };
const backend = { service: { name: 'web', port: { number: 80 } } };
const ingress = (annotations: Readonly<Record<string, string>> = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: metadata(
    Object.fromEntries(
      Object.entries(annotations).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]),
    ),
  ),
  spec: {
    ingressClassName: 'nginx',
    rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
  },
});
const ROUTE = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: metadata(),
  spec: {
    parentRefs: [{ name: 'public', namespace: 'infra', sectionName: 'http' }],
    hostnames: ['shop.example.com'],
    rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
  },
};
const PASSWORD = ingress({ 'auth-type': 'basic', 'auth-secret': 'users' });

/** All that a test may ask about a request. */
function questions(subject: object | readonly object[]): readonly (() => unknown)[] {
  const given = manifests(subject as object[]);
  return [
    () => expect(given).toRoute({ url: URL }),
    () => expect(given).not.toRoute({ url: URL }),
    () => expect(given).toRoute({ url: URL }).toBackend('web'),
    () => expect(given).toAnswer({ url: URL }, 404),
    () => expect(given).not.toAnswer({ url: URL }, 404),
    () => expect(given).toAnswer({ url: URL }, 503),
    () => expect(given).not.toAnswer({ url: URL }, 503),
  ];
}

test('no matcher passes on an Ingress whose password is in a Secret that is not among the manifests', () => {
  for (const ask of questions([SERVICE, PASSWORD])) {
    expect(failure(ask)).toContain(
      'asks for a password first, or answers 503: Secret shop/users is not among the manifests; --assume-secrets takes it as there\n  manifests(…, { assumeSecrets: true }) takes the Secret as there',
    );
  }
  expect(manifests([SERVICE, PASSWORD], { assumeSecrets: true }))
    .toRoute({ url: URL })
    .toBackend('web');
});

test('no matcher passes on an HTTPRoute whose Gateway is not among the manifests', () => {
  for (const ask of questions([SERVICE, ROUTE])) {
    expect(failure(ask)).toContain('manifests(…, { assumeGateway: true }) takes the Gateway as there');
  }
  expect(manifests([SERVICE, ROUTE], { assumeGateway: true }))
    .toRoute({ url: URL })
    .toBackend('web');
});

test.each([
  ['an Ingress', ingress(), {}],
  ['an HTTPRoute', ROUTE, { assumeGateway: true }],
])(
  'a Service that is not among the manifests is taken as there for %s where that is asked for',
  (_, route, options) => {
    expect(failure(() => expect(manifests(route, options)).toRoute({ url: URL }))).toContain('does not exist');
    expect(manifests(route, { ...options, assumeServices: true }))
      .toRoute({ url: URL })
      .toBackend('web');
  },
);
