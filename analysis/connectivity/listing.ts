import { listIn } from '../manifest/lists';
import { rangeText } from './addresses';
import { ConnectionParts } from './connection-rows';
import { Connections, type Wanted } from './connections';
import type { Engine } from './engine/engine';
import { NONE, type PortSet, type PortSets } from './engine/port-sets';
import type { Openings } from './engine/segments';
import { Working } from './engine/working';
import { Grouping } from './grouping';
import type { External, Peer, Workload } from './peer';
import { type PeerList, PeerLists } from './peer-lists';
import type { Ports } from './ports';
import type { Connection, ConnectionGroup, ConnectionPart, ConnectionRow } from './types';
import { type Row, WorkloadRows } from './workload-rows';

/** With so few targets, asking each pair is cheaper than listing everything that a source may connect to. */
const FEW = 64;

/** Many connections at once, as `ConnectionGroup` has them. */
export interface PlacedGroup {
  readonly from: PeerList;
  readonly to: PeerList;
  readonly ports: Ports;
}

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
  connections(wanted: Wanted): IterableIterator<Connection> {
    const { all } = this;
    const { to } = wanted;
    if (to !== undefined && to.size <= FEW) {
      return new Connections({ all, sets: () => this.sets, rowOf: (source) => this.few(source, to), wanted });
    }
    const rows = this.workloadRows();
    return new Connections({ all, sets: () => rows.sets, rowOf: (source) => this.row(source, rows), wanted });
  }

  /** The same, source by source. */
  *rows(wanted: Wanted): Generator<ConnectionRow> {
    const { all, workloads, externals } = this;
    const { from, to, port } = wanted;
    const rows = this.workloadRows();
    const parts = new ConnectionParts(all, () => rows.sets);
    for (const [source, peer] of all.entries()) {
      if (from !== undefined && !from.has(source)) {
        continue;
      }
      const own: ConnectionPart[] = [];
      if (to !== undefined || port !== undefined) {
        const connections = [...this.connections({ from: new Set([source]), to, port })];
        own.push({ to: connections.map((one) => one.to), ports: connections.map((one) => one.ports) });
      } else if (source < workloads.length) {
        const openings = this.engine.outgoing[source] as Openings;
        own.push(parts.ofRow(rows.ofGroup(this.engine.sources.groupOf[source] as number), source));
        own.push(parts.ofOpenings(openings, workloads.length, externals.length));
      } else {
        own.push(parts.ofRow(this.row(source, rows), source));
      }
      const open = own.filter((part) => part.to.length > 0);
      if (open.length > 0) {
        yield { from: peer, parts: open };
      }
    }
  }

  private workloadRows(): WorkloadRows {
    return new WorkloadRows(new Working(this.engine), this.workloads.length);
  }

  private few(source: number, to: ReadonlySet<number>): Row {
    const places = Int32Array.from(to)
      .sort()
      .filter((target) => this.between(source, target) !== NONE);
    return { places, ports: places.map((target) => this.between(source, target)) };
  }

  /** Everything to which one peer may connect, in order; itself is not left out yet. */
  private row(source: number, rows: WorkloadRows): Row {
    const count = this.workloads.length;
    if (source >= count) {
      return rows.merge([...this.incoming].map(([openings, members]) => [members, openings.at(source - count)]));
    }
    const inside = rows.ofGroup(this.engine.sources.groupOf[source] as number);
    return rows.withOutside(inside, this.engine.outgoing[source] as Openings, this.externals.length);
  }

  /** All connections, in groups of peers that policies do not tell apart. */
  *groups(): Generator<ConnectionGroup> {
    for (const { from, to, ports } of this.placedGroups(new Working(this.engine))) {
      yield { from: from.inPassing(), to: to.inPassing(), ports };
    }
  }

  /**
   * The same by the places of peers.
   *
   * @param working where none is given, the same ports are the same object
   */
  *placedGroups(working = new Working(this.engine, Number.POSITIVE_INFINITY)): Generator<PlacedGroup> {
    const lists = new PeerLists(this.all);
    const group = (from: Int32Array, to: Int32Array, ports: PortSet): PlacedGroup => ({
      from: lists.of(from),
      to: lists.of(to),
      ports: working.sets.portsOf(ports),
    });
    for (const { from, to, ports } of new Grouping(working, this.workloads.length).groups()) {
      yield group(from, to, ports);
    }
    for (const [openings, own] of this.outgoing) {
      const members = Int32Array.from(own);
      for (const [ports, ranges] of this.outside(openings)) {
        yield group(members, ranges, ports);
      }
    }
    for (const [openings, own] of this.incoming) {
      const members = Int32Array.from(own);
      for (const [ports, ranges] of this.outside(openings)) {
        yield group(ranges, members, ports);
      }
    }
  }

  /** The addresses to which something is open, by the ports. */
  private outside(openings: Openings): ReadonlyMap<PortSet, Int32Array> {
    const { externals, workloads } = this;
    const sizes = new Map<PortSet, number>();
    openings.runs(externals.length, (start, end, ports) => sizes.set(ports, (sizes.get(ports) ?? 0) + end - start));
    const places = new Map([...sizes].map(([ports, size]) => [ports, new Int32Array(size)]));
    openings.runs(externals.length, (start, end, ports) => {
      const own = places.get(ports) as Int32Array;
      // What is left of the size is the room that is not taken yet.
      let at = own.length - (sizes.get(ports) as number);
      for (let range = start; range < end; range++) {
        own[at++] = workloads.length + range;
      }
      sizes.set(ports, own.length - at);
    });
    return places;
  }
}

function placesOf(openings: readonly Openings[]): ReadonlyMap<Openings, readonly number[]> {
  const places = new Map<Openings, number[]>();
  for (const [workload, own] of openings.entries()) {
    listIn(places, own).push(workload);
  }
  return places;
}
