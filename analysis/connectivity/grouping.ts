import { withCommonTargets } from './common-targets';
import type { Ends } from './engine/ends';
import type { PortSet } from './engine/port-sets';
import type { Working } from './engine/working';
import { GroupEntries } from './group-entries';
import { PlaceSet } from './place-set';

/** Workloads by their places in ascending order, each of which may connect to each of others but itself. Good until the next group. */
export interface PlaceGroup {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly ports: PortSet;
}

/** How much all entries may take, in terms of the number of a source in one. */
const MOST = 4_000_000;

/** No place in a row. */
const NONE_AT = -1;

/**
 * Puts connections between workloads into groups, as few as can be found row by row: sources that may connect to the same
 * targets on the same ports are one.
 *
 * Where nothing is alike, groups are told before all rows are known, so that they take no more memory than a part of them.
 */
export class Grouping {
  private readonly entries: GroupEntries;
  /** While a row is taken: by set of ports, its first and last place in the row; by place, the next one with the same ports. */
  private first = new Int32Array(1024).fill(NONE_AT);
  private last = new Int32Array(1024);
  private next = new Int32Array(0);
  /** While a row is taken: its different sets of ports, and the targets of one of them. */
  private different = new Int32Array(0);
  private targets = new Int32Array(0);
  private readonly places: PlaceSet;

  constructor(
    private readonly working: Working,
    private readonly workloads: number,
  ) {
    this.entries = new GroupEntries(working.engine.targets.members.length);
    this.places = new PlaceSet(workloads);
  }

  /** All groups, in the order of the first source of each; those that have most of thousands of targets in common are told together. */
  *groups(): Generator<PlaceGroup> {
    for (const source of this.working.engine.sources.members.keys()) {
      this.add(source);
      if (this.entries.size > MOST || this.working.isFull) {
        yield* this.told();
        this.working.renew();
      }
    }
    yield* this.told();
  }

  private *told(): Generator<PlaceGroup> {
    const { sources, targets } = this.working.engine;
    for (const { from: some, to: others, ports } of withCommonTargets(this.entries.taken())) {
      const from = this.areAlone(sources) ? some : this.membersOf(some, sources);
      const to = this.areAlone(targets) ? others : this.membersOf(others, targets);
      if (from.length > 1 || to.length > 1 || from[0] !== to[0]) {
        yield { from, to, ports };
      }
    }
  }

  /** Adds a group of sources to the entries for what it may connect to. */
  private add(source: number): void {
    const { groups, ports } = this.working.targetsOf(source);
    const { length } = groups;
    if (this.next.length < length) {
      this.next = new Int32Array(length);
      this.different = new Int32Array(length);
      this.targets = new Int32Array(length);
    }
    const { next, different, targets, entries } = this;
    let count = 0;
    for (let at = 0; at < length; at++) {
      const set = ports[at] as PortSet;
      if (set >= this.first.length) {
        this.makeRoomFor(set);
      }
      if (this.first[set] === NONE_AT) {
        this.first[set] = at;
        different[count++] = set;
      } else {
        next[this.last[set] as number] = at;
      }
      this.last[set] = at;
      next[at] = NONE_AT;
    }
    const { first } = this;
    for (let index = 0; index < count; index++) {
      const set = different[index] as PortSet;
      let found = 0;
      for (let at = first[set] as number; at !== NONE_AT; at = next[at] as number) {
        targets[found++] = groups[at] as number;
      }
      first[set] = NONE_AT;
      if (found === 1) {
        entries.addSingle(source, targets[0] as number, set);
      } else {
        entries.add(source, inOrder(targets.subarray(0, found)), set);
      }
    }
  }

  /** Whether each workload is a group, which has the number of its place then. */
  private areAlone({ members }: Ends): boolean {
    return members.length === this.workloads;
  }

  /** The workloads of some groups. No two groups have one in common. */
  private membersOf(groups: Int32Array, { firstPlace, places }: Ends): Int32Array {
    if (groups.length === 1) {
      const [group] = groups as unknown as readonly [number];
      return places.subarray(firstPlace[group], firstPlace[group + 1]);
    }
    for (const group of groups) {
      this.places.add(places, firstPlace[group], firstPlace[group + 1]);
    }
    return this.places.take();
  }

  private makeRoomFor(set: PortSet): void {
    const [first, last] = [this.first, this.last];
    this.first = new Int32Array(set * 2).fill(NONE_AT);
    this.last = new Int32Array(set * 2);
    this.first.set(first);
    this.last.set(last);
  }
}

function inOrder(numbers: Int32Array): Int32Array {
  for (let at = 1; at < numbers.length; at++) {
    if ((numbers[at - 1] as number) > (numbers[at] as number)) {
      return numbers.sort();
    }
  }
  return numbers;
}
