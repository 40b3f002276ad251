import { Yaml } from 'cdk8s';
import {
  DefaultDenyNamespace,
  ExposedService,
  Exposure,
  Gateway,
  GatewayImplementation,
  GatewayListener,
  GatewayListenerSet,
  type GatewayListenerSetProps,
  Peer,
  Tls,
} from '../../../constructs';
import '../../../jest';
import { crdProblems, withCrdDefaults } from '../../helpers/crd';
import { find } from '../../helpers/synth';
import { ENVOY, failureOf, gatewayObjectsOf, HOST, IMAGE, messageOf, parts } from './apps';

// Listeners of a Gateway that stand beside the services that need them.

const tls = Tls.secret('shop-tls');
const HTTPS = GatewayListener.https({ hostname: HOST, tls });

/** A Gateway in infra, a set in the namespace of the shop, and a service that is exposed by it. */
function shop(set: Partial<GatewayListenerSetProps> = {}, more: object = {}) {
  const all = parts();
  const controller = Peer.pods({ app: 'gateway' }, { name: 'infra' });
  const gateway = new Gateway(all.infra, 'web', { implementation: ENVOY, controller });
  const listeners = new GatewayListenerSet(all.shop, 'shop', { gateway, listeners: [HTTPS], ...set });
  const exposure = Exposure.gateway({ gateway: listeners, host: HOST, ...more });
  const service = new ExposedService(all.shop, 'frontend', { ...IMAGE, exposure });
  return { ...all, gateway, listeners, service };
}

test('a ListenerSet adds its listeners to the Gateway, which takes sets of its namespace, and routes name the set', () => {
  expect(Yaml.stringify(...gatewayObjectsOf(shop().app))).toMatchSnapshot();
});

test('it is as the CustomResourceDefinitions want it, and nothing is filled in', () => {
  for (const object of gatewayObjectsOf(shop({ name: 'sets', annotations: { 'example.com/team': 'shop' } }).app)) {
    expect(crdProblems(object)).toEqual([]);
    expect(withCrdDefaults(object)).toEqual(object);
  }
});

test('requests go to the Service by the listener of the set, and not by those of the Gateway', () => {
  const { app } = shop();
  expect(app)
    .toRoute({ url: `https://${HOST}/cart` })
    .toBackend('frontend');
  expect(app).not.toRoute({ url: `http://${HOST}/cart` });
});

test('a closed namespace opens just the port of the Pods to the Gateway', () => {
  const { app, shop: chart, infra } = shop();
  new DefaultDenyNamespace(chart, 'closed', { name: 'shop' });
  new ExposedService(infra, 'gateway', IMAGE);
  const except = [{ from: 'infra/gateway', port: 8080 }];
  expect(app).toDenyAllConnections({ to: 'shop/frontend', except, exceptUnseen: 8080 });
});

test('a certificate of the exposure adds its listener to the set, and the redirect names the set too', () => {
  const { app } = shop({ listeners: [GatewayListener.http({ port: 8080 })] }, { tls });
  const objects = gatewayObjectsOf(app);
  expect(find(objects, 'ListenerSet', 'shop').spec.listeners.map(({ name }: { name: string }) => name)).toEqual([
    'http-8080',
    `https-${HOST}`,
  ]);
  for (const name of ['frontend', 'frontend-redirect']) {
    expect(find(objects, 'HTTPRoute', name).spec.parentRefs[0]).toMatchObject({ kind: 'ListenerSet', name: 'shop' });
  }
});

test('the Gateway takes sets of just the namespaces that have some', () => {
  const { app, gateway, infra } = shop();
  new GatewayListenerSet(infra, 'own', { gateway, listeners: [GatewayListener.http({ port: 8081 })] });
  expect(find(gatewayObjectsOf(app), 'Gateway', 'web').spec.allowedListeners.namespaces.selector).toEqual({
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['infra', 'shop'] }],
  });
});

test('a certificate of another namespace is allowed to the set', () => {
  const secrets = [{ name: 'shared-tls', namespace: { name: 'certificates' } }];
  const { app } = shop({ listeners: [GatewayListener.https({ hostname: HOST, secrets })] });
  const [grant] = gatewayObjectsOf(app).filter(({ kind }) => kind === 'ReferenceGrant');
  expect(grant?.spec.from).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'ListenerSet', namespace: 'shop' }]);
});

describe('fails', () => {
  test('where the Gateway listens for the same already', () => {
    expect(failureOf(shop({ listeners: [GatewayListener.http()] }).app)).toContain(
      'shop/shop: the Gateway infra/web (infra/web) listens for HTTP to every host on port 80 already, by http (HTTP 80); leave one out',
    );
  });

  test('where another set listens for the same already', () => {
    const { app, gateway, infra } = shop();
    new GatewayListenerSet(infra, 'second', { gateway, listeners: [HTTPS] });
    expect(failureOf(app)).toContain(
      `infra/second: the ListenerSet shop/shop (shop/shop) listens for HTTPS to ${HOST} on port 443 already, by https-${HOST} (HTTPS 443 for ${HOST}); leave one out`,
    );
  });

  test('where another set of a Gateway that somebody else made, and that is named twice, listens for the same', () => {
    const { app, shop: chart } = parts();
    const named = () => Gateway.existing({ name: 'web', namespace: { name: 'infra' }, implementation: ENVOY });
    new GatewayListenerSet(chart, 'first', { gateway: named(), listeners: [HTTPS] });
    new GatewayListenerSet(chart, 'second', {
      gateway: named(),
      listeners: [GatewayListener.https({ hostname: HOST, tls, name: 'mine' })],
    });
    expect(failureOf(app)).toBe(
      `shop/second: the ListenerSet shop/first (shop/first) listens for HTTPS to ${HOST} on port 443 already, by https-${HOST} (HTTPS 443 for ${HOST}); leave one out`,
    );
  });

  test.each<[string, () => unknown, string]>([
    [
      'under an implementation whose report lacks it',
      () => {
        const { infra } = parts();
        const gateway = new Gateway(infra, 'web', { implementation: GatewayImplementation.TRAEFIK });
        new GatewayListenerSet(infra, 'set', { gateway, listeners: [HTTPS] });
      },
      'infra/set: gateway is given, and the conformance report of Traefik v3.7 for Gateway API v1.6.3 does not have ListenerSet; leave it out, or take one of Cilium, Envoy Gateway, Istio, NGINX Gateway Fabric, kgateway',
    ],
    [
      'for a set of a set',
      () => {
        const { infra, listeners } = shop();
        new GatewayListenerSet(infra, 'set', { gateway: listeners, listeners: [HTTPS] });
      },
      'infra/set: gateway is the ListenerSet shop/shop; give the Gateway that it belongs to',
    ],
  ])('%s', (_, make, message) => {
    expect(messageOf(make)).toBe(message);
  });
});
