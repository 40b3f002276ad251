import type { Cluster } from './cluster';
import { isExternal, type Peer, type Workload } from './peer';
import { type Ports, portsText } from './ports';

/** Everything about who may connect to whom, without telling for each pair what is true of all. */
export interface Overview {
  /** Workloads that let everybody in. */
  readonly open: readonly Workload[];
  /** Workloads that may connect to everything that lets them in. */
  readonly free: readonly Workload[];
  /** Who may connect to all other workloads than those that are open. */
  readonly incoming: Iterable<Limited>;
  /** To what all other workloads than those that are free may connect. */
  readonly outgoing: Iterable<Limited>;
  /** How many workloads there are that a policy selects: in any direction, and in each. */
  readonly isolated: { readonly any: number; readonly ingress: number; readonly egress: number };
  /** How many connections there are; those with neighbouring addresses on the same ports are one. */
  readonly connections: number;
}

/** Workloads of which the same is true, and who is at the other end of what is open to them or from them. */
export interface Limited {
  readonly workloads: readonly Workload[];
  /** By ports; nobody where it is empty. A workload alone is not among its own. */
  readonly others: readonly { readonly ports: Ports; readonly peers: readonly Peer[] }[];
}

/** Groups the connections of a cluster for who wants to see all of them. */
export function overviewOf(cluster: Cluster): Overview {
  const { workloads, externals } = cluster;
  const open = workloads.filter((workload) => cluster.isOpen(workload, 'ingress'));
  const free = workloads.filter((workload) => cluster.isOpen(workload, 'egress'));
  const places = new Map<Peer, number>([...workloads, ...externals].map((peer, place) => [peer, place]));
  const incoming = new Collected(workloads, new Set(open), places);
  const outgoing = new Collected(workloads, new Set(free), places);
  let connections = 0;
  for (const { from, to, ports } of cluster.groups()) {
    connections += countOf(from, to, places);
    incoming.add(to, from, ports);
    outgoing.add(from, to, ports);
  }
  const isolated = (direction: 'ingress' | 'egress') =>
    workloads.filter((workload) => cluster.isIsolated(workload, direction));
  const [ingress, egress] = [isolated('ingress'), isolated('egress')];
  return {
    open,
    free,
    incoming,
    outgoing,
    isolated: { any: new Set([...ingress, ...egress]).size, ingress: ingress.length, egress: egress.length },
    connections,
  };
}

/** Who is at the other end, by workloads of which this is the same. */
class Collected implements Iterable<Limited> {
  private readonly groups: { readonly peers: readonly Peer[]; readonly ports: Ports }[] = [];
  private readonly groupsOf = new Map<Workload, number[]>();

  /** @param all the workloads, in order; @param untold those of which nothing is kept */
  constructor(
    all: readonly Workload[],
    untold: ReadonlySet<Workload>,
    private readonly places: ReadonlyMap<Peer, number>,
  ) {
    for (const workload of all) {
      if (!untold.has(workload)) {
        this.groupsOf.set(workload, []);
      }
    }
  }

  add(ends: readonly Peer[], peers: readonly Peer[], ports: Ports): void {
    const group = this.groups.push({ peers, ports }) - 1;
    for (const end of ends) {
      if (!isExternal(end)) {
        this.groupsOf.get(end)?.push(group);
      }
    }
  }

  *[Symbol.iterator](): Generator<Limited> {
    const alike = new Map<string, { workloads: Workload[]; groups: readonly number[] }>();
    for (const [workload, groups] of this.groupsOf) {
      const key = groups.join(' ');
      const known = alike.get(key);
      if (known === undefined) {
        alike.set(key, { workloads: [workload], groups });
      } else {
        known.workloads.push(workload);
      }
    }
    for (const { workloads, groups } of alike.values()) {
      yield { workloads, others: this.othersOf(workloads, groups) };
    }
  }

  private othersOf(workloads: readonly Workload[], groups: readonly number[]): Limited['others'] {
    const byPorts = new Map<string, { readonly ports: Ports; readonly peers: Set<Peer> }>();
    for (const group of groups) {
      const { peers, ports } = this.groups[group] as (typeof this.groups)[number];
      const entry = byPorts.get(portsText(ports)) ?? { ports, peers: new Set() };
      byPorts.set(portsText(ports), entry);
      for (const peer of peers) {
        if (workloads.length > 1 || peer !== workloads[0]) {
          entry.peers.add(peer);
        }
      }
    }
    const placeOf = (peer: Peer) => this.places.get(peer) as number;
    return [...byPorts.values()]
      .map(({ ports, peers }) => ({ ports, peers: [...peers].sort((a, b) => placeOf(a) - placeOf(b)) }))
      .filter(({ peers }) => peers.length > 0)
      .sort((a, b) => placeOf(a.peers[0] as Peer) - placeOf(b.peers[0] as Peer));
  }
}

/** How many connections there are between some peers and others; a workload and itself are none. */
function countOf(from: readonly Peer[], to: readonly Peer[], places: ReadonlyMap<Peer, number>): number {
  const [sources, targets] = [from, to].map((peers) => runsOf(peers, places)) as [number, number];
  const isInside = [...from.slice(0, 1), ...to.slice(0, 1)].every((peer) => !isExternal(peer));
  const both = new Set(isInside ? from : []);
  return sources * targets - to.filter((peer) => both.has(peer)).length;
}

/** How many peers there are; neighbouring addresses of one family are one. */
function runsOf(peers: readonly Peer[], places: ReadonlyMap<Peer, number>): number {
  return peers.filter((peer, index) => {
    const before = peers[index - 1];
    const isNext =
      before !== undefined &&
      isExternal(before) &&
      isExternal(peer) &&
      before.ipRange.includes(':') === peer.ipRange.includes(':') &&
      places.get(before) === (places.get(peer) as number) - 1;
    return !isNext;
  }).length;
}
