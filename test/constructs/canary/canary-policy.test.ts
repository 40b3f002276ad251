import { App, Chart, Yaml } from 'cdk8s';
import { Cluster, peerText, portsText, readManifests } from '../../../analysis';
import {
  CanaryIngress,
  type CanaryTarget,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  Exposure,
  IngressNginx,
} from '../../../constructs';

const PORT = 8080;
const IMAGE = { image: 'registry.example/frontend:1.4', port: PORT };
const CONTROLLER = 'ingress-nginx/Deployment/ingress-nginx-controller';

/** Fills a cluster with an ingress controller, a stranger, and what `make` adds to a chart. */
function clusterOf(make: (chart: Chart) => void, egress = EgressDefault.DENY_EXCEPT_DNS, isClosed = true): Cluster {
  const app = new App();
  new IngressNginx(new Chart(app, 'nginx'), 'nginx');
  new ExposedService(new Chart(app, 'strangers', { namespace: 'elsewhere' }), 'stranger', { image: 'a:1', port: 80 });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  make(chart);
  if (isClosed) {
    new DefaultDenyNamespace(chart, 'namespace', { name: 'shop', egress });
  }
  const cluster = Cluster.from(readManifests(Yaml.stringify(...app.charts.flatMap((one) => one.toJson())), 'all.yaml'));
  expect(cluster.problems).toEqual([]);
  return cluster;
}

/** Who reaches the Pods of a workload of the shop, and by which ports. */
function callersOf(cluster: Cluster, name: string): string[] {
  const [to] = cluster.find(`shop/Deployment/${name}`);
  return [...cluster.connections({ to: to ? [to] : [] })].map(
    ({ from, ports }) => `${peerText(from)} ${portsText(ports)}`,
  );
}

function frontend(chart: Chart): ExposedService {
  return new ExposedService(chart, 'frontend', { ...IMAGE, exposure: Exposure.ingress({ host: 'shop.example.com' }) });
}

/** A service of the shop that this library makes for the namespace, but a canary only knows by what it is told. */
const told = (chart: Chart) => new ExposedService(chart, 'next', { ...IMAGE, servicePort: 80 });

const TARGETS: [string, string, (chart: Chart) => CanaryTarget][] = [
  ['an image', 'frontend-canary', () => ({ image: 'registry.example/frontend:1.5' })],
  ['a service', 'next', (chart) => ({ service: told(chart) })],
  ['an existing Service', 'next', (chart) => ({ existing: told(chart).service })],
];

describe('in a closed namespace the controller reaches main and canary, and nobody else does, for a canary of', () => {
  test.each(TARGETS)('%s', (_, name, target) => {
    const cluster = clusterOf((chart) => {
      new CanaryIngress(chart, 'canary', { main: frontend(chart), canary: target(chart) });
    });
    expect(callersOf(cluster, 'frontend')).toEqual([`${CONTROLLER} TCP ${PORT}`]);
    expect(callersOf(cluster, name)).toEqual([`${CONTROLLER} TCP ${PORT}`]);
  });

  test.each(TARGETS)('%s, also when the main service is exposed later', (_, name, target) => {
    const cluster = clusterOf((chart) => {
      const main = new ExposedService(chart, 'frontend', IMAGE);
      new CanaryIngress(chart, 'canary', { main, canary: target(chart) });
      main.expose(Exposure.ingress({ host: 'shop.example.com' }));
    });
    expect(callersOf(cluster, name)).toEqual([`${CONTROLLER} TCP ${PORT}`]);
  });
});

describe('a controller in a namespace that is closed for connections out is let out to main and canary, for a canary of', () => {
  test.each(TARGETS)('%s', (_, name, target) => {
    const cluster = clusterOf((chart) => {
      const egress = EgressDefault.DENY_EXCEPT_DNS;
      new DefaultDenyNamespace(chart, 'edge', { name: 'ingress-nginx', egress, existing: true });
      new CanaryIngress(chart, 'canary', { main: frontend(chart), canary: target(chart) });
    });
    expect(callersOf(cluster, 'frontend')).toEqual([`${CONTROLLER} TCP ${PORT}`]);
    expect(callersOf(cluster, name)).toEqual([`${CONTROLLER} TCP ${PORT}`]);
  });
});

test('in an open namespace a canary closes nothing', () => {
  const cluster = clusterOf(
    (chart) => void new CanaryIngress(chart, 'canary', { main: frontend(chart), canary: { image: 'a:2' } }),
    EgressDefault.ALLOW,
    false,
  );
  expect(callersOf(cluster, 'frontend-canary')).toContain('elsewhere/Deployment/stranger all');
});

describe('the canary of an image', () => {
  const backend = (chart: Chart) => new ExposedService(chart, 'backend', { image: 'a:1', port: 6379 });
  const canaryOf = (chart: Chart, main: ExposedService) =>
    void new CanaryIngress(chart, 'canary', { main, canary: { image: 'a:2' } });

  test('reaches what the main service reaches, whenever that was allowed', () => {
    const cluster = clusterOf((chart) => {
      const main = frontend(chart);
      backend(chart).allowFrom(main);
      canaryOf(chart, main);
      new ExposedService(chart, 'cache', { image: 'a:1', port: 11211 }).allowFrom(main);
    });
    const both = (port: number) => [
      `shop/Deployment/frontend TCP ${port}`,
      `shop/Deployment/frontend-canary TCP ${port}`,
    ];
    expect(callersOf(cluster, 'backend')).toEqual(both(6379));
    expect(callersOf(cluster, 'cache')).toEqual(both(11211));
  });

  test.each(['before', 'after'])('is closed when the main service is, in an open namespace, %s it was made', (when) => {
    const cluster = clusterOf(
      (chart) => {
        const main = frontend(chart);
        const close = () => main.allowFrom(backend(chart));
        if (when === 'before') {
          close();
        }
        canaryOf(chart, main);
        if (when === 'after') {
          close();
        }
      },
      EgressDefault.ALLOW,
      false,
    );
    expect(callersOf(cluster, 'frontend')).toEqual([
      `${CONTROLLER} TCP ${PORT}`,
      `shop/Deployment/backend TCP ${PORT}`,
    ]);
    expect(callersOf(cluster, 'frontend-canary')).toEqual([`${CONTROLLER} TCP ${PORT}`]);
  });
});
