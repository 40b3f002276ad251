import { Cluster, includesPort, type Peer, type Ports } from '../../../analysis';
import fc from '../../helpers/random';
import { type End, mayConnect, type Cluster as Plain, type Rule } from './plain-calico';
import { manifestsOf, randomCalico } from './random-calico';

const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 60;

const PORTS = (['TCP', 'UDP', 'SCTP'] as const).flatMap((protocol) =>
  [1, 79, 80, 81, 91, 443].map((port) => ({ protocol, port })),
);
const OUTSIDE = [
  '10.1.0.2',
  '10.1.0.5',
  '10.2.0.1',
  '203.0.113.9',
  '203.0.113.1',
  '198.51.100.7',
  '8.8.8.8',
  '2001:db8::1',
];

interface Pair {
  readonly from: End;
  readonly to: End;
  readonly peers: readonly [Peer, Peer];
}

function compile(plain: Plain): { cluster: Cluster; pairs: readonly Pair[] } {
  const cluster = Cluster.from(manifestsOf(plain), { ipBlocks: plain.ipBlocks });
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

test('policies of Calico mean what the plain evaluator says', () => {
  const seen = { open: 0, closed: 0 };
  fc.assert(
    fc.property(randomCalico(false), (plain) => {
      const { cluster, pairs } = compile(plain);
      for (const pair of pairs) {
        const ports = cluster.ports(...pair.peers);
        const explained = cluster.explain(...pair.peers);
        expect(explained.ports).toEqual(ports);
        for (const port of PORTS) {
          const is = mayConnect(plain, pair.from, pair.to, port.protocol, port.port);
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

test('what hangs on rules that cannot be decided is in doubt, and nothing else is', () => {
  let doubted = 0;
  fc.assert(
    fc.property(randomCalico(true), (plain) => {
      const { cluster, pairs } = compile(plain);
      const unclear = plain.policies
        .flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress])
        .filter(({ http }) => http !== undefined);
      fc.pre(unclear.length <= 5);
      const worlds = [...Array(2 ** unclear.length).keys()].map(
        (bits) => new Set(unclear.filter((_, place) => (bits >> place) & 1)),
      );
      for (const pair of pairs) {
        const told: readonly Ports[] = [
          cluster.ports(...pair.peers),
          ...cluster.doubts(...pair.peers).map(({ ports }) => ports),
        ];
        for (const port of PORTS) {
          const possible = new Set(
            worlds.map((world) =>
              mayConnect(plain, pair.from, pair.to, port.protocol, port.port, (rule: Rule) => world.has(rule)),
            ),
          );
          const known = new Set(told.map((ports) => includesPort(ports, port)));
          doubted += possible.size - 1;
          for (const is of possible) {
            expect([named(port, pair, is), known.has(is)]).toEqual([named(port, pair, is), true]);
          }
        }
      }
    }),
    { numRuns: RUNS / 2 },
  );
  expect(doubted).toBeGreaterThan(100);
});
