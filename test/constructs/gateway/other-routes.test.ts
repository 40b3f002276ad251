import { Yaml } from 'cdk8s';
import { Routes } from '../../../analysis';
import {
  DefaultDenyNamespace,
  ExposedService,
  Exposure,
  Gateway,
  GatewayImplementation,
  GatewayListener,
  type GatewayProps,
  type GrpcExposureProps,
  Peer,
  Tls,
  type TlsPassthroughProps,
} from '../../../constructs';
import '../../../jest';
import { crdProblems, withCrdDefaults } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import { find } from '../../helpers/synth';
import { ENVOY, failureOf, gatewayObjectsOf, messageOf, objectsOf, type Parts, parts, webOf } from './apps';

// Calls of gRPC, and TLS that the Pods decrypt themselves.

const IMAGE = { image: 'registry.example/cart:1', port: 9000 };
const GRPC = 'grpc.example.com';
const DB = 'db.example.com';

type Given<Props> = Partial<Props>;

const grpcOf = (all: Parts, gateway: GrpcExposureProps['gateway'], props: Given<GrpcExposureProps> = {}) =>
  new ExposedService(all.shop, 'cart', { ...IMAGE, exposure: Exposure.grpc({ gateway, host: GRPC, ...props }) });
const tlsOf = (all: Parts, gateway: TlsPassthroughProps['gateway'], props: Given<TlsPassthroughProps> = {}) =>
  new ExposedService(all.shop, 'db', { ...IMAGE, exposure: Exposure.tlsPassthrough({ gateway, host: DB, ...props }) });

const made = (make: (all: Parts, gateway: Gateway) => void, props?: GatewayProps) => {
  const all = parts();
  make(all, webOf(all, props));
  return all.app;
};

const VARIANTS: [string, (all: Parts, gateway: Gateway) => void][] = [
  ['all calls to a host', (all, gateway) => void grpcOf(all, gateway)],
  [
    'calls of a method, by HTTPS, under a name',
    (all, gateway) =>
      void grpcOf(all, gateway, {
        service: 'shop.v1.Cart',
        method: 'AddItem',
        tls: Tls.secret('grpc-tls'),
        routeName: 'calls',
        annotations: { 'example.com/team': 'cart' },
      }),
  ],
  [
    'calls and TLS from another namespace, which the Services allow',
    (all, gateway) => {
      grpcOf(all, gateway, { routeNamespace: { name: 'infra' } });
      tlsOf(all, gateway, { routeNamespace: { name: 'infra' } });
    },
  ],
  ['TLS that is passed through', (all, gateway) => void tlsOf(all, gateway)],
  [
    'TLS on another port, by a listener of another name',
    (all, gateway) => void tlsOf(all, gateway, { port: 5432, listener: 'postgres', routeName: 'postgres' }),
  ],
];

describe('a route of', () => {
  test.each(VARIANTS)('%s', (_, make) => {
    expect(
      Yaml.stringify(...gatewayObjectsOf(made(make)).filter(({ kind }) => kind !== 'GatewayClass')),
    ).toMatchSnapshot();
  });

  test.each(VARIANTS)('%s is as the CustomResourceDefinitions want it, and nothing is filled in', (_, make) => {
    for (const object of gatewayObjectsOf(made(make))) {
      expect(crdProblems(object)).toEqual([]);
      expect(withCrdDefaults(object)).toEqual(object);
    }
  });
});

describe('is routed, as the engine reads it:', () => {
  const calls = made((all, gateway) => {
    grpcOf(all, gateway, { service: 'shop.v1.Cart' });
    const other = { gateway, host: GRPC, service: 'shop.v1.Order', routeName: 'orders' };
    new ExposedService(all.shop, 'orders', { ...IMAGE, exposure: Exposure.grpc(other) });
  });

  test('a call goes to the Service of its service, and to none for another', () => {
    const call = (path: string) => ({
      url: `http://${GRPC}${path}`,
      method: 'POST',
      headers: { 'content-type': 'application/grpc' },
    });
    expect(calls).toRoute(call('/shop.v1.Cart/AddItem')).toBackend('cart');
    expect(calls).toRoute(call('/shop.v1.Order/Place')).toBackend('orders');
    expect(calls).not.toRoute(call('/shop.v1.Payment/Pay'));
  });

  test('calls and connections go to Services of another namespace than that of their routes', () => {
    const app = made((all, gateway) => {
      grpcOf(all, gateway, { routeNamespace: { name: 'infra' } });
      tlsOf(all, gateway, { routeNamespace: { name: 'infra' } });
    });
    expect(app)
      .toRoute({
        url: `http://${GRPC}/shop.v1.Cart/AddItem`,
        method: 'POST',
        headers: { 'content-type': 'application/grpc' },
      })
      .toBackend('shop/cart');
    const { streams } = Routes.of(objectsOf(app), { gateway: 'infra/web' });
    expect(streams).toMatchObject([{ host: DB, error: undefined, backends: [{ namespace: 'shop', service: 'db' }] }]);
  });

  test('a connection of TLS goes to the Service by the name that is asked for', () => {
    const app = made((all, gateway) => void tlsOf(all, gateway));
    const routes = Routes.of(objectsOf(app), { gateway: 'infra/web' });
    expect(routes.streams).toMatchObject([
      {
        protocol: 'TLS',
        port: 443,
        host: DB,
        isTerminated: false,
        error: undefined,
        backends: [{ service: 'db' }],
      },
    ]);
  });
});

describe('in a closed namespace', () => {
  const controller = { controller: Peer.pods({ app: 'gateway' }, { name: 'infra' }) };
  test.each<[string, (all: Parts, gateway: Gateway) => ExposedService]>([
    ['a route of gRPC opens just the port of the Pods to the Gateway', (all, gateway) => grpcOf(all, gateway)],
    ['a route of TLS opens just the port of the Pods to the Gateway', (all, gateway) => tlsOf(all, gateway)],
  ])('%s', (_, make) => {
    let name = '';
    const app = made(
      (all, gateway) => {
        new DefaultDenyNamespace(all.shop, 'closed', { name: 'shop' });
        new ExposedService(all.infra, 'gateway', IMAGE);
        name = make(all, gateway).name;
      },
      { implementation: ENVOY, ...controller },
    );
    const except = [{ from: 'infra/gateway', port: 9000 }];
    expect(app).toDenyAllConnections({ to: `shop/${name}`, except, exceptUnseen: 9000 });
  });

  test('fails under a Gateway whose Pods no policy can tell', () => {
    const app = made(
      (all, gateway) => {
        new DefaultDenyNamespace(all.shop, 'closed', { name: 'shop' });
        grpcOf(all, gateway);
      },
      { implementation: GatewayImplementation.CILIUM },
    );
    expect(failureOf(app)).toContain('fromEntities: [ingress]');
  });
});

describe('a listener for TLS', () => {
  test('takes routes of TLS, and no namespace for the sake of others', () => {
    const app = made((all, gateway) => {
      gateway.addListener(GatewayListener.tlsPassthrough({ hostname: '*.example.com', port: 8443 }));
      const exposure = Exposure.gateway({ gateway, host: 'shop.example.com' });
      new ExposedService(all.shop, 'web', { ...IMAGE, exposure });
    });
    const [, tls] = find(gatewayObjectsOf(app), 'Gateway', 'web').spec.listeners as Fields[];
    expect(tls).toEqual({
      name: 'tls-8443-wildcard.example.com',
      hostname: '*.example.com',
      port: 8443,
      protocol: 'TLS',
      tls: { mode: 'Passthrough' },
      allowedRoutes: { namespaces: { from: 'Same' } },
    });
  });

  test('is not one for HTTP', () => {
    const app = made((all, gateway) => {
      gateway.addListener(GatewayListener.tlsPassthrough({ hostname: GRPC, name: 'raw' }));
      grpcOf(all, gateway, { listener: 'raw' });
    });
    expect(failureOf(app)).toContain(
      'listener "raw" of the Gateway infra/web is for TLS, and the GRPCRoute "cart" needs one for HTTP or HTTPS; name another',
    );
  });
});

describe('of a Gateway that is there already', () => {
  const existing = (listeners?: GatewayListener[]) =>
    Gateway.existing({ name: 'edge', namespace: { name: 'infra' }, implementation: ENVOY, listeners });

  test('a route names the listener that it is given, or none', () => {
    const all = parts();
    tlsOf(all, existing(), { listener: 'tls' });
    grpcOf(all, existing());
    const parent = { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra', name: 'edge' };
    const objects = gatewayObjectsOf(all.app);
    expect(find(objects, 'TLSRoute', 'db').spec.parentRefs).toEqual([{ ...parent, sectionName: 'tls' }]);
    expect(find(objects, 'GRPCRoute', 'cart').spec.parentRefs).toEqual([parent]);
  });

  test('a route is checked against the listeners that are known', () => {
    const all = parts();
    tlsOf(all, existing([GatewayListener.http()]));
    expect(failureOf(all.app)).toContain('no listener of the Gateway infra/edge is for db.example.com');
  });
});

describe('fails', () => {
  test('where a host has routes of HTTP too', () => {
    const app = made((all, gateway) => {
      grpcOf(all, gateway);
      new ExposedService(all.shop, 'web', { ...IMAGE, exposure: Exposure.gateway({ gateway, host: GRPC }) });
    });
    expect(failureOf(app)).toBe(
      'shop/cart: shop/web/web-route and shop/cart/cart-grpc-route both take grpc.example.com; a Gateway serves a host to one kind of routes, give gRPC a host of its own',
    );
  });

  test.each<[string, (all: Parts, gateway: Gateway) => unknown, string]>([
    [
      'for a method without its service',
      (all, gateway) => grpcOf(all, gateway, { method: 'AddItem' }),
      'shop/cart: exposure.method is given without service; give the service that has it',
    ],
    [
      'for a service that is a path',
      (all, gateway) => grpcOf(all, gateway, { service: '/shop.v1.Cart' }),
      'shop/cart: exposure.service is "/shop.v1.Cart"; give a service with its package such as "shop.v1.Cart"',
    ],
    [
      'for a port that is for HTTP',
      (all, gateway) => tlsOf(all, gateway, { port: 80 }),
      'shop/db: port 80 of the Gateway infra/web is for HTTP already, by http (HTTP 80); give another port',
    ],
  ])('%s', (_, make, message) => {
    expect(messageOf(() => made((all, gateway) => void make(all, gateway)))).toBe(message);
  });

  test.each<[string, GatewayImplementation | undefined, string]>([
    [
      'for TLS under an implementation whose report lacks it',
      GatewayImplementation.CONTOUR,
      'exposure is given, and the conformance report of Contour v1.33.0 for Gateway API v1.3.0 does not have TLSRoute; leave it out, or take one of Cilium, Envoy Gateway, Istio, NGINX Gateway Fabric, Traefik, kgateway',
    ],
    [
      'for TLS under an implementation that nobody names',
      undefined,
      'exposure is given, and not every Gateway has TLSRoute; name its implementation, such as Cilium, Envoy Gateway, Istio, NGINX Gateway Fabric, Traefik, kgateway',
    ],
  ])('%s', (_, implementation, problem) => {
    const props = implementation === undefined ? { className: 'some' } : { implementation };
    expect(messageOf(() => made((all, gateway) => void tlsOf(all, gateway), props))).toBe(`shop/db: ${problem}`);
  });
});
