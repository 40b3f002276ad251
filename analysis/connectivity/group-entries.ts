import { longEnough } from './engine/growing';
import type { PortSet } from './engine/port-sets';

/** Groups of sources that may connect to the same groups of targets on the same ports. Good until the next one. */
export interface GroupEntry {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly ports: PortSet;
}

/** What an entry takes in memory beside its targets, in terms of a source in it. */
const ENTRY = 8;

/** No entry. */
const NOTHING = -1;

/** What an entry is made of: so many numbers each, one behind the other. */
const PORTS = 0;
const HASH = 1;
const TO = 2;
const LENGTH = 3;
/** How many sources it has. */
const COUNT = 4;
const FIELDS = 5;

/**
 * Collects sources by what they may connect to. There may be millions of entries, so all of them stand in a few arrays, which are
 * used again when what is in them was taken.
 */
export class GroupEntries {
  private fields = new Int32Array(FIELDS * 256);
  private count = 0;
  /** The targets of all entries. */
  private targets = new Int32Array(1024);
  private targetCount = 0;
  /** All sources in the order in which they were added, and to which entries. */
  private sources = new Int32Array(1024);
  private entryOfSource = new Int32Array(1024);
  private sourceCount = 0;
  /** The sources of each entry one behind the other, once they are asked for. */
  private ordered = new Int32Array(0);
  /** Entries by hash, with at least as many free places as taken ones. */
  private places = new Int32Array(1024).fill(NOTHING);
  /** By target: the entry of it alone to which something was added last. */
  private readonly singles: Int32Array;

  /** @param targets so many groups of targets there are */
  constructor(targets: number) {
    this.singles = new Int32Array(targets).fill(NOTHING);
  }

  /** How much all entries take, in terms of a source in one. */
  get size(): number {
    return this.sourceCount + this.targetCount + this.count * ENTRY;
  }

  /** Adds a source that may connect to one target alone on these ports. */
  addSingle(source: number, target: number, ports: PortSet): void {
    const { fields } = this;
    let entry = this.singles[target] as number;
    if (entry === NOTHING || fields[entry * FIELDS + PORTS] !== ports) {
      entry = this.entryOf(Int32Array.of(target), ports);
      this.singles[target] = entry;
    }
    this.addSource(entry, source);
  }

  /** Adds a source that may connect to these targets, which are in ascending order. */
  add(source: number, targets: Int32Array, ports: PortSet): void {
    this.addSource(this.entryOf(targets, ports), source);
  }

  /** All entries, in the order of the first source of each; after that there are none. */
  *taken(): Generator<GroupEntry> {
    const { fields, targets } = this;
    const { sources, starts } = this.sourcesByEntry();
    for (let entry = 0; entry < this.count; entry++) {
      const at = entry * FIELDS;
      const start = fields[at + TO] as number;
      yield {
        from: sources.subarray(starts[entry], starts[entry + 1]),
        to: targets.subarray(start, start + (fields[at + LENGTH] as number)),
        ports: fields[at + PORTS] as PortSet,
      };
    }
    this.count = 0;
    this.targetCount = 0;
    this.sourceCount = 0;
    this.places.fill(NOTHING);
    this.singles.fill(NOTHING);
  }

  /** The sources of each entry one behind the other, and where those of each begin. */
  private sourcesByEntry() {
    const starts = new Int32Array(this.count + 1);
    for (let entry = 0; entry < this.count; entry++) {
      starts[entry + 1] = (starts[entry] as number) + (this.fields[entry * FIELDS + COUNT] as number);
    }
    const ends = starts.slice();
    this.ordered = longEnough(this.ordered, this.sourceCount);
    const sources = this.ordered;
    for (let at = 0; at < this.sourceCount; at++) {
      const entry = this.entryOfSource[at] as number;
      const place = ends[entry] as number;
      sources[place] = this.sources[at] as number;
      ends[entry] = place + 1;
    }
    return { sources, starts };
  }

  private addSource(entry: number, source: number): void {
    const number = this.sourceCount++;
    if (number === this.sources.length) {
      this.sources = longEnough(this.sources, this.sourceCount);
      this.entryOfSource = longEnough(this.entryOfSource, this.sourceCount);
    }
    this.sources[number] = source;
    this.entryOfSource[number] = entry;
    (this.fields[entry * FIELDS + COUNT] as number)++;
  }

  private entryOf(targets: Int32Array, ports: PortSet): number {
    const hash = hashOf(targets, ports);
    let place = hash & (this.places.length - 1);
    for (let entry = this.places[place] as number; entry !== NOTHING; entry = this.places[place] as number) {
      if (this.fields[entry * FIELDS + HASH] === hash && this.is(entry, targets, ports)) {
        return entry;
      }
      place = (place + 1) & (this.places.length - 1);
    }
    return this.newEntry(targets, ports, hash, place);
  }

  private is(entry: number, targets: Int32Array, ports: PortSet): boolean {
    const at = entry * FIELDS;
    if (this.fields[at + PORTS] !== ports || this.fields[at + LENGTH] !== targets.length) {
      return false;
    }
    const start = this.fields[at + TO] as number;
    for (let index = 0; index < targets.length; index++) {
      if (this.targets[start + index] !== targets[index]) {
        return false;
      }
    }
    return true;
  }

  private newEntry(targets: Int32Array, ports: PortSet, hash: number, place: number): number {
    const entry = this.count++;
    const start = this.targetCount;
    this.targetCount += targets.length;
    this.targets = longEnough(this.targets, this.targetCount);
    this.targets.set(targets, start);
    this.fields = longEnough(this.fields, this.count * FIELDS);
    // In the order of the fields.
    this.fields.set([ports, hash, start, targets.length, 0], entry * FIELDS);
    this.places[place] = entry;
    if (this.count * 2 > this.places.length) {
      this.spread();
    }
    return entry;
  }

  /** Doubles the places. */
  private spread(): void {
    this.places = new Int32Array(this.places.length * 2).fill(NOTHING);
    for (let entry = 0; entry < this.count; entry++) {
      let place = (this.fields[entry * FIELDS + HASH] as number) & (this.places.length - 1);
      while (this.places[place] !== NOTHING) {
        place = (place + 1) & (this.places.length - 1);
      }
      this.places[place] = entry;
    }
  }
}

function hashOf(numbers: Int32Array, start: number): number {
  let hash = start;
  for (let at = 0; at < numbers.length; at++) {
    hash = Math.imul(hash ^ (numbers[at] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
