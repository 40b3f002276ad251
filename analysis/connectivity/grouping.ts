import { listIn } from '../manifest/lists';
import type { Engine } from './engine/engine';
import type { PortSet } from './engine/port-sets';

/** Workloads by their places in ascending order, each of which may connect to each of others but itself. */
export interface PlaceGroup {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly ports: PortSet;
}

/** Groups of sources that may connect to the same groups of targets on the same ports. */
interface Entry {
  readonly sources: number[];
  readonly targets: readonly number[];
  readonly ports: PortSet;
}

/** What an entry takes in memory, in terms of the number of a source in it, and how much all of them may take. */
const ENTRY = 16;
const MOST = 4_000_000;

/** No place in a row. */
const NONE_AT = -1;

/**
 * Puts connections between workloads into groups, as few as can be found row by row: sources of which each may connect to
 * most targets, but not the same ones, have those in common to which most of them may connect.
 *
 * Where nothing is alike, groups are told before all rows are known, so that they take no more memory than a part of them.
 */
export class Grouping {
  private readonly byTarget: Map<PortSet, Entry>[];
  private readonly byHash = new Map<number, Entry[]>();
  private entries: Entry[] = [];
  private size = 0;
  /** While a row is taken: by set of ports, its first and last place in the row; by place, the next one with the same ports. */
  private first = new Int32Array(1024).fill(NONE_AT);
  private last = new Int32Array(1024);
  private next = new Int32Array(0);
  private readonly marks: Uint8Array;

  constructor(
    private readonly engine: Engine,
    workloads: number,
  ) {
    this.byTarget = engine.targets.members.map(() => new Map());
    this.marks = new Uint8Array(workloads);
  }

  /** All groups, in the order of the first source of each. */
  *groups(): Generator<PlaceGroup> {
    for (const source of this.engine.sources.members.keys()) {
      this.add(source);
      if (this.size > MOST) {
        yield* this.told();
      }
    }
    yield* this.told();
  }

  private *told(): Generator<PlaceGroup> {
    const { entries } = this;
    this.entries = [];
    this.size = 0;
    this.byHash.clear();
    const { sources, targets } = this.engine;
    for (const { sources: some, targets: others, ports } of entries) {
      for (const target of others.length === 1 ? others : []) {
        this.byTarget[target]?.clear();
      }
      const from = this.membersOf(some, sources.members);
      const to = this.membersOf(others, targets.members);
      if (from.length > 1 || to.length > 1 || from[0] !== to[0]) {
        yield { from, to, ports };
      }
    }
  }

  /** Adds a group of sources to the entries for what it may connect to. */
  private add(source: number): void {
    const { groups, ports } = this.engine.targetsOf(source);
    if (this.next.length < groups.length) {
      this.next = new Int32Array(groups.length);
    }
    const { next } = this;
    const different: PortSet[] = [];
    for (let at = 0; at < ports.length; at++) {
      const set = ports[at] as PortSet;
      this.makeRoomFor(set);
      if (this.first[set] === NONE_AT) {
        this.first[set] = at;
        different.push(set);
      } else {
        next[this.last[set] as number] = at;
      }
      this.last[set] = at;
      next[at] = NONE_AT;
    }
    for (const set of different) {
      const at = this.first[set] as number;
      this.first[set] = NONE_AT;
      const entry = next[at] === NONE_AT ? this.single(groups[at] as number, set) : this.several(at, groups, set);
      entry.sources.push(source);
      this.size++;
    }
  }

  private single(target: number, ports: PortSet): Entry {
    const known = this.byTarget[target] as Map<PortSet, Entry>;
    let entry = known.get(ports);
    if (entry === undefined) {
      entry = this.newEntry([target], ports);
      known.set(ports, entry);
    }
    return entry;
  }

  private several(first: number, groups: Int32Array, ports: PortSet): Entry {
    const targets: number[] = [];
    for (let at = first; at !== NONE_AT; at = this.next[at] as number) {
      targets.push(groups[at] as number);
    }
    const sorted = inOrder(targets);
    const alike = listIn(this.byHash, hashOf(sorted, ports));
    let entry = alike.find((one) => one.ports === ports && areEqual(one.targets, sorted));
    if (entry === undefined) {
      entry = this.newEntry(sorted, ports);
      alike.push(entry);
    }
    return entry;
  }

  private newEntry(targets: readonly number[], ports: PortSet): Entry {
    const entry: Entry = { sources: [], targets, ports };
    this.entries.push(entry);
    this.size += ENTRY + targets.length;
    return entry;
  }

  /** The workloads of some groups. No two groups have one in common. */
  private membersOf(groups: readonly number[], members: readonly (readonly number[])[]): readonly number[] {
    const [only] = groups;
    if (groups.length === 1 && only !== undefined) {
      return members[only] as readonly number[];
    }
    const { marks } = this;
    const places: number[] = [];
    for (const group of groups) {
      for (const place of members[group] as readonly number[]) {
        places.push(place);
      }
    }
    // Sorting is for lists with gaps: of one that is nearly full, every place is looked at.
    if (places.length * 8 < marks.length) {
      return inOrder(places);
    }
    for (const place of places) {
      marks[place] = 1;
    }
    let at = 0;
    for (let place = 0; place < marks.length; place++) {
      if (marks[place] === 1) {
        marks[place] = 0;
        places[at++] = place;
      }
    }
    return places;
  }

  private makeRoomFor(set: PortSet): void {
    if (set >= this.first.length) {
      const [first, last] = [this.first, this.last];
      this.first = new Int32Array(set * 2).fill(NONE_AT);
      this.last = new Int32Array(set * 2);
      this.first.set(first);
      this.last.set(last);
    }
  }
}

function inOrder(numbers: number[]): readonly number[] {
  return numbers.every((one, at) => at === 0 || one >= (numbers[at - 1] as number))
    ? numbers
    : numbers.sort((a, b) => a - b);
}

function hashOf(numbers: readonly number[], start: number): number {
  let hash = start;
  for (const one of numbers) {
    hash = (Math.imul(hash, 31) + one) | 0;
  }
  return hash;
}

function areEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((number, index) => number === other[index]);
}
