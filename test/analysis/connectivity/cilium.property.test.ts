import {
  Cluster,
  includesPort,
  type LabelSelector,
  type Peer,
  type Ports,
  type UnseenPeer,
  type Workload,
} from '../../../analysis';
import fc from '../../helpers/random';
import { type End, mayConnect, type Cluster as Plain, type World } from './plain-cilium';
import { manifestsOf, randomCilium } from './random-cilium';

const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 30;

const PORTS = (['TCP', 'UDP', 'SCTP'] as const).flatMap((protocol) =>
  [1, 79, 80, 81, 443, 444].map((port) => ({ protocol, port })),
);
const OUTSIDE = ['10.1.0.2', '10.1.0.5', '10.2.0.1', '203.0.113.9', '8.8.8.8', '2001:db8::1'];
const WORLDS: readonly World[] = [true, false].flatMap((http) => [true, false].map((sameNode) => ({ http, sameNode })));

interface Pair {
  readonly from: End;
  readonly to: End;
  readonly peers: readonly [Peer, Peer];
}

function compile(plain: Plain): { cluster: Cluster; pairs: readonly Pair[] } {
  const cluster = Cluster.from(manifestsOf(plain));
  expect(cluster.problems).toEqual([]);
  const ends: { end: End; peer: Peer }[] = [
    ...plain.pods.map((end) => ({ end, peer: cluster.find(`${end.namespace}/${end.name}`)[0] as Peer })),
    ...OUTSIDE.map((ip) => ({ end: { ip }, peer: cluster.find(ip)[0] as Peer })),
  ];
  const pairs = ends.flatMap((one) =>
    ends
      .filter((other) => one !== other && ('labels' in one.end || 'labels' in other.end))
      .map((other): Pair => ({ from: one.end, to: other.end, peers: [one.peer, other.peer] })),
  );
  return { cluster, pairs };
}

function named({ protocol, port }: (typeof PORTS)[number], { from, to }: Pair, is: boolean): string {
  const text = (end: End) => ('labels' in end ? end.name : end.ip);
  return `${text(from)} > ${text(to)} ${protocol} ${port}: ${is}`;
}

test('policies of Cilium mean what the plain evaluator says', () => {
  const seen = { open: 0, closed: 0 };
  fc.assert(
    fc.property(randomCilium(false), (plain) => {
      const { cluster, pairs } = compile(plain);
      for (const pair of pairs) {
        const ports = cluster.ports(...pair.peers);
        expect(cluster.explain(...pair.peers).ports).toEqual(ports);
        for (const port of PORTS) {
          const is = mayConnect(plain, pair.from, pair.to, port, { http: true, sameNode: false });
          // Of a requirement on labels that no node has, it does not matter which node it is.
          const may = mayConnect(plain, pair.from, pair.to, port, { http: true, sameNode: true });
          expect(named(port, pair, may)).toBe(named(port, pair, is));
          seen[is ? 'open' : 'closed']++;
          expect(named(port, pair, includesPort(ports, port))).toBe(named(port, pair, is));
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(seen.open).toBeGreaterThan(1000);
  expect(seen.closed).toBeGreaterThan(1000);
});

test('what hangs on requests, and on which node a pod runs, is in doubt', () => {
  const seen = { doubted: 0, sure: 0 };
  fc.assert(
    fc.property(randomCilium(true), (plain) => {
      const { cluster, pairs } = compile(plain);
      // Who has no label may be a pod that Cilium does not know. Without such selectors, such rules, and pods on nodes, all is known.
      const isPlain =
        !/"http":\[|NotIn|DoesNotExist/.test(JSON.stringify(plain)) && !plain.pods.some(({ onNode }) => onNode);
      for (const pair of pairs) {
        const told: readonly Ports[] = [
          cluster.ports(...pair.peers),
          ...cluster.doubts(...pair.peers).map(({ ports }) => ports),
        ];
        for (const port of PORTS) {
          const possible = new Set(WORLDS.map((world) => mayConnect(plain, pair.from, pair.to, port, world)));
          const known = new Set(told.map((ports) => includesPort(ports, port)));
          seen[possible.size > 1 ? 'doubted' : 'sure']++;
          for (const is of possible) {
            expect([named(port, pair, is), known.has(is)]).toEqual([named(port, pair, is), true]);
          }
          if (isPlain) {
            expect(named(port, pair, known.size === 1)).toBe(named(port, pair, true));
          }
        }
      }
    }),
    { numRuns: RUNS / 2 },
  );
  expect(seen.doubted).toBeGreaterThan(RUNS / 4);
  expect(seen.sure).toBeGreaterThan(1000);
});

const meets = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Readonly<Record<string, string>>) =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    const isIn = value !== undefined && values.includes(value);
    return { In: isIn, NotIn: !isIn, Exists: value !== undefined, DoesNotExist: value === undefined }[operator];
  });

test('a pod that no manifest shows has no connection that was not told', () => {
  let told = 0;
  fc.assert(
    fc.property(randomCilium(true), (plain) => {
      const [hidden] = plain.pods.slice(-1) as [Plain['pods'][number]];
      fc.pre(!hidden.onNode);
      const before = Cluster.from(manifestsOf({ ...plain, pods: plain.pods.slice(0, -1) }));
      const after = Cluster.from(manifestsOf(plain));
      const labels = { 'kubernetes.io/metadata.name': hidden.namespace, ...plain.namespaces[hidden.namespace] };
      const isHidden = (peer: UnseenPeer | Workload) =>
        'pods' in peer && meets(peer.pods.namespaceSelector, labels) && meets(peer.pods.podSelector, hidden.labels);
      const rows = [...before.unseen()];
      const [own] = after.find(`${hidden.namespace}/${hidden.name}`) as [Peer];
      for (const other of before.workloads) {
        const incoming = rows.filter(({ from, to }) => isHidden(from) && to === other);
        const outgoing = rows.filter(({ from, to }) => from === other && isHidden(to));
        for (const [ports, ways] of [
          [after.ports(own, other), incoming],
          [after.ports(other, own), outgoing],
        ] as const) {
          for (const port of PORTS.filter((one) => includesPort(ports, one))) {
            told++;
            expect([hidden.name, other.name, port, ways.some((row) => includesPort(row.ports, port))]).toEqual([
              hidden.name,
              other.name,
              port,
              true,
            ]);
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(told).toBeGreaterThan(RUNS);
});
