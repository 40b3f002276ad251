import { Cluster, type Connection, type Peer, type Ports, peerText, portsText } from '../../../analysis';
import type * as WorkingModule from '../../../analysis/connectivity/engine/working';
import fc from '../../helpers/random';
import { manifestsOf, randomCalico } from './random-calico';
import { randomCluster } from './random-clusters';

const RUNS = process.env.NIGHTLY === '1' ? 2_000 : 30;

// In this file, sets of ports are forgotten after each row.
jest.mock('../../../analysis/connectivity/engine/working', () => {
  const { Working } = jest.requireActual<typeof WorkingModule>('../../../analysis/connectivity/engine/working');
  return {
    Working: class extends Working {
      constructor(engine: ConstructorParameters<typeof Working>[0], most = -1) {
        super(engine, most);
        renewed += this.renew() ? 1 : 0;
      }
    },
  };
});

let renewed = 0;

const line = (from: Peer, to: Peer, ports: Ports) => `${peerText(from)} > ${peerText(to)}: ${portsText(ports)}`;
const lineOf = ({ from, to, ports }: Connection) => line(from, to, ports);

/** All connections, pair by pair, of which nothing is forgotten. */
function pairs(cluster: Cluster): string[] {
  const peers = [...cluster.workloads, ...cluster.externals];
  return peers.flatMap((from) =>
    peers.flatMap((to) => {
      const ports = from === to ? [] : cluster.ports(from, to);
      return ports.length === 0 ? [] : [line(from, to, ports)];
    }),
  );
}

test.each([
  ['NetworkPolicies', randomCluster.map(({ objects }) => objects)],
  ['policies of Calico', randomCalico(true).map(manifestsOf)],
])('what is listed under %s is the same where sets of ports are forgotten on the way', (_, random) => {
  renewed = 0;
  fc.assert(
    fc.property(random, (objects) => {
      const cluster = Cluster.from(objects);
      const wanted = pairs(cluster);
      expect([...cluster.connections()].map(lineOf)).toEqual(wanted);
      const rows = [...cluster.rows()].flatMap(({ from, parts }) =>
        parts.flatMap(({ to, ports }) => to.map((peer, at) => line(from, peer, ports[at] as Ports))),
      );
      expect(rows).toEqual(wanted);
      const groups = [...cluster.groups()].flatMap(({ from, to, ports }) =>
        from.flatMap((one) => to.filter((other) => other !== one).map((other) => line(one, other, ports))),
      );
      expect(groups.sort()).toEqual([...wanted].sort());
      // Who lists them twice at a time, the second time a step behind, has sets of ports of two kinds.
      const second = cluster.connections()[Symbol.iterator]();
      const behind: string[] = [];
      for (const _connection of cluster.connections()) {
        behind.push(lineOf(second.next().value));
      }
      expect(behind).toEqual(wanted);
    }),
    { numRuns: RUNS },
  );
  expect(renewed).toBeGreaterThan(0);
});
