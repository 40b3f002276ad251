import { rangeText } from './addresses';
import type { Engine } from './engine/engine';
import { NONE, type PortSet, type PortSets } from './engine/port-sets';
import type { Openings } from './engine/segments';
import type { External, Peer, Workload } from './peer';
import { includesPort, type Port } from './ports';
import type { Connection, ConnectionGroup } from './types';

/** Which connections to list, as places in the list of peers: workloads first, then ranges of addresses. */
export interface Wanted {
  readonly from: ReadonlySet<number> | undefined;
  readonly to: ReadonlySet<number> | undefined;
  readonly port: Port | undefined;
}

/** With so few targets, asking each pair is cheaper than listing everything that a source may connect to. */
const FEW = 64;

/** Turns what the engine knows of places into connections of peers, one after the other. */
export class Listing {
  readonly externals: readonly External[];
  private readonly all: readonly Peer[];
  /** By what they open to the outside: the workloads that open just that. */
  private readonly incoming: ReadonlyMap<Openings, readonly number[]>;
  private readonly outgoing: ReadonlyMap<Openings, readonly number[]>;

  constructor(
    private readonly engine: Engine,
    private readonly workloads: readonly Workload[],
    private readonly sets: PortSets,
  ) {
    this.externals = engine.externals.map((range) => ({ ipRange: rangeText(range) }));
    this.all = [...workloads, ...this.externals];
    this.incoming = placesOf(engine.incoming);
    this.outgoing = placesOf(engine.outgoing);
  }

  /** The ports on which one peer may connect to another; none for a peer and itself, and for two outside. */
  between(from: number, to: number): PortSet {
    const count = this.workloads.length;
    if (from === to || (from >= count && to >= count)) {
      return NONE;
    }
    if (from >= count) {
      return (this.engine.incoming[to] as Openings).at(from - count);
    }
    return to >= count ? (this.engine.outgoing[from] as Openings).at(to - count) : this.engine.between(from, to);
  }

  /** All wanted connections, by source and target. */
  *connections({ from, to, port }: Wanted): Generator<Connection> {
    const isOpen = this.openOn(port);
    const row = new Scratch(this.workloads.length);
    for (let source = 0; source < this.all.length; source++) {
      if (from !== undefined && !from.has(source)) {
        continue;
      }
      const targets = to !== undefined && to.size <= FEW ? this.few(source, to) : this.row(source, row);
      for (const [target, ports] of targets) {
        if (isOpen(ports) && (to === undefined || to.has(target))) {
          yield {
            from: this.all[source] as Peer,
            to: this.all[target] as Peer,
            ports: this.sets.portsOf(ports),
          };
        }
      }
    }
  }

  private openOn(port: Port | undefined): (ports: PortSet) => boolean {
    const known = new Map<PortSet, boolean>();
    return (ports) => {
      let open = known.get(ports) ?? port === undefined;
      if (!open && !known.has(ports)) {
        open = includesPort(this.sets.portsOf(ports), port as Port);
        known.set(ports, open);
      }
      return open;
    };
  }

  private *few(source: number, targets: ReadonlySet<number>): Generator<[number, PortSet]> {
    for (const target of [...targets].sort((a, b) => a - b)) {
      const ports = this.between(source, target);
      if (ports !== NONE) {
        yield [target, ports];
      }
    }
  }

  /** Everything to which one peer may connect, in order. */
  private *row(source: number, row: Scratch): Generator<[number, PortSet]> {
    const count = this.workloads.length;
    if (source >= count) {
      for (const [openings, members] of this.incoming) {
        row.add(members, openings.at(source - count));
      }
      yield* row.drain();
      return;
    }
    const { sources, targets } = this.engine;
    for (const [group, ports] of this.engine.targetsOf(sources.groupOf[source] as number)) {
      row.add(targets.members[group] as readonly number[], ports);
    }
    row.remove(source);
    yield* row.drain();
    for (const [range, ports] of (this.engine.outgoing[source] as Openings).open(this.externals.length)) {
      yield [count + range, ports];
    }
  }

  /** All connections, in groups of peers that policies do not tell apart. */
  *groups(): Generator<ConnectionGroup> {
    const { sources, targets } = this.engine;
    for (const [source, members] of sources.members.entries()) {
      for (const [ports, groups] of byPorts(this.engine.targetsOf(source))) {
        const to = groups.flatMap((group) => targets.members[group] as readonly number[]).sort((a, b) => a - b);
        if (members.length > 1 || to.length > 1 || members[0] !== to[0]) {
          yield this.group(members, to, ports);
        }
      }
    }
    for (const [openings, members] of this.outgoing) {
      for (const [ports, ranges] of byPorts(openings.open(this.externals.length))) {
        yield this.group(members, this.outside(ranges), ports);
      }
    }
    for (const [openings, members] of this.incoming) {
      for (const [ports, ranges] of byPorts(openings.open(this.externals.length))) {
        yield this.group(this.outside(ranges), members, ports);
      }
    }
  }

  private outside(ranges: readonly number[]): readonly number[] {
    return ranges.map((range) => this.workloads.length + range);
  }

  private group(from: readonly number[], to: readonly number[], ports: PortSet): ConnectionGroup {
    const peers = (places: readonly number[]) => places.map((place) => this.all[place] as Peer);
    return { from: peers(from), to: peers(to), ports: this.sets.portsOf(ports) };
  }
}

/** A row of workloads while it is put together. */
class Scratch {
  private readonly ports: Int32Array;
  private readonly touched: number[] = [];

  constructor(count: number) {
    this.ports = new Int32Array(count);
  }

  add(members: readonly number[], ports: PortSet): void {
    if (ports !== NONE) {
      for (const member of members) {
        this.ports[member] = ports;
        this.touched.push(member);
      }
    }
  }

  remove(member: number): void {
    this.ports[member] = NONE;
  }

  /** What was added, in order; nothing is left. */
  *drain(): Generator<[number, PortSet]> {
    // Sorting is for rows with gaps; of a row that is nearly full, every place is looked at.
    const places =
      this.touched.length * 8 < this.ports.length ? this.touched.splice(0).sort((a, b) => a - b) : this.ports.keys();
    this.touched.length = 0;
    for (const place of places) {
      const ports = this.ports[place] as PortSet;
      this.ports[place] = NONE;
      if (ports !== NONE) {
        yield [place, ports];
      }
    }
  }
}

function placesOf(openings: readonly Openings[]): ReadonlyMap<Openings, readonly number[]> {
  const places = new Map<Openings, number[]>();
  for (const [workload, own] of openings.entries()) {
    const members = places.get(own) ?? [];
    places.set(own, members);
    members.push(workload);
  }
  return places;
}

function byPorts(entries: Iterable<readonly [number, PortSet]>): ReadonlyMap<PortSet, readonly number[]> {
  const groups = new Map<PortSet, number[]>();
  for (const [item, ports] of entries) {
    const items = groups.get(ports) ?? [];
    groups.set(ports, items);
    items.push(item);
  }
  return groups;
}
