import { Cluster } from '../../../analysis';
import { graphOf } from '../../../report/graph/build';
import { measured } from '../../../report/graph/layout/measure';
import { sceneOf } from '../../../report/graph/svg/scene';
import fc from '../../helpers/random';
import { coinciding, labels, overlaps, through } from './faults';

/** What a screen of 1440 by 900 shows at once, without the margins of a picture. */
const SCREEN = { width: 1392, height: 852 };

const PORTS = [80, 443, 3000, 5432, 6379, 8080, 9090, 9092];

/** Namespaces of Deployments that are closed but for so many random pairs, each on the port of the one that is led to. */
function world(namespaces: number, each: number, pairs: readonly (readonly [number, number])[]): Cluster {
  const meta = (at: number) => ({ name: `service-${at}`, namespace: `team-${Math.floor(at / each)}` });
  const all = Array.from({ length: namespaces * each }, (_, at) => at);
  const own = all.flatMap((at) => {
    const sources = [...new Set(pairs.filter(([, to]) => to === at).map(([from]) => from))];
    const labels = { app: meta(at).name };
    const from = sources.map((one) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': meta(one).namespace } },
      podSelector: { matchLabels: { app: meta(one).name } },
    }));
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: meta(at),
        spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } } },
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: meta(at),
        spec: {
          podSelector: { matchLabels: labels },
          policyTypes: ['Ingress'],
          ingress: from.length === 0 ? [] : [{ from, ports: [{ port: PORTS[at % PORTS.length] }] }],
        },
      },
    ];
  });
  return Cluster.from(own);
}

const runs = (count: number, nightly: number) => ({ numRuns: process.env.NIGHTLY === '1' ? nightly : count });

const pairsOf = (boxes: number, count: number) =>
  fc.uniqueArray(
    fc.tuple(fc.nat(boxes - 1), fc.nat(boxes - 1)).filter(([from, to]) => from !== to),
    { minLength: count, maxLength: count, selector: ([from, to]) => from * boxes + to },
  );

test('5 namespaces of 8 workloads with 60 random lines are read on one screen', () => {
  let [worlds, crossed] = [0, 0];
  fc.assert(
    fc.property(pairsOf(40, 60), (pairs) => {
      const { input, layout } = sceneOf(graphOf(world(5, 8, pairs), { isBare: true }));
      const { crossings } = measured(layout);
      const texts = labels(input, layout);
      expect(through(input, layout)).toEqual([]);
      expect([overlaps(layout.boxes), overlaps(layout.groups), overlaps(texts), coinciding(layout)]).toEqual([
        0, 0, 0, 0,
      ]);
      expect(texts.filter((text) => layout.boxes.some((box) => overlaps([text, box]) > 0))).toEqual([]);
      // Names of 13 pixels are drawn with 10 at least.
      expect(Math.min(SCREEN.width / layout.width, SCREEN.height / layout.height)).toBeGreaterThan(0.8);
      expect(crossings).toBeLessThan(170);
      [worlds, crossed] = [worlds + 1, crossed + crossings];
    }),
    { ...runs(1, 60), endOnFailure: true },
  );
  expect(crossed / worlds).toBeLessThan(135);
});

test('what is true of whole namespaces, as policies mostly say it, is read on one screen and hardly crosses', () => {
  const policy = (namespace: string, name: string, podSelector: object, from: object, port?: number) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector, ingress: [{ from: [from], ...(port === undefined ? {} : { ports: [{ port }] }) }] },
  });
  const of = (namespace: string, app?: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    ...(app === undefined ? {} : { podSelector: { matchLabels: { app } } }),
  });
  const teams = Array.from({ length: 5 }, (_, at) => `team-${at}`);
  const pods = teams.flatMap((namespace) =>
    Array.from({ length: 8 }, (_, at) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `app-${at}`, namespace, labels: { app: `app-${at}` } },
    })),
  );
  const cluster = Cluster.from([
    ...pods,
    ...teams.flatMap((team) => [
      policy(team, 'own', {}, { podSelector: {} }),
      policy(team, 'scrape', {}, of('team-0', 'app-0'), 9090),
    ]),
    policy('team-1', 'queue', { matchLabels: { app: 'app-3' } }, of('team-2'), 5672),
    policy('team-3', 'login', { matchLabels: { app: 'app-1' } }, of('team-4', 'app-2'), 8080),
  ]);
  const graph = graphOf(cluster, { isBare: true });
  expect(graph.lines.length).toBeGreaterThan(300);
  const { input, layout, bundles } = sceneOf(graph);
  expect(bundles).toHaveLength(3);
  expect(measured(layout).crossings).toBeLessThan(4);
  expect([through(input, layout), overlaps(labels(input, layout))]).toEqual([[], 0]);
  expect([layout.width <= SCREEN.width, layout.height <= SCREEN.height]).toEqual([true, true]);
});

test('pictures of any size have no line through a foreign box, and nothing that overlaps', () => {
  const shape = fc
    .record({ namespaces: fc.integer({ min: 1, max: 6 }), each: fc.integer({ min: 1, max: 8 }), lines: fc.nat(40) })
    .filter(({ namespaces, each, lines }) => namespaces * each * (namespaces * each - 1) >= lines)
    .chain(({ namespaces, each, lines }) =>
      pairsOf(namespaces * each, lines).map((pairs) => world(namespaces, each, pairs)),
    );
  fc.assert(
    fc.property(shape, (cluster) => {
      const { input, layout } = sceneOf(graphOf(cluster, { isBare: true }));
      const texts = labels(input, layout);
      // No line so much as touches a foreign box.
      const boxes = layout.boxes.map(({ x, y, width, height }) => ({
        x: x - 2,
        y: y - 2,
        width: width + 4,
        height: height + 4,
      }));
      expect(through(input, { ...layout, boxes })).toEqual([]);
      expect([overlaps(layout.boxes), overlaps(layout.groups), overlaps(texts), coinciding(layout)]).toEqual([
        0, 0, 0, 0,
      ]);
    }),
    runs(8, 240),
  );
});

test('20 namespaces of 20 workloads with 500 lines are drawn as islands within a second', () => {
  const pairs = fc.sample(pairsOf(400, 500), { numRuns: 1, seed: 3 })[0] ?? [];
  const cluster = world(20, 20, pairs);
  const start = process.cpuUsage();
  const { layout, isRing } = sceneOf(graphOf(cluster));
  const { user, system } = process.cpuUsage(start);
  expect(isRing).toBe(true);
  expect(layout.width).toBeLessThan(1440);
  expect((user + system) / 1000).toBeLessThan(1000);
});
