import { listIn } from '../manifest/lists';
import type { Cluster } from './cluster';
import { isExternal, type Peer, type Workload } from './peer';
import type { Ports } from './ports';

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
  /**
   * By ports; nobody where it is empty. The same peers are the same list, and so a workload alone may be among its own,
   * though it is not connected to itself.
   */
  readonly others: readonly { readonly ports: Ports; readonly peers: readonly Peer[] }[];
}

/** Groups the connections of a cluster for who wants to see all of them. */
export function overviewOf(cluster: Cluster): Overview {
  const { workloads, externals } = cluster;
  const open = workloads.filter((workload) => cluster.isOpen(workload, 'ingress'));
  const free = workloads.filter((workload) => cluster.isOpen(workload, 'egress'));
  const places = new Map<Peer, number>([...workloads, ...externals].map((peer, place) => [peer, place]));
  const lists = new Lists(places);
  const incoming = new Collected(workloads, new Set(open), lists);
  const outgoing = new Collected(workloads, new Set(free), lists);
  let connections = 0;
  for (const { from, to, ports } of cluster.groups()) {
    connections += lists.connections(from, to);
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
    private readonly lists: Lists,
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
    const byPorts = new Map<Ports, (readonly Peer[])[]>();
    for (const group of groups) {
      const { peers, ports } = this.groups[group] as (typeof this.groups)[number];
      listIn(byPorts, ports).push(peers);
    }
    const own = workloads.length === 1 ? workloads[0] : undefined;
    return [...byPorts]
      .map(([ports, parts]) => ({ ports, peers: this.lists.united(parts) }))
      .map((other) => ({ other, first: other.peers.find((peer) => peer !== own) }))
      .flatMap(({ other, first }) => (first === undefined ? [] : [{ other, place: this.lists.placeOf(first) }]))
      .sort((a, b) => a.place - b.place)
      .map(({ other }) => other);
  }
}

/** What is known of lists of peers, each of which may stand in thousands of groups. */
class Lists {
  private readonly ids = new Map<readonly Peer[], number>();
  private readonly unions = new Map<string, readonly Peer[]>();
  private readonly runs = new Map<readonly Peer[], number>();

  constructor(private readonly places: ReadonlyMap<Peer, number>) {}

  placeOf(peer: Peer): number {
    return this.places.get(peer) as number;
  }

  /** All peers of some lists, each once, in order; the same list for the same lists. */
  united(lists: readonly (readonly Peer[])[]): readonly Peer[] {
    const [only] = lists;
    if (lists.length === 1 && only !== undefined) {
      return only;
    }
    const key = lists.map((list) => this.idOf(list)).join(' ');
    let union = this.unions.get(key);
    if (union === undefined) {
      union = [...new Set(lists.flat())].sort((a, b) => this.placeOf(a) - this.placeOf(b));
      this.unions.set(key, union);
    }
    return union;
  }

  /** How many connections there are between some peers and others; a workload and itself are none. */
  connections(from: readonly Peer[], to: readonly Peer[]): number {
    const [few, many] = from.length < to.length ? [from, to] : [to, from];
    const isInside = [...from.slice(0, 1), ...to.slice(0, 1)].every((peer) => !isExternal(peer));
    const both = isInside ? few.filter((peer) => this.holds(many, peer)).length : 0;
    return this.runsOf(from) * this.runsOf(to) - both;
  }

  private idOf(list: readonly Peer[]): number {
    const id = this.ids.get(list) ?? this.ids.size;
    this.ids.set(list, id);
    return id;
  }

  /** Whether a peer is among some in order. */
  private holds(list: readonly Peer[], peer: Peer): boolean {
    const wanted = this.placeOf(peer);
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.placeOf(list[middle] as Peer) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return list[low] === peer;
  }

  /** How many peers there are; neighbouring addresses of one family are one. */
  private runsOf(peers: readonly Peer[]): number {
    const known = this.runs.get(peers);
    if (known !== undefined) {
      return known;
    }
    const isNext = (peer: Peer, before: Peer | undefined) =>
      before !== undefined &&
      isExternal(before) &&
      isExternal(peer) &&
      before.ipRange.includes(':') === peer.ipRange.includes(':') &&
      this.placeOf(before) === this.placeOf(peer) - 1;
    const runs = peers.filter((peer, index) => !isNext(peer, peers[index - 1])).length;
    this.runs.set(peers, runs);
    return runs;
  }
}
