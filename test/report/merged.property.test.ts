import { Cluster, type Connection, type External, isExternal, type Peer, peerText, portsText } from '../../analysis';
import { isSameFamily, merged } from '../../report/connections/merged';
import { randomCluster } from '../analysis/connectivity/random-clusters';
import fc from '../helpers/random';
import { RUNS } from '../helpers/runs';

type Line = readonly [from: string, to: string, ports: string];

const lineOf = ({ from, to, ports }: Connection): Line => [peerText(from), peerText(to), portsText(ports)];

/** The ranges of the answer of which a merged range is made, as texts; a workload is itself. */
function partsOf(peer: Peer, externals: readonly External[]): readonly string[] {
  if (!isExternal(peer)) {
    return [peerText(peer)];
  }
  const [first, last] = peer.ipRange.split('-');
  const start = externals.findIndex(({ ipRange }) => ipRange.startsWith(`${first}-`));
  const end = externals.findIndex(({ ipRange }) => ipRange.endsWith(`-${last}`));
  return externals.slice(start, end + 1).map(peerText);
}

test('merged ranges say what the ranges of the answer say, and no two of them could be one', () => {
  fc.assert(
    fc.property(randomCluster, ({ objects, plain }) => {
      const cluster = Cluster.from(objects, { hostNetwork: plain.hostNetwork });
      const { externals } = cluster;
      const lines = [...merged(cluster.connections(), externals)].map(({ from, to, ports }) => ({
        from: partsOf(from, externals),
        to: partsOf(to, externals),
        ports: portsText(ports),
      }));

      const spelledOut = lines.flatMap(({ from, to, ports }) =>
        from.flatMap((source) => to.map((target): Line => [source, target, ports])),
      );
      expect(spelledOut.map(String).sort()).toEqual([...cluster.connections()].map(lineOf).map(String).sort());

      const open = new Set(spelledOut.map(String));
      const neighbours = externals.slice(1).flatMap((range, before) => {
        const other = externals[before] as External;
        return isSameFamily(range, other) ? [[peerText(other), peerText(range)] as const] : [];
      });
      const joints = cluster.workloads.map(peerText).flatMap((workload) =>
        neighbours.flatMap(([before, behind]) =>
          lines
            .map(({ ports }) => ports)
            .filter((ports, index, all) => all.indexOf(ports) === index)
            .flatMap((ports) => [
              [`${[workload, before, ports]}`, `${[workload, behind, ports]}`],
              [`${[before, workload, ports]}`, `${[behind, workload, ports]}`],
            ]),
        ),
      );
      // A line less for each place where two neighbours are open alike.
      const saved = joints.filter((both) => both.every((line) => open.has(line))).length;
      expect(lines).toHaveLength(open.size - saved);
    }),
    RUNS,
  );
});
