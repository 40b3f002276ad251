import { App, Chart } from 'cdk8s';
import { ExposedService, Exposure, Gateway, GatewayImplementation, Tls } from '../../constructs';
import '../../jest';
import { manifests } from '../../jest';
import { failure, lines } from './failure';

/** A Gateway with HTTPS, a split of 95 to 5, and a path whose Services are there in part. */
const GATEWAY = 'test/cli/fixtures/gateway';
/** An Ingress, and two Gateways of which one has an HTTPRoute. */
const BOTH = 'test/cli/fixtures/both';
const url = 'https://shop.example.com/';

describe('HTTPRoutes', () => {
  test('lead to Services, to shares of Services and to redirects', () => {
    expect(GATEWAY).toRoute({ url }).toSplit({ frontend: 0.95, 'frontend-canary': 0.05 });
    expect(GATEWAY)
      .toRoute({ url, headers: { FOO: 'bar' } })
      .toBackend('frontend-canary');
    expect(GATEWAY)
      .toRoute({ url: 'http://shop.example.com/x?y' })
      .toRedirect({ status: 301, location: 'https://shop.example.com/x?y' });
    expect(GATEWAY).not.toRoute({ url: 'https://other.example.com/' });
    expect(GATEWAY).toAnswer({ url: 'https://other.example.com/' }, 404);
  });

  test('are named with listener and place where an assertion fails', () => {
    expect(failure(() => expect(GATEWAY).toRoute({ url }).toBackend('frontend'))).toBe(
      lines(`
        expect(manifests).toRoute(request).toBackend("frontend")

        Expected: always shop/frontend
        Received: 95 % shop/frontend:80, 5 % shop/frontend-canary:80

        https://shop.example.com/
          95 %  frontend:80
           5 %  frontend-canary:80
          because listener https, host shop.example.com
                  path / is below /: HTTPRoute shop/shop, path / (PathPrefix)
                  backendRefs frontend with weight 95, frontend-canary with weight 5 of 100
          at      test/cli/fixtures/gateway/shop.yaml:21

        Some of the requests go there and some do not; see toSplit.
      `),
    );
  });

  test('stand in a snapshot with listener and conditions', () => {
    expect(GATEWAY).toMatchRoutingSnapshot();
  });
});

describe('a share that is answered with an error, since its Service is missing', () => {
  const cart = { url: 'https://shop.example.com/cart' };

  test('goes to no Service, neither to all of them nor to none', () => {
    expect(failure(() => expect(GATEWAY).toRoute(cart).toSplit({ frontend: 0.75, cart: 0.25 }))).toContain(
      'Expected: 75 % shop/frontend, 25 % shop/cart\nReceived: 75 % shop/frontend:80, 25 % shop/cart:80 (error 500)\n',
    );
    for (const assert of [
      () => expect(GATEWAY).toRoute(cart).toBackend('cart'),
      () => expect(GATEWAY).toRoute(cart).not.toBackend('cart'),
    ]) {
      expect(failure(assert)).toContain('\n\nRequests that should go there are answered with an error.');
    }
    expect(failure(() => expect(GATEWAY).toRoute(cart).not.toBackend('frontend'))).toContain(
      '\n\nSome of the requests go there and some do not; see toSplit.',
    );
  });
});

describe('manifests with Ingresses and Gateways', () => {
  const [OLD, NEW] = [{ url: 'http://old.example.com/' }, { url: 'http://new.example.com/' }];

  test('are asked for the class or the Gateway that is chosen', () => {
    const nginx = manifests(BOTH, { ingressClass: 'nginx' });
    expect(nginx).toRoute(OLD).toBackend('shop/web');
    expect(nginx).not.toRoute(NEW);
    const internal = manifests(BOTH, { gateway: 'infra/internal' });
    expect(internal).toRoute(OLD).toBackend('web');
    expect(internal).toRoute(NEW).toBackend('web');
    expect(manifests(BOTH, { gateway: 'infra/public' })).not.toRoute(NEW);
  });

  test.each([
    [
      BOTH,
      {},
      'there are Ingresses of the class "nginx", and the Gateways "infra/internal", "infra/public"; choose one by manifests(…, { ingressClass: "NAME" } or { gateway: "NAMESPACE/NAME" })',
    ],
    [
      BOTH,
      { gateway: 'infra/web' },
      'no Gateway is "infra/web", as NAMESPACE/NAME; there are "infra/internal", "infra/public"',
    ],
    [BOTH, { ingressClass: 'x' }, 'no Ingress is of class "x"; there are "nginx"'],
    [
      BOTH,
      { ingressClass: 'nginx', gateway: 'infra/public' },
      'ingressClass nginx and gateway infra/public: give one of them',
    ],
  ])('fail, with not as without, for %s with %j', (subject, options, expected) => {
    expect(failure(() => expect(manifests(subject, options)).toRoute(OLD))).toContain(expected);
    expect(failure(() => expect(manifests(subject, options)).not.toRoute(NEW))).toContain(expected);
  });

  test('fail where there are several Gateways', () => {
    const gateways = ['public', 'internal'].map((name) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name, namespace: 'infra' },
      spec: { gatewayClassName: 'eg', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    }));
    expect(failure(() => expect(gateways).not.toRoute(NEW))).toMatch(
      /choose one by manifests\(…, \{ gateway: "NAMESPACE\/NAME" \}\)$/,
    );
  });
});

test('an App that moves from an Ingress to a Gateway is asserted on both sides', () => {
  const app = new App();
  const chart = new Chart(app, 'shop');
  const gateway = new Gateway(chart, 'web', {
    namespace: { name: 'infra' },
    implementation: GatewayImplementation.ENVOY_GATEWAY,
  });
  const [host, tls] = ['shop.example.com', Tls.secret('shop-tls')];
  new ExposedService(chart, 'frontend', {
    namespace: { name: 'shop' },
    image: 'registry.example/frontend:1.4',
    port: 8080,
    exposure: Exposure.ingress({ host, tls }).and(Exposure.gateway({ gateway, host, tls })),
  });
  for (const side of [manifests(app, { ingressClass: 'nginx' }), manifests(app, { gateway: 'infra/web' })]) {
    expect(side).toRoute({ url }).toBackend('shop/frontend');
    expect(side).not.toRoute({ url: 'https://other.example.com/' });
  }
});
