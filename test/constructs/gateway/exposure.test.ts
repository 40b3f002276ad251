import { Chart, Yaml } from 'cdk8s';
import { Routes } from '../../../analysis';
import {
  AllowedNamespaces,
  ExposedService,
  Exposure,
  Gateway,
  GatewayImplementation,
  GatewayListener,
  Issuer,
  NetworkingApp,
  PathType,
  Tls,
} from '../../../constructs';
import type { Fields } from '../../helpers/fields';
import { find } from '../../helpers/synth';
import { ENVOY, frontendOf, gatewayObjectsOf, HOST, IMAGE, objectsOf, parts, webOf } from './apps';

const PARENT = { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra', name: 'web' };
const BACKEND = { group: '', kind: 'Service', name: 'frontend', port: 8080, weight: 1 };
const ROOT = { path: { type: 'PathPrefix', value: '/' } };
const httpsListener = (objects: readonly Fields[]): Fields[] =>
  find(objects, 'Gateway', 'web').spec.listeners.filter(({ protocol }: Fields) => protocol === 'HTTPS');

/** The objects of the Gateway API for one service with this exposure. */
function exposed(props: Parameters<typeof frontendOf>[2] = {}, gateway?: Parameters<typeof webOf>[1]): Fields[] {
  const all = parts();
  frontendOf(all, webOf(all, gateway), props);
  return gatewayObjectsOf(all.app);
}

test('an HTTPRoute beside the Service leads the requests of a host to it, with what an API server would fill in', () => {
  expect(find(exposed(), 'HTTPRoute', 'frontend')).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'frontend', namespace: 'shop' },
    spec: {
      parentRefs: [PARENT],
      hostnames: [HOST],
      rules: [{ matches: [ROOT], backendRefs: [BACKEND] }],
    },
  });
});

test('path, path type, name, annotations and listener are those that are given', () => {
  const objects = exposed({
    path: '/cart',
    pathType: PathType.EXACT,
    routeName: 'cart',
    annotations: { 'example.com/team': 'shop' },
    listener: 'http',
  });
  expect(find(objects, 'HTTPRoute', 'cart')).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'cart', namespace: 'shop', annotations: { 'example.com/team': 'shop' } },
    spec: {
      parentRefs: [{ ...PARENT, sectionName: 'http' }],
      hostnames: [HOST],
      rules: [{ matches: [{ path: { type: 'Exact', value: '/cart' } }], backendRefs: [BACKEND] }],
    },
  });
});

test.each([
  ['/item/[0-9]+', '^/item/[0-9]+$'],
  ['^/item/[0-9]+$', '^/item/[0-9]+$'],
  ['/a|/b', '^(?:/a|/b)$'],
  ['/price\\$', '^/price\\$$'],
])(
  'the regular expression %s is written so that every implementation takes it from beginning to end',
  (path, value) => {
    const route = find(exposed({ path, pathType: PathType.REGULAR_EXPRESSION }), 'HTTPRoute', 'frontend');
    expect(route.spec.rules[0].matches).toEqual([{ path: { type: 'RegularExpression', value } }]);
  },
);

describe('HTTPS', () => {
  test('tls adds a listener for the host, whose Secret is beside the Service and is allowed to the Gateway', () => {
    const objects = exposed({ tls: Tls.secret('shop-tls') });
    expect(httpsListener(objects)).toEqual([
      {
        name: `https-${HOST}`,
        hostname: HOST,
        port: 443,
        protocol: 'HTTPS',
        tls: {
          mode: 'Terminate',
          certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-tls', namespace: 'shop' }],
        },
        allowedRoutes: {
          namespaces: {
            from: 'Selector',
            selector: {
              matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['infra', 'shop'] }],
            },
          },
        },
      },
    ]);
    expect(find(objects, 'ReferenceGrant', 'secret-shop-tls-for-gateways-of-infra')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      metadata: { name: 'secret-shop-tls-for-gateways-of-infra', namespace: 'shop' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra' }],
        to: [{ group: '', kind: 'Secret', name: 'shop-tls' }],
      },
    });
  });

  test('with tls HTTP is redirected, as ingress-nginx does by itself', () => {
    const objects = exposed({ tls: Tls.secret('shop-tls') });
    expect(find(objects, 'HTTPRoute', 'frontend').spec.parentRefs).toEqual([
      { ...PARENT, sectionName: `https-${HOST}` },
    ]);
    expect(find(objects, 'HTTPRoute', 'frontend-redirect')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'frontend-redirect', namespace: 'shop' },
      spec: {
        parentRefs: [{ ...PARENT, sectionName: 'http' }],
        hostnames: [HOST],
        rules: [
          {
            matches: [ROOT],
            filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 308 } }],
          },
        ],
      },
    });
  });

  test('httpsOnly: false serves both', () => {
    const objects = exposed({ tls: Tls.secret('shop-tls'), httpsOnly: false });
    expect(objects.filter(({ kind }) => kind === 'HTTPRoute').map(({ spec }) => spec.parentRefs)).toEqual([
      [
        { ...PARENT, sectionName: `https-${HOST}` },
        { ...PARENT, sectionName: 'http' },
      ],
    ]);
  });

  test.each([
    ['308 where the implementation is known to have it', ENVOY, 308],
    ['301 where it is not', GatewayImplementation.CONTOUR, 301],
    ['301 where nobody says what serves the Gateway', undefined, 301],
  ])('redirects by %s', (_, implementation, status) => {
    const objects = exposed({ tls: Tls.secret('shop-tls') }, { className: 'any', implementation });
    const [rule] = find(objects, 'HTTPRoute', 'frontend-redirect').spec.rules;
    expect(rule.filters[0].requestRedirect.statusCode).toBe(status);
  });

  test('with tls all of the host is redirected, once for all paths, as ingress-nginx does', () => {
    const all = parts();
    const gateway = webOf(all);
    const service = frontendOf(all, gateway, { tls: Tls.secret('shop-tls'), path: '/cart' });
    service.expose(
      Exposure.gateway({ gateway, host: HOST, tls: Tls.secret('shop-tls'), path: '/shop', routeName: 'shop' }),
    );
    const objects = gatewayObjectsOf(all.app).filter(({ kind }) => kind === 'HTTPRoute');
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['frontend', 'frontend-redirect', 'shop']);
    expect(objects[1]?.spec.rules[0].matches).toEqual([ROOT]);
  });

  test('without tls the path that is served is redirected and no other', () => {
    const listeners = [GatewayListener.http(), GatewayListener.https({ tls: Tls.secret('any') })];
    const props = { httpsOnly: true, path: '/cart', pathType: PathType.EXACT };
    const objects = exposed(props, { implementation: ENVOY, listeners });
    const [rule] = find(objects, 'HTTPRoute', 'frontend-redirect').spec.rules;
    expect(rule.matches).toEqual([{ path: { type: 'Exact', value: '/cart' } }]);
  });

  test('uses the certificates of the Gateway, on whatever port, when there is no tls', () => {
    const listeners = [
      GatewayListener.http(),
      GatewayListener.https({ hostname: '*.example.com', port: 8443, tls: Tls.secret('wildcard') }),
      GatewayListener.https({ hostname: 'other.example.com', port: 8443, tls: Tls.secret('other') }),
    ];
    const objects = exposed({ httpsOnly: true }, { implementation: ENVOY, listeners });
    expect(find(objects, 'HTTPRoute', 'frontend').spec.parentRefs).toEqual([
      { ...PARENT, sectionName: 'https-8443-wildcard.example.com' },
    ]);
    const [rule] = find(objects, 'HTTPRoute', 'frontend-redirect').spec.rules;
    expect(rule.filters[0].requestRedirect).toEqual({ scheme: 'https', port: 8443, statusCode: 308 });
  });

  test('two paths of a host share a listener', () => {
    const all = parts();
    const gateway = webOf(all);
    const service = frontendOf(all, gateway, { tls: Tls.secret('shop-tls') });
    const tls = Tls.secret('shop-tls');
    service.expose(Exposure.gateway({ gateway, host: HOST, tls, path: '/a', routeName: 'a' }));
    service.expose(Exposure.gateway({ gateway, host: HOST, httpsOnly: true, path: '/b', routeName: 'b' }));
    const objects = gatewayObjectsOf(all.app);
    expect(httpsListener(objects)).toHaveLength(1);
    expect(objects.filter(({ kind }) => kind === 'ReferenceGrant')).toHaveLength(1);
    for (const name of ['a', 'b']) {
      expect(find(objects, 'HTTPRoute', name).spec.parentRefs).toEqual([{ ...PARENT, sectionName: `https-${HOST}` }]);
    }
  });

  test('cert-manager makes one certificate for both targets', () => {
    const all = parts();
    const tls = Tls.certManager(Issuer.existing('internal'));
    const shared = { host: HOST, tls, httpsOnly: true };
    new ExposedService(all.shop, 'frontend', {
      ...IMAGE,
      exposure: Exposure.ingress(shared).and(Exposure.gateway({ gateway: webOf(all), ...shared })),
    });
    const objects = objectsOf(all.app);
    expect(objects.filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => metadata)).toEqual([
      { name: 'frontend-tls', namespace: 'shop' },
    ]);
    expect(find(objects, 'Ingress', 'frontend').spec.tls[0].secretName).toBe('frontend-tls');
    expect(httpsListener(objects)[0]?.tls.certificateRefs[0].name).toBe('frontend-tls');
  });

  test('listener names the one that is added', () => {
    const objects = exposed({ tls: Tls.secret('shop-tls'), listener: 'shop' });
    expect(httpsListener(objects).map(({ name }) => name)).toEqual(['shop']);
    expect(find(objects, 'HTTPRoute', 'frontend').spec.parentRefs[0].sectionName).toBe('shop');
  });
});

describe('namespaces', () => {
  test('a route in the namespace of the Gateway is allowed to refer to the Service', () => {
    const objects = exposed({ routeNamespace: { name: 'infra' } });
    const route = find(objects, 'HTTPRoute', 'frontend');
    expect(route.metadata.namespace).toBe('infra');
    expect(route.spec.rules[0].backendRefs).toEqual([{ ...BACKEND, namespace: 'shop' }]);
    expect(find(objects, 'ReferenceGrant', 'service-frontend-for-routes-of-infra')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      metadata: { name: 'service-frontend-for-routes-of-infra', namespace: 'shop' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'infra' }],
        to: [{ group: '', kind: 'Service', name: 'frontend' }],
      },
    });
    expect(find(objects, 'Gateway', 'web').spec.listeners[0].allowedRoutes).toEqual({ namespaces: { from: 'Same' } });
  });

  test('where no manifest names one, Gateway and route name none and find each other', () => {
    const app = new NetworkingApp();
    const gateway = new Gateway(new Chart(app, 'edge'), 'web', { className: 'eg' });
    const exposure = Exposure.gateway({ gateway, host: HOST });
    new ExposedService(new Chart(app, 'shop'), 'frontend', { ...IMAGE, exposure });
    const objects = objectsOf(app);
    expect(find(objects, 'HTTPRoute', 'frontend').spec.parentRefs).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web' },
    ]);
    expect(find(objects, 'Gateway', 'web').spec.listeners[0].allowedRoutes).toEqual({ namespaces: { from: 'Same' } });
    expect(Routes.ofGateway(objects).route({ url: `http://${HOST}/` }).outcome).toBe('backends');
  });

  test('a Gateway that somebody else made is named, and left alone', () => {
    const all = parts();
    const gateway = Gateway.existing({ name: 'edge', namespace: { name: 'gateways' } });
    frontendOf(all, gateway, { listener: 'web' });
    expect(gatewayObjectsOf(all.app).map(({ kind, spec }) => [kind, spec.parentRefs])).toEqual([
      ['HTTPRoute', [{ ...PARENT, namespace: 'gateways', name: 'edge', sectionName: 'web' }]],
    ]);
  });

  test('httpsOnly names the listeners of a Gateway that somebody else made', () => {
    const all = parts();
    const allowedNamespaces = AllowedNamespaces.ALL;
    const gateway = Gateway.existing({
      name: 'edge',
      namespace: { name: 'gateways' },
      implementation: GatewayImplementation.ISTIO,
      listeners: [
        GatewayListener.http({ allowedNamespaces, name: 'plain' }),
        GatewayListener.https({ allowedNamespaces, hostname: '*.example.com', name: 'secure' }),
      ],
    });
    frontendOf(all, gateway, { httpsOnly: true });
    expect(gatewayObjectsOf(all.app).map(({ spec }) => spec.parentRefs[0].sectionName)).toEqual(['secure', 'plain']);
  });
});

test('both targets at once, for a migration side by side', () => {
  const all = parts();
  new ExposedService(all.shop, 'frontend', {
    ...IMAGE,
    exposure: Exposure.ingress({ host: HOST, tls: Tls.secret('shop-tls'), httpsOnly: true }).and(
      Exposure.gateway({ gateway: webOf(all), host: HOST, tls: Tls.secret('shop-tls'), httpsOnly: true }),
    ),
  });
  const objects = objectsOf(all.app).filter(({ kind }) => !['Deployment', 'Service'].includes(kind));
  expect(Yaml.stringify(...objects)).toMatchSnapshot();
});
