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
    const rows = new RowMaker(this.engine, this.workloads.length);
    for (let source = 0; source < this.all.length; source++) {
      if (from !== undefined && !from.has(source)) {
        continue;
      }
      for (const { places, ports } of this.rows(source, to, rows)) {
        for (let at = 0; at < places.length; at++) {
          const target = places[at] as number;
          const open = this.sets.portsOf(ports[at] as PortSet);
          if (
            target !== source &&
            (to === undefined || to.has(target)) &&
            (port === undefined || includesPort(open, port))
          ) {
            yield { from: this.all[source] as Peer, to: this.all[target] as Peer, ports: open };
          }
        }
      }
    }
  }

  /** Everything to which one peer may connect, in order. */
  private rows(source: number, to: ReadonlySet<number> | undefined, rows: RowMaker): Row[] {
    if (to !== undefined && to.size <= FEW) {
      const places = [...to].sort((a, b) => a - b).filter((target) => this.between(source, target) !== NONE);
      return [{ places, ports: places.map((target) => this.between(source, target)) }];
    }
    const count = this.workloads.length;
    if (source >= count) {
      return [rows.merge([...this.incoming].map(([openings, members]) => [members, openings.at(source - count)]))];
    }
    const outside = [...(this.engine.outgoing[source] as Openings).open(this.externals.length)];
    return [
      rows.ofGroup(this.engine.sources.groupOf[source] as number),
      { places: outside.map(([range]) => count + range), ports: outside.map(([, ports]) => ports) },
    ];
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

/** Peers in ascending order, and what is open to each. */
interface Row {
  readonly places: ArrayLike<number>;
  readonly ports: ArrayLike<PortSet>;
}

/** So many places of rows are remembered: what is alike for many sources is put together once. */
const REMEMBERED = 2_000_000;

/** Puts together to which workloads something may connect. */
class RowMaker {
  private readonly scratch: Int32Array;
  private readonly rows = new Map<number, Row>();
  private size = 0;

  constructor(
    private readonly engine: Engine,
    workloads: number,
  ) {
    this.scratch = new Int32Array(workloads);
  }

  /** The row of all sources of a group; those among them are in it themselves. */
  ofGroup(source: number): Row {
    let row = this.rows.get(source);
    if (row === undefined) {
      const { members } = this.engine.targets;
      row = this.merge(
        [...this.engine.targetsOf(source)].map(([group, ports]) => [members[group] as readonly number[], ports]),
      );
      this.size += row.places.length;
      if (this.size > REMEMBERED) {
        this.rows.clear();
        this.size = row.places.length;
      }
      this.rows.set(source, row);
    }
    return row;
  }

  /** One row of workloads that are in no two of the given lists. */
  merge(parts: readonly (readonly [readonly number[], PortSet])[]): Row {
    const { scratch } = this;
    let count = 0;
    for (const [members, ports] of parts) {
      for (const member of ports === NONE ? [] : members) {
        scratch[member] = ports;
        count++;
      }
    }
    // Sorting is for rows with gaps: of one that is nearly full, every place is looked at.
    const places = new Int32Array(count);
    let at = 0;
    if (count * 8 > scratch.length) {
      for (let place = 0; place < scratch.length; place++) {
        if (scratch[place] !== NONE) {
          places[at++] = place;
        }
      }
    } else {
      for (const [members, ports] of parts) {
        for (const member of ports === NONE ? [] : members) {
          places[at++] = member;
        }
      }
      places.sort();
    }
    const ports = places.map((place) => scratch[place] as PortSet);
    for (const place of places) {
      scratch[place] = NONE;
    }
    return { places, ports };
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
