import {
  AllowedNamespaces,
  Gateway,
  GatewayImplementation,
  GatewayListener,
  type GatewayProps,
  Issuer,
  Tls,
} from '../../../constructs';
import { crdProblems, withCrdDefaults } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import { ENVOY, frontendOf, gatewayObjectsOf, HOST, objectsOf, parts } from './apps';

/** What a Gateway infra/web of these settings makes. */
function made(props: GatewayProps): Fields[] {
  const all = parts();
  new Gateway(all.infra, 'web', props);
  return objectsOf(all.app);
}

const listenersOf = (objects: readonly Fields[]): Fields[] =>
  objects.find(({ kind }) => kind === 'Gateway')?.spec.listeners;
const SAME = { namespaces: { from: 'Same' } };

test('listens for HTTP on port 80 for routes of its namespace, unless told otherwise', () => {
  expect(made({ className: 'eg' })).toEqual([
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'web', namespace: 'infra' },
      spec: {
        gatewayClassName: 'eg',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: SAME }],
      },
    },
  ]);
});

test('takes the class of its implementation, and makes it once on request', () => {
  const all = parts();
  for (const id of ['one', 'two']) {
    new Gateway(all.infra, id, { implementation: ENVOY, createClass: true });
  }
  const objects = objectsOf(all.app);
  expect(objects.filter(({ kind }) => kind === 'GatewayClass')).toEqual([
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'eg' },
      spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    },
  ]);
  expect(objects.flatMap(({ spec }) => spec.gatewayClassName ?? [])).toEqual(['eg', 'eg']);
});

test('has the name, namespace, class and annotations that it is given', () => {
  const [gateway] = made({
    className: 'internal',
    name: 'edge',
    namespace: { name: 'ingress' },
    annotations: { 'example.com/team': 'net' },
    implementation: GatewayImplementation.ISTIO,
  });
  expect(gateway?.metadata).toEqual({
    name: 'edge',
    namespace: 'ingress',
    annotations: { 'example.com/team': 'net' },
  });
  expect(gateway?.spec.gatewayClassName).toBe('internal');
});

test('names listeners after protocol, port and host', () => {
  const listeners = [
    GatewayListener.http(),
    GatewayListener.http({ port: 8080 }),
    GatewayListener.http({ hostname: HOST, port: 8080 }),
    GatewayListener.https({ tls: Tls.secret('any') }),
    GatewayListener.https({ tls: Tls.secret('any'), hostname: '*.example.com' }),
    GatewayListener.https({ tls: Tls.secret('any'), hostname: HOST, port: 8443 }),
    GatewayListener.https({ tls: Tls.secret('any'), hostname: 'a.example.com', name: 'a' }),
  ];
  expect(listenersOf(made({ className: 'eg', listeners })).map(({ name }) => name)).toEqual([
    'http',
    'http-8080',
    `http-8080-${HOST}`,
    'https',
    'https-wildcard.example.com',
    `https-8443-${HOST}`,
    'a',
  ]);
});

test('a listener for HTTPS names its Secrets; those of other namespaces get a ReferenceGrant beside them', () => {
  const objects = made({
    className: 'eg',
    listeners: [
      GatewayListener.https({
        hostname: HOST,
        tls: Tls.secret('own'),
        secrets: [
          { name: 'same', namespace: { name: 'infra' } },
          { name: 'other', namespace: { name: 'shop' } },
        ],
      }),
    ],
  });
  expect(listenersOf(objects)).toEqual([
    {
      name: `https-${HOST}`,
      hostname: HOST,
      port: 443,
      protocol: 'HTTPS',
      tls: {
        mode: 'Terminate',
        certificateRefs: [
          { group: '', kind: 'Secret', name: 'own' },
          { group: '', kind: 'Secret', name: 'same' },
          { group: '', kind: 'Secret', name: 'other', namespace: 'shop' },
        ],
      },
      allowedRoutes: SAME,
    },
  ]);
  expect(objects.slice(1)).toEqual([
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      metadata: { name: 'secret-other-for-gateways-of-infra', namespace: 'shop' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra' }],
        to: [{ group: '', kind: 'Secret', name: 'other' }],
      },
    },
  ]);
});

test('has cert-manager make the certificate of a listener beside the Gateway', () => {
  const objects = made({
    className: 'eg',
    namespace: { name: 'edge' },
    listeners: [GatewayListener.https({ hostname: HOST, tls: Tls.certManager(Issuer.existing('internal')) })],
  });
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'Gateway edge/web',
    'Certificate edge/web-tls',
  ]);
  expect(objects[1]?.spec.dnsNames).toEqual([HOST]);
  expect(listenersOf(objects)[0]?.tls.certificateRefs).toEqual([{ group: '', kind: 'Secret', name: 'web-tls' }]);
});

test('listens for what is added', () => {
  const all = parts();
  const gateway = new Gateway(all.infra, 'web', { className: 'eg' });
  gateway.addListener(GatewayListener.https({ tls: Tls.secret('any') }));
  frontendOf(all, gateway, { httpsOnly: true });
  const objects = gatewayObjectsOf(all.app);
  expect(listenersOf(objects).map(({ name }) => name)).toEqual(['http', 'https']);
  expect(objects.flatMap(({ spec }) => spec.parentRefs?.[0].sectionName ?? [])).toEqual(['https', 'http']);
});

describe('the namespaces whose routes a listener takes', () => {
  test.each([
    ['that of the Gateway', AllowedNamespaces.SAME, { from: 'Same' }],
    ['all', AllowedNamespaces.ALL, { from: 'All' }],
    [
      'some by name, each once and in order',
      AllowedNamespaces.named([{ name: 'shop' }, { name: 'blog' }, { name: 'shop' }]),
      {
        from: 'Selector',
        selector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['blog', 'shop'] }],
        },
      },
    ],
    [
      'some by label',
      AllowedNamespaces.labelled({ team: 'shop' }),
      { from: 'Selector', selector: { matchLabels: { team: 'shop' } } },
    ],
  ])('%s', (_, allowedNamespaces, namespaces) => {
    const [listener] = listenersOf(made({ className: 'eg', listeners: [GatewayListener.http({ allowedNamespaces })] }));
    expect(listener?.allowedRoutes).toEqual({ namespaces });
  });

  test('are its own and those of the services that it serves, whenever these are made', () => {
    const all = parts();
    const gateway = new Gateway(all.infra, 'web', {
      className: 'eg',
      listeners: [GatewayListener.http(), GatewayListener.http({ port: 81, hostname: 'other.example.com' })],
    });
    frontendOf(all, gateway);
    expect(listenersOf(gatewayObjectsOf(all.app)).map(({ allowedRoutes }) => allowedRoutes.namespaces)).toEqual([
      {
        from: 'Selector',
        selector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['infra', 'shop'] }],
        },
      },
      { from: 'Same' },
    ]);
  });
});

test('an API server adds nothing to what is written, and knows all of it', () => {
  const all = parts();
  const gateway = new Gateway(all.infra, 'web', {
    implementation: ENVOY,
    createClass: true,
    listeners: [
      GatewayListener.http(),
      GatewayListener.https({ tls: Tls.secret('any'), allowedNamespaces: AllowedNamespaces.labelled({ a: 'b' }) }),
    ],
  });
  frontendOf(all, gateway, { tls: Tls.secret('shop-tls') });
  const objects = gatewayObjectsOf(all.app);
  expect(objects.map(({ kind }) => kind).sort()).toEqual([
    'Gateway',
    'GatewayClass',
    'HTTPRoute',
    'HTTPRoute',
    'ReferenceGrant',
  ]);
  for (const object of objects) {
    expect(crdProblems(object)).toEqual([]);
    expect(withCrdDefaults(object)).toEqual(object);
  }
});
