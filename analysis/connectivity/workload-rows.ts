import type { Engine } from './engine/engine';
import { NONE, type PortSet } from './engine/port-sets';
import { SizedMemory } from './engine/sized-memory';

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
  private readonly rows = new SizedMemory<Row>(REMEMBERED, ({ places }) => places.length);

  constructor(
    private readonly engine: Engine,
    workloads: number,
  ) {
    this.scratch = new Int32Array(workloads);
  }

  /** The row of all sources of a group; those among them are in it themselves. */
  ofGroup(source: number): Row {
    return this.rows.of(source, () => {
      const { members } = this.engine.targets;
      const { groups, ports } = this.engine.targetsOf(source);
      return this.merge(
        Array.from(groups, (group) => members[group] as readonly number[]),
        ports,
      );
    });
  }

  /**
   * One row of workloads that are in no two of the given lists.
   *
   * @param open by list: what is open to its workloads
   */
  merge(lists: readonly (readonly number[])[], open: ArrayLike<PortSet>): Row {
    const { scratch } = this;
    let count = 0;
    for (let list = 0; list < lists.length; list++) {
      const ports = open[list] as PortSet;
      const members = lists[list] as readonly number[];
      if (ports !== NONE) {
        for (let at = 0; at < members.length; at++) {
          scratch[members[at] as number] = ports;
        }
        count += members.length;
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
      for (const [list, members] of lists.entries()) {
        for (const member of open[list] === NONE ? [] : members) {
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
