import { listIn } from '../manifest/lists';
import { AlikeIn } from './alike';
import { isAmong } from './ascending';
import type { Cluster } from './cluster';
import { SizedMemory } from './engine/sized-memory';
import { type External, isExternal, type Peer, type Workload } from './peer';
import { PeerList } from './peer-lists';
import { PlaceSet } from './place-set';
import type { Ports } from './ports';

/** The place of what is not there. */
const NOWHERE = -1;

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
  readonly others: readonly Others[];
}

/** Who is at the other end on some ports. */
export interface Others {
  readonly ports: Ports;
  readonly peers: readonly Peer[];
  /** The places of these peers among all workloads and the externals behind them, in ascending order. */
  readonly places: Int32Array;
}

/** Groups the connections of a cluster for who wants to see all of them. */
export function overviewOf(cluster: Cluster): Overview {
  const { workloads, externals } = cluster;
  const open = workloads.filter((workload) => cluster.isOpen(workload, 'ingress'));
  const free = workloads.filter((workload) => cluster.isOpen(workload, 'egress'));
  const lists = new Lists(workloads, externals);
  const incoming = new Collected(workloads, new Set(open), lists);
  const outgoing = new Collected(workloads, new Set(free), lists);
  let connections = 0;
  for (const { from, to, ports } of cluster.listing.placedGroups()) {
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

class Group implements Others {
  // They are asked for more often than anything else of the list, which is far away in memory.
  private readonly first: number;
  private readonly second: number;

  constructor(
    readonly list: PeerList,
    readonly ports: Ports,
    /** The number of these ports. */
    readonly id: number,
  ) {
    const { places } = list;
    this.first = places[0] ?? NOWHERE;
    this.second = places.length > 1 ? (places[1] as number) : NOWHERE;
  }

  get peers(): readonly Peer[] {
    return this.list.peers;
  }

  get places(): Int32Array {
    return this.list.places;
  }

  /** The place of the first peer but one, or `NOWHERE`. */
  firstBut(place: number | undefined): number {
    return this.first === place ? this.second : this.first;
  }
}

/** Who is at the other end, by workloads of which this is the same. */
class Collected implements Iterable<Limited> {
  /** Ports of groups, by number: what is the same object is one number. */
  private readonly portsIds = new Map<Ports, number>();
  /** By their ends: thousands of groups may have the same. */
  private readonly groupsOf = new Map<PeerList, Group[]>();

  /** @param all the workloads, in order; @param untold those of which nothing is told */
  constructor(
    private readonly all: readonly Workload[],
    private readonly untold: ReadonlySet<Workload>,
    private readonly lists: Lists,
  ) {}

  add(ends: PeerList, peers: PeerList, ports: Ports): void {
    if ((ends.places[0] as number) < this.all.length) {
      const id = this.portsIds.get(ports) ?? this.portsIds.size;
      this.portsIds.set(ports, id);
      listIn(this.groupsOf, ends).push(new Group(peers, ports, id));
    }
  }

  *[Symbol.iterator](): Generator<Limited> {
    const { all, untold } = this;
    const alike = new AlikeIn(all.length, (place) => untold.has(all[place] as Workload));
    const groupsOf: (readonly Group[])[] = [];
    for (const [{ places }, groups] of this.groupsOf) {
      alike.add(groupsOf.push(groups) - 1, places);
    }
    /** By number of ports, while those at the other end are put together: where they stand among these. */
    const placeOf = new Int32Array(this.portsIds.size).fill(NOWHERE);
    for (const { members, lists } of alike.all()) {
      const groups = lists.map((list) => groupsOf[list] as readonly Group[]);
      yield {
        workloads: members.map((place) => all[place] as Workload),
        others: this.othersOf(members, groups, placeOf),
      };
    }
  }

  private othersOf(
    members: readonly number[],
    all: readonly (readonly Group[])[],
    placeOf: Int32Array,
  ): Limited['others'] {
    const found: Group[] = [];
    /** By place of the first group with some ports: all groups with them, where there are several. */
    const several = new Map<number, Group[]>();
    for (const groups of all) {
      for (const group of groups) {
        const place = placeOf[group.id] as number;
        if (place === NOWHERE) {
          placeOf[group.id] = found.push(group) - 1;
        } else {
          const parts = several.get(place);
          if (parts === undefined) {
            several.set(place, [found[place] as Group, group]);
          } else {
            parts.push(group);
          }
        }
      }
    }
    for (const { id } of found) {
      placeOf[id] = NOWHERE;
    }
    for (const [place, parts] of several) {
      const { ports, id } = found[place] as Group;
      found[place] = new Group(this.lists.united(parts.map(({ list }) => list)), ports, id);
    }
    const own = members.length === 1 ? members[0] : undefined;
    const first = (group: Group) => group.firstBut(own);
    return found.filter((group) => first(group) !== NOWHERE).sort((a, b) => first(a) - first(b));
  }
}

/** So many places of lists that were put together are remembered. */
const REMEMBERED = 2_000_000;

/** What is known of lists of peers, each of which may stand in thousands of groups. */
class Lists {
  private readonly all: readonly Peer[];
  private readonly ids = new Map<PeerList, number>();
  private readonly unions = new SizedMemory<PeerList, string>(REMEMBERED, ({ places }) => places.length);
  private readonly places: PlaceSet;
  private readonly runs = new Map<PeerList, number>();
  /** The place of the first address that is IPv6: all behind it are. */
  private readonly firstOfIPv6: number;

  constructor(
    private readonly workloads: readonly Workload[],
    externals: readonly External[],
  ) {
    this.all = [...workloads, ...externals];
    this.places = new PlaceSet(this.all.length);
    this.firstOfIPv6 = this.all.findIndex((peer) => isExternal(peer) && peer.ipRange.includes(':'));
  }

  /** All peers of some lists, each once, in order; the same list for the same lists, unless it is long ago. */
  united(lists: readonly PeerList[]): PeerList {
    const key = lists.map((list) => this.idOf(list)).join(' ');
    return this.unions.of(key, () => {
      for (const { places } of lists) {
        this.places.add(places);
      }
      return new PeerList(this.places.take(), this.all);
    });
  }

  /** How many connections there are between some peers and others; a workload and itself are none. */
  connections(from: PeerList, to: PeerList): number {
    const [few, many] = from.places.length < to.places.length ? [from, to] : [to, from];
    const isInside = [from, to].every(({ places }) => (places[0] as number) < this.workloads.length);
    let both = 0;
    for (const place of isInside ? few.places : []) {
      both += isAmong(many.places, place) ? 1 : 0;
    }
    return this.runsOf(from) * this.runsOf(to) - both;
  }

  private idOf(list: PeerList): number {
    const id = this.ids.get(list) ?? this.ids.size;
    this.ids.set(list, id);
    return id;
  }

  /** How many peers there are; neighbouring addresses of one family are one. */
  private runsOf(list: PeerList): number {
    let runs = this.runs.get(list);
    if (runs === undefined) {
      runs = 0;
      let before = NOWHERE;
      for (const place of list.places) {
        const isNext = before >= this.workloads.length && place === before + 1 && place !== this.firstOfIPv6;
        runs += isNext ? 0 : 1;
        before = place;
      }
      this.runs.set(list, runs);
    }
    return runs;
  }
}
