import {
  Cluster,
  type ConnectionRow,
  isExternal,
  type Limited,
  overviewOf,
  type Peer,
  type Ports,
  peerText,
} from '../../../analysis';
import { merged } from '../../../report/connections/merged';
import fc from '../../helpers/random';
import { bits, isIsolated, plainConnections } from './plain';
import { type RandomCluster, randomCluster } from './random-clusters';

/** How many clusters each test throws at the engine. */
const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 30;

/** A peer as the plain evaluator writes it: addresses by the first of their range. */
function plainText(peer: Peer): string {
  return isExternal(peer) ? bits(peer.ipRange.slice(0, peer.ipRange.indexOf('-'))) : peerText(peer);
}

function plainPorts(ports: Ports): string {
  return ports === 'all' ? 'all' : ports.map(({ protocol, from, to }) => `${protocol} ${from}-${to}`).join();
}

function line(from: Peer, to: Peer, ports: Ports): string {
  return `${plainText(from)} > ${plainText(to)}: ${plainPorts(ports)}`;
}

function compile({ objects, plain }: RandomCluster): Cluster {
  const cluster = Cluster.from(objects, { hostNetwork: plain.hostNetwork, ipBlocks: plain.ipBlocks });
  expect(cluster.problems).toEqual([]);
  return cluster;
}

function check(property: (cluster: Cluster, random: RandomCluster) => void): void {
  fc.assert(
    fc.property(randomCluster, (random) => property(compile(random), random)),
    { numRuns: RUNS },
  );
}

test('every connection is one that the plain evaluator finds, and none is missing', () => {
  check((cluster, { plain }) => {
    const found = [...cluster.connections()].map(({ from, to, ports }) => line(from, to, ports));
    expect(found.sort()).toEqual(plainConnections(plain));
  });
});

test('a workload is isolated in a direction where a policy selects one of its pods for it', () => {
  check((cluster, { plain }) => {
    for (const workload of cluster.workloads) {
      const [ingress, egress] = (['Ingress', 'Egress'] as const).map((type) =>
        isIsolated(plain, type, peerText(workload)),
      );
      const found = [cluster.isIsolated(workload, 'ingress'), cluster.isIsolated(workload, 'egress')];
      // Policies of other tiers select too, and may be those that do.
      expect(plain.admin.length > 0 ? [ingress && found[0], egress && found[1]] : found).toEqual([ingress, egress]);
    }
  });
});

test('an overview tells the same connections: of what is open to all by that alone, of all else by who is at the other end', () => {
  check((cluster) => {
    const { open, free, incoming, outgoing, connections } = overviewOf(cluster);
    const lines = new Set<string>();
    const add = (from: Peer, to: Peer, ports: Ports) => {
      if (from !== to) {
        lines.add(line(from, to, ports));
      }
    };
    for (const target of open) {
      for (const source of [...free, ...cluster.externals]) {
        add(source, target, 'all');
      }
    }
    for (const source of free) {
      for (const target of cluster.externals) {
        add(source, target, 'all');
      }
    }
    const expand = (
      all: Iterable<Limited>,
      told: readonly Peer[],
      each: (own: Peer, other: Peer, ports: Ports) => void,
    ) => {
      const seen = [...all].flatMap(({ workloads, others }) => {
        for (const { ports, peers } of others) {
          for (const own of workloads) {
            for (const peer of peers) {
              each(own, peer, ports);
            }
          }
        }
        return workloads;
      });
      expect([...seen, ...told].map(peerText).sort()).toEqual(cluster.workloads.map(peerText).sort());
    };
    expand(incoming, open, (own, other, ports) => add(other, own, ports));
    expand(outgoing, free, (own, other, ports) => add(own, other, ports));
    expect([...lines].sort()).toEqual(
      [...cluster.connections()].map(({ from, to, ports }) => line(from, to, ports)).sort(),
    );
    expect(connections).toBe([...merged(cluster.connections(), cluster.externals)].length);
  });
});

test('groups are the same connections', () => {
  check((cluster) => {
    const lines = new Set<string>();
    for (const { from, to, ports } of cluster.groups()) {
      for (const one of from) {
        for (const other of to) {
          if (one !== other) {
            const text = line(one, other, ports);
            expect(lines).not.toContain(text);
            lines.add(text);
          }
        }
      }
    }
    expect([...lines].sort()).toEqual(
      [...cluster.connections()].map(({ from, to, ports }) => line(from, to, ports)).sort(),
    );
  });
});

test('rows are the same connections in the same order', () => {
  check((cluster) => {
    const all = [...cluster.connections()];
    const told = (rows: Iterable<ConnectionRow>) =>
      [...rows].flatMap(({ from, parts }) =>
        parts.flatMap(({ to, ports }) => to.map((peer, at) => ({ from, to: peer, ports: ports[at] }))),
      );
    expect(told(cluster.rows())).toEqual(all);
    const port = { protocol: 'TCP', port: 80 } as const;
    const [first, ...others] = [...cluster.workloads, ...cluster.externals] as [Peer, ...Peer[]];
    for (const filter of [{ port }, { from: [first] }, { to: others }, { from: others, to: [first], port }]) {
      expect(told(cluster.rows(filter))).toEqual([...cluster.connections(filter)]);
    }
  });
});

test('asking for one pair, for one end or for one port gives what the list says', () => {
  check((cluster) => {
    const all = [...cluster.connections()];
    const peers: Peer[] = [...cluster.workloads, ...cluster.externals];
    const port = { protocol: 'TCP', port: 80 } as const;
    for (const peer of peers) {
      expect(cluster.peersOf(peer)).toEqual({
        incoming: all.filter(({ to }) => to === peer),
        outgoing: all.filter(({ from }) => from === peer),
      });
      for (const other of peers) {
        const listed = all.find(({ from, to }) => from === peer && to === other)?.ports ?? [];
        expect(cluster.ports(peer, other)).toEqual(listed);
        if (peer !== other && !(isExternal(peer) && isExternal(other))) {
          const explanation = cluster.explain(peer, other, port);
          expect(explanation.ports).toEqual(listed);
          expect([...cluster.connections({ from: [peer], to: [other], port })].length === 1).toBe(explanation.allowed);
        }
      }
    }
  });
});

test('a verdict is allowed just where one of its rules opens the port', () => {
  check((cluster) => {
    for (const { from, to, ports } of cluster.connections()) {
      const { allowed, egress, ingress } = cluster.explain(from, to);
      expect(allowed).toBe(true);
      expect(ports).not.toEqual([]);
      for (const { outcome, policies, rules } of [egress, ingress]) {
        expect(outcome).not.toBe('denied');
        expect(rules.length > 0).toBe(outcome === 'allowed');
        expect(policies.length > 0).toBe(outcome === 'allowed' || outcome === 'unmatched');
      }
    }
  });
});
