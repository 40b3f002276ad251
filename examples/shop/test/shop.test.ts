import { Chart } from 'cdk8s';
import { manifestsOf, Routes } from 'cdk8s-networking/analysis';
import { manifests } from 'cdk8s-networking/vitest';
import { describe, expect, test } from 'vitest';
import { shop } from '../src/shop.js';
import { HOST } from '../src/storefront.js';

const app = shop();
const objects = app.node
  .findAll()
  .filter(Chart.isChart)
  .flatMap((chart) => chart.toJson() as object[]);

/** Pods of others, which the shop only knows by their labels. */
const pod = (name: string, namespace: string, labels: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: { containers: [{ name, image: 'registry.example/any:1' }] },
});
const ENVOY = pod('envoy', 'envoy-gateway-system', {
  'app.kubernetes.io/component': 'proxy',
  'app.kubernetes.io/managed-by': 'envoy-gateway',
  'app.kubernetes.io/name': 'envoy',
  'gateway.envoyproxy.io/owning-gateway-name': 'shop',
  'gateway.envoyproxy.io/owning-gateway-namespace': 'storefront',
});
const STRANGER = pod('stranger', 'elsewhere', { app: 'stranger' });
const cluster = [...objects, ENVOY, STRANGER];

/** The Pods of the catalog: those that serve, which Flagger makes, and those of the next version. */
const CATALOG = ['storefront/Deployment/catalog-primary', 'storefront/Deployment/catalog'];

/** Who may connect to whom, by which port: every pair that is not here is closed. */
const OPEN: readonly (readonly [string, string, number])[] = [
  ['envoy-gateway-system/envoy', 'storefront/Rollout/frontend', 8080],
  ...CATALOG.map((catalog) => ['envoy-gateway-system/envoy', catalog, 8080] as const),
  ...CATALOG.map((catalog) => ['storefront/Rollout/frontend', catalog, 8080] as const),
  ['storefront/Rollout/frontend', 'storefront/StatefulSet/sessions', 6379],
  ['storefront/Rollout/frontend', 'backoffice/Deployment/orders', 8080],
  ['backoffice/CronJob/invoices', 'backoffice/Deployment/orders', 8080],
  ...['storefront/Rollout/frontend', ...CATALOG, 'storefront/StatefulSet/sessions'].map(
    (watched) => ['monitoring/StatefulSet/prometheus', watched, 9090] as const,
  ),
  ...['backoffice/Deployment/orders', 'backoffice/CronJob/invoices', 'backoffice/Job/migrations'].map(
    (watched) => ['monitoring/StatefulSet/prometheus', watched, 9090] as const,
  ),
];

const WORKLOADS = [
  'storefront/Rollout/frontend',
  ...CATALOG,
  'storefront/StatefulSet/sessions',
  'backoffice/Deployment/orders',
  'backoffice/CronJob/invoices',
  'backoffice/Job/migrations',
  'monitoring/StatefulSet/prometheus',
  'monitoring/DaemonSet/logs',
];

describe('the shop is closed but for what it needs', () => {
  test.each(OPEN)('%s may connect to %s on %d', (from, to, port) => {
    expect(cluster).toAllowConnection({ from, to, port });
  });

  const isOpen = (from: string, to: string) => OPEN.some((open) => open[0] === from && open[1] === to);
  const closed = [...WORKLOADS, 'elsewhere/stranger'].flatMap((from) =>
    WORKLOADS.filter((to) => from !== to && !isOpen(from, to)).map((to) => [from, to] as const),
  );

  test.each(closed)('%s may not connect to %s', (from, to) => {
    expect(cluster).toDenyConnection({ from, to });
  });

  test('orders and migrations alone reach the database', () => {
    const database = '10.20.0.5';
    for (const from of WORKLOADS) {
      if (from.endsWith('/orders') || from.endsWith('/migrations')) {
        expect(cluster).toAllowConnection({ from, to: database, port: 5432 });
      } else {
        expect(cluster).toDenyConnection({ from, to: database });
      }
    }
  });

  test('logs leave the cluster for their store alone', () => {
    expect(cluster).toAllowConnection({ from: 'monitoring/DaemonSet/logs', to: '203.0.113.10', port: 443 });
    expect(cluster).toDenyConnection({ from: 'monitoring/DaemonSet/logs', to: '203.0.113.11' });
  });
});

describe('requests', () => {
  const url = `https://${HOST}`;

  test('by HTTP are sent to HTTPS', () => {
    expect(objects)
      .toRoute({ url: `http://${HOST}/cart` })
      .toRedirect({ status: 308, location: `https://${HOST}/cart` });
  });

  test('go to the version that serves while there is no release', () => {
    const between = manifests(objects, { step: 0 });
    expect(between)
      .toRoute({ url: `${url}/` })
      .toBackend('frontend');
    expect(between)
      .toRoute({ url: `${url}/api/catalog/7` })
      .toBackend('catalog-primary');
  });

  /** The shop at a step of a release. */
  const at = (step: string) => manifests(objects, { step });

  test('of testers meet the next frontend first, and nobody else does', () => {
    expect(at('storefront/frontend=3'))
      .toRoute({ url: `${url}/`, headers: { 'X-Tester': 'yes' } })
      .toBackend('frontend-canary');
    expect(at('storefront/frontend=3'))
      .toRoute({ url: `${url}/` })
      .toBackend('frontend');
  });

  test.each([
    [5, 0.1],
    [7, 0.5],
  ])('of customers meet it, at step %i, by %d', (step, share) => {
    expect(at(`storefront/frontend=${step}`))
      .toRoute({ url: `${url}/` })
      .toSplit({ frontend: 1 - share, 'frontend-canary': share });
  });

  test.each([1, 2, 3, 4, 5])('to the catalog meet its next version by a tenth more with each check: %i', (check) => {
    expect(at(`storefront/catalog=${check}`))
      .toRoute({ url: `${url}/api/catalog` })
      .toSplit({ 'catalog-primary': 1 - check / 10, 'catalog-canary': check / 10 });
  });

  // Of two releases at once manifests tell no shares: the frontend is taken as between two.
  test('to the frontend do not notice a release of the catalog', () => {
    const routes = Routes.of(manifestsOf(objects), { step: { of: 'storefront/catalog', step: 5 } });
    expect(routes.route({ url: `${url}/` })).toMatchObject({ backends: [{ service: 'frontend', probability: 1 }] });
  });
});

test('check finds nothing', () => {
  expect(objects).toHaveNoFindings();
});
