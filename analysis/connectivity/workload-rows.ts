import { NONE, type PortSet, type PortSets } from './engine/port-sets';
import type { Openings } from './engine/segments';
import { SizedMemory } from './engine/sized-memory';
import type { Working } from './engine/working';

/** Peers in ascending order, and what is open to each. */
export interface Row {
  readonly places: Int32Array;
  readonly ports: Int32Array;
}

/** So many places of rows are remembered: what is alike for many sources is put together once. */
const REMEMBERED = 2_000_000;

/** Puts together to which workloads something may connect. */
export class WorkloadRows {
  private readonly scratch: Int32Array;
  private rows = rowsOfGroups();
  /** The last row with addresses outside. */
  private longer: Row = { places: new Int32Array(0), ports: new Int32Array(0) };

  constructor(
    private readonly working: Working,
    workloads: number,
  ) {
    this.scratch = new Int32Array(workloads);
  }

  /** What the ports in the last row that was asked for are numbers of; those in earlier ones may be forgotten. */
  get sets(): PortSets {
    return this.working.sets;
  }

  /** The row of all sources of a group; those among them are in it themselves. */
  ofGroup(source: number): Row {
    if (this.working.renew()) {
      this.rows = rowsOfGroups();
    }
    // What nobody else has is not asked for again.
    const isAlone = this.working.engine.sources.members[source]?.length === 1;
    return isAlone ? this.made(source) : this.rows.of(source, () => this.made(source));
  }

  private made(source: number): Row {
    const { scratch } = this;
    const { firstPlace, places } = this.working.engine.targets;
    const { groups, ports } = this.working.targetsOf(source);
    let count = 0;
    for (let at = 0; at < groups.length; at++) {
      const group = groups[at] as number;
      const end = firstPlace[group + 1] as number;
      for (let place = firstPlace[group] as number; place < end; place++) {
        scratch[places[place] as number] = ports[at] as PortSet;
        count++;
      }
    }
    return this.taken(count, () =>
      Array.from(groups, (group) => places.subarray(firstPlace[group], firstPlace[group + 1])),
    );
  }

  /** A row with so many addresses outside behind its workloads, as far as they are open; good until the next one. */
  withOutside({ places, ports }: Row, openings: Openings, externals: number): Row {
    const all = places.length + openings.size(externals);
    if (all === places.length) {
      return { places, ports };
    }
    if (this.longer.places.length < all) {
      this.longer = { places: new Int32Array(all * 2), ports: new Int32Array(all * 2) };
    }
    const { longer, scratch } = this;
    longer.places.set(places);
    longer.ports.set(ports);
    let at = places.length;
    openings.runs(externals, (start, end, open) => {
      longer.ports.fill(open, at, at + end - start);
      for (let range = start; range < end; range++) {
        longer.places[at++] = scratch.length + range;
      }
    });
    return { places: longer.places.subarray(0, all), ports: longer.ports.subarray(0, all) };
  }

  /** One row of workloads that are in no two of the given lists. */
  merge(parts: readonly (readonly [readonly number[], PortSet])[]): Row {
    const open = parts.filter(([, ports]) => ports !== NONE);
    let count = 0;
    for (const [members, ports] of open) {
      for (const member of members) {
        this.scratch[member] = ports;
        count++;
      }
    }
    return this.taken(count, () => open.map(([members]) => members));
  }

  /** The row of so many workloads that were marked, in the order of their places; `lists` tells which they are. */
  private taken(count: number, lists: () => readonly ArrayLike<number>[]): Row {
    const { scratch } = this;
    const places = new Int32Array(count);
    const ports = new Int32Array(count);
    let at = 0;
    // Sorting is for rows with gaps: of one that is nearly full, every place is looked at.
    if (count * 8 > scratch.length) {
      for (let place = 0; place < scratch.length; place++) {
        if (scratch[place] !== NONE) {
          places[at++] = place;
        }
      }
    } else {
      for (const members of lists()) {
        places.set(members, at);
        at += members.length;
      }
      places.sort();
    }
    for (at = 0; at < count; at++) {
      const place = places[at] as number;
      ports[at] = scratch[place] as PortSet;
      scratch[place] = NONE;
    }
    return { places, ports };
  }
}

function rowsOfGroups(): SizedMemory<Row> {
  return new SizedMemory(REMEMBERED, ({ places }) => places.length);
}
