import { Routes, sameRouting } from '../../../analysis';
import { fields, leafOf, leafText, leaves, otherValues, withLeaf } from './mutations';

// Whatever is changed in manifests, `diff` never calls the result proven to be the same in silence, but for what is known to
// say nothing of requests.

interface Fixture {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const meta = (name: string, more: object = {}) => ({ name, namespace: 'shop', ...more });
const GROUP = 'gateway.networking.k8s.io';

const service = (name: string): Fixture & { spec: object } => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: meta(name, { annotations: { 'traefik.ingress.kubernetes.io/service.sticky.cookie': 'true' } }),
  spec: {
    type: 'ClusterIP',
    selector: { app: name },
    sessionAffinity: 'ClientIP',
    publishNotReadyAddresses: true,
    trafficDistribution: 'PreferClose',
    internalTrafficPolicy: 'Local',
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' }],
  },
});

const deployment = (name: string): Fixture =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta(name),
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: name, ports: [{ name: 'http', containerPort: 8080 }] }] },
      },
    },
  }) as Fixture;

const plain = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: meta(name),
  spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] },
});

const SERVICES = [service('a'), ...['b', 'copy', 'auth', 'db'].map(plain), ...['a', 'copy', 'db'].map(deployment)];

const GATEWAY: readonly object[] = [
  {
    apiVersion: `${GROUP}/v1`,
    kind: 'GatewayClass',
    metadata: { name: 'some' },
    spec: {
      controllerName: 'example.com/some',
      parametersRef: { group: '', kind: 'ConfigMap', name: 'parameters', namespace: 'shop' },
    },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('parameters'), data: { key: 'value' } },
  {
    apiVersion: `${GROUP}/v1`,
    kind: 'Gateway',
    metadata: meta('web', { annotations: { 'networking.istio.io/service-type': 'NodePort' } }),
    spec: {
      gatewayClassName: 'some',
      infrastructure: { annotations: { 'example.com/a': 'b' } },
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
        {
          name: 'https',
          port: 443,
          protocol: 'HTTPS',
          hostname: '*.shop.test',
          allowedRoutes: { kinds: [{ group: GROUP, kind: 'HTTPRoute' }], namespaces: { from: 'Same' } },
          tls: { certificateRefs: [{ name: 'tls' }], options: { 'example.com/tls': '1.3' } },
        },
        { name: 'pass', port: 8443, protocol: 'TLS', hostname: '*.shop.test', tls: { mode: 'Passthrough' } },
        { name: 'db', port: 5432, protocol: 'TCP' },
      ],
    },
  },
  {
    apiVersion: `${GROUP}/v1`,
    kind: 'HTTPRoute',
    metadata: meta('web', { annotations: { 'konghq.com/strip-path': 'true' } }),
    spec: {
      parentRefs: [{ group: GROUP, kind: 'Gateway', name: 'web', namespace: 'shop' }],
      hostnames: ['www.shop.test'],
      rules: [
        {
          name: 'cart',
          matches: [
            {
              path: { type: 'PathPrefix', value: '/cart' },
              method: 'GET',
              headers: [{ type: 'Exact', name: 'foo', value: 'bar' }],
              queryParams: [{ type: 'Exact', name: 'q', value: '1' }],
            },
          ],
          filters: [
            {
              type: 'RequestHeaderModifier',
              requestHeaderModifier: { set: [{ name: 'x-a', value: 'a' }], remove: ['x-b'] },
            },
            { type: 'ResponseHeaderModifier', responseHeaderModifier: { add: [{ name: 'x-a', value: 'a' }] } },
            { type: 'RequestMirror', requestMirror: { backendRef: { name: 'copy', port: 80 }, percent: 5 } },
            { type: 'CORS', cors: { allowOrigins: ['https://a.test'], maxAge: 5 } },
            { type: 'ExtensionRef', extensionRef: { group: 'traefik.io', kind: 'Middleware', name: 'limit' } },
            { type: 'ExternalAuth', externalAuth: { protocol: 'HTTP', backendRef: { name: 'auth', port: 80 } } },
          ],
          timeouts: { request: '5s', backendRequest: '5s' },
          retry: { attempts: 1, codes: [503] },
          sessionPersistence: { sessionName: 'a', type: 'Cookie' },
          backendRefs: [
            { group: '', kind: 'Service', name: 'a', port: 80, weight: 9 },
            {
              name: 'b',
              port: 80,
              weight: 1,
              filters: [
                { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-c', value: 'c' }] } },
              ],
            },
          ],
        },
        {
          matches: [{ path: { type: 'PathPrefix', value: '/old' } }],
          filters: [
            {
              type: 'RequestRedirect',
              requestRedirect: {
                scheme: 'https',
                hostname: 'new.test',
                port: 8443,
                statusCode: 301,
                path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' },
              },
            },
          ],
        },
        {
          matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
          filters: [
            {
              type: 'URLRewrite',
              urlRewrite: { hostname: 'api.test', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v1' } },
            },
          ],
          backendRefs: [{ name: 'a', port: 80 }],
        },
      ],
    },
  },
  {
    apiVersion: `${GROUP}/v1`,
    kind: 'GRPCRoute',
    metadata: meta('greeter'),
    spec: {
      parentRefs: [{ name: 'web', sectionName: 'http' }],
      hostnames: ['grpc.shop.test'],
      rules: [
        {
          matches: [
            {
              method: { type: 'Exact', service: 'hello.Greeter', method: 'SayHello' },
              headers: [{ name: 'v', value: '1' }],
            },
          ],
          backendRefs: [{ name: 'b', port: 80 }],
        },
      ],
    },
  },
  {
    apiVersion: `${GROUP}/v1`,
    kind: 'TLSRoute',
    metadata: meta('pass'),
    spec: {
      parentRefs: [{ name: 'web', sectionName: 'pass' }],
      hostnames: ['db.shop.test'],
      rules: [
        {
          backendRefs: [
            { name: 'db', port: 80, weight: 3 },
            { name: 'a', port: 80 },
          ],
        },
      ],
    },
  },
  {
    apiVersion: `${GROUP}/v1alpha2`,
    kind: 'TCPRoute',
    metadata: meta('db'),
    spec: { parentRefs: [{ name: 'web', port: 5432 }], rules: [{ backendRefs: [{ name: 'db', port: 80 }] }] },
  },
  {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: meta('limit'),
    spec: { basicAuth: { secret: 'users' } },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: meta('users'), stringData: { users: 'a:b' } },
  {
    apiVersion: `${GROUP}/v1`,
    kind: 'BackendTLSPolicy',
    metadata: meta('tls'),
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: 'a' }],
      validation: { hostname: 'a.test', caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] },
    },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('ca'), data: { 'ca.crt': 'certificate' } },
  ...SERVICES,
];

const INGRESS: readonly object[] = [
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('web', {
      annotations: {
        'nginx.ingress.kubernetes.io/proxy-body-size': '8m',
        'nginx.ingress.kubernetes.io/proxy-read-timeout': '60',
        'nginx.ingress.kubernetes.io/auth-type': 'basic',
        'nginx.ingress.kubernetes.io/auth-secret': 'users',
        'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true',
        'nginx.ingress.kubernetes.io/upstream-vhost': 'web.test',
      },
    }),
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.test'], secretName: 'tls' }],
      rules: [
        {
          host: 'shop.test',
          http: {
            paths: [{ path: '/cart', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('canary', {
      annotations: {
        'nginx.ingress.kubernetes.io/canary': 'true',
        'nginx.ingress.kubernetes.io/canary-weight': '5',
        'nginx.ingress.kubernetes.io/canary-by-header': 'foo',
        'nginx.ingress.kubernetes.io/canary-by-header-value': 'bar',
        'nginx.ingress.kubernetes.io/canary-by-cookie': 'foo',
      },
    }),
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'shop.test',
          http: {
            paths: [{ path: '/cart', pathType: 'Prefix', backend: { service: { name: 'b', port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: meta('users'), stringData: { auth: 'a:b' } },
  service('a'),
  plain('b'),
  deployment('a'),
  deployment('b'),
];

/** Leaves that say nothing of what becomes of requests, and why. */
const HARMLESS: readonly (readonly [RegExp, string])[] = [
  [/ apiVersion$/, 'another version of a group says the same'],
  [/^(HTTPRoute|GRPCRoute|TLSRoute|TCPRoute|Ingress)\/\S+ metadata\.name$/, 'a route is nobody but what it says'],
  [/^GatewayClass\/some metadata\.name$/, 'the class is then not among the manifests'],
  [/^HTTPRoute\/web spec\.rules\.?\[\d+\]\.name$/, 'the name of a rule is for policies that are attached to it'],
  [/^Deployment\/\S+ (kind|metadata\.name)$/, 'whose pods they are, their labels tell'],
  [/^Deployment\/\S+ spec\.(replicas|selector)/, 'how many pods there are says nothing, but for none at all'],
  [/^Deployment\/\S+ spec\.template\.spec/, 'what pods run is not asked; ports by number need not be declared'],
  [/^Service\/\S+ spec\.type$/, 'an address outside is another way in, and not that of a route'],
  [/^Gateway\/web spec\.listeners\[\d\]\.name$/, 'the name of a listener counts where routes name it'],
  [/^IngressClass\/nginx /, 'without the object of a class its name is taken for it'],
  [/^Ingress\/\S+ spec\.tls/, 'HTTPS to a host without certificate is said to be taken as the same'],
  [/^Gateway\/web spec\.listeners\[1\]\.hostname$/, 'no route is for other hosts'],
  [/^Ingress\/web .*\/force-ssl-redirect$/, 'there is a certificate, which asks for as much'],
  [
    /^Gateway\/web .*allowedRoutes(\.namespaces(\.from)?|\.kinds(\[0\](\.group)?)?)?$/,
    'no other route wants to attach',
  ],
];

/** What may be left out, and why; to give something else is another matter. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/(parentRefs|backendRefs)\[\d\]\.(group|kind|namespace|weight)$/, 'an API server fills it in'],
  [/(path|headers\[0\]|queryParams\[0\]|method)\.type$/, 'an API server fills it in'],
  [/^Service\/\S+ spec\.ports\[0\]\.protocol$/, 'an API server fills it in'],
  [/^(GRPC|TLS|TCP)Route\/\S+ spec\.parentRefs\[0\]\.(sectionName|port)$/, 'no other listener takes the route'],
];

const isHarmless = ({ text, isLeftOut }: Change) =>
  [...HARMLESS, ...(isLeftOut ? LEFT_OUT : [])].some(([pattern]) => pattern.test(text));

interface Change {
  readonly text: string;
  readonly isLeftOut: boolean;
  readonly objects: readonly object[];
}

function* changes(objects: readonly object[]): Generator<Change> {
  for (const [index, object] of objects.entries()) {
    const fixture = object as Fixture;
    const replaced = (changed: object) => objects.map((one, place) => (place === index ? changed : one));
    for (const path of leaves(fixture)) {
      for (const value of otherValues(leafOf(fixture, path))) {
        yield { text: leafText(fixture, path), isLeftOut: false, objects: replaced(withLeaf(fixture, path, value)) };
      }
    }
    for (const path of fields(fixture)) {
      yield { text: leafText(fixture, path), isLeftOut: true, objects: replaced(withLeaf(fixture, path, undefined)) };
    }
    const isLeftOut = true;
    yield {
      text: `${fixture.kind}/${fixture.metadata.name} `,
      isLeftOut,
      objects: objects.filter((one) => one !== object),
    };
  }
}

describe.each([
  ['a Gateway', GATEWAY, (objects: readonly object[]) => Routes.ofGateway(objects, { gateway: 'shop/web' })],
  ['ingress-nginx', INGRESS, (objects: readonly object[]) => Routes.ofIngressNginx(objects, { ingressClass: 'nginx' })],
])('of %s', (_, objects, read) => {
  const before = read(objects);

  test('what is not changed is the same', () => {
    expect(before.problems).toEqual([]);
    expect(sameRouting(before, read(structuredClone(objects)))).toMatchObject({ same: true, proven: true });
  });

  test('no change is called the same in silence but for those that say nothing of requests', () => {
    const silent = new Set<string>();
    let told = 0;
    for (const change of changes(objects)) {
      const after = read(change.objects);
      // What an API server refuses is told before anything is compared.
      const { same, proven } = after.problems.length > 0 ? { same: false, proven: false } : sameRouting(before, after);
      if (!(same && proven)) {
        told++;
      } else if (!isHarmless(change)) {
        silent.add(change.text);
      }
    }
    expect([...silent]).toEqual([]);
    expect(told).toBeGreaterThan(100);
  });
});
