import { type PortRange, type Ports, PROTOCOLS, type Protocol } from '../ports';
import { PairMemory } from './memory';
import { type Combine, intersect, subtract, unite } from './ranges';
import { RangesPool } from './ranges-pool';

/** A set of ports, as a number that equal sets share. */
export type PortSet = number;

/** No port. */
export const NONE: PortSet = 0;

/** Every port of every protocol. */
export const ALL: PortSet = 1;

/** Protocols one behind the other; as no protocol has a port 0, ranges of two protocols never touch. */
const SPAN = 65536;

/** So many ranges, and sets, are kept to be met again; a power of two. */
const SHARED = 4096;

/** So much room an answer takes beside its ranges, in terms of one of them. */
const ANSWER = 8;

/** Two sets with no more bounds together are looked at each time. */
const FEW_BOUNDS = 16;

/**
 * Every set of ports that occurs, once. Equal sets are the same number, and what was computed of two sets is computed
 * once: clusters have millions of pairs of pods, but few different sets of ports.
 */
export class PortSets {
  /** Sets as ranges on the line of all ports. */
  private readonly pool: RangesPool;
  private readonly unions: PairMemory;
  private readonly intersections: PairMemory;
  private readonly complements: PortSet[] = [];
  private readonly answers: (Ports | undefined)[] = [];
  /** What answers have in common: where each pair has other ports, they are of the same ranges still. */
  private readonly shared = new Array<PortRange | undefined>(SHARED).fill(undefined);
  private readonly sharedBounds = new Int32Array(SHARED * 2);

  private told = 0;
  /** Where answers are kept only when they are asked for again: the sets that were asked for of late. */
  private asked: Int32Array | undefined;

  /** @param most how many results are remembered for each operation */
  constructor(most?: number, pool = new RangesPool()) {
    this.unions = new PairMemory(most);
    this.intersections = new PairMemory(most);
    this.pool = pool;
    this.pool.add([]);
    this.pool.add(PROTOCOLS.flatMap((_, index) => [index * SPAN + 1, index * SPAN + 65535]));
  }

  /** How many sets there are. */
  get size(): number {
    return this.pool.size;
  }

  /** How much room they and their answers take, in numbers. */
  get room(): number {
    return this.pool.room + this.told;
  }

  /**
   * The first sets of these, which are the same numbers there.
   *
   * @param spare what this made before for as many, and nobody asks any more: its room is used again
   */
  first(count: number, spare?: PortSets): PortSets {
    spare?.pool.cut(count);
    const sets = new PortSets(undefined, spare?.pool ?? this.pool.first(count));
    sets.asked = new Int32Array(SHARED).fill(-1);
    return sets;
  }

  /** Ports of one protocol, both ends included. */
  range(protocol: Protocol, from: number, to: number): PortSet {
    const offset = PROTOCOLS.indexOf(protocol) * SPAN;
    return this.pool.add([offset + from, offset + to]);
  }

  /** The set of ranges that are given by their first and last numbers, in ascending order, no two of which touch. */
  of(bounds: ArrayLike<number>, length: number): PortSet {
    return this.pool.add(bounds, length);
  }

  /** The first and last numbers of the ranges of a set: good until the next set is made. */
  boundsOf(set: PortSet): Int32Array {
    return this.pool.of(set);
  }

  union(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === NONE || a === ALL) {
      return a;
    }
    return a === NONE || b === ALL ? b : this.remembered(this.unions, a, b, unite);
  }

  /** What any of several sets holds; what they are on the way there is not kept. */
  unionOf(sets: Iterable<PortSet>): PortSet {
    const distinct = new Set(sets).add(NONE);
    return distinct.size <= 3
      ? [...distinct].reduce((united, set) => this.union(united, set))
      : this.pool.unite([...distinct]);
  }

  intersection(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === ALL || a === NONE) {
      return a;
    }
    if (a === ALL || b === NONE) {
      return b;
    }
    // To compute it of few ranges takes less time than to look it up: where each workload has ports of its own, there are
    // millions of pairs, and each is met once.
    return this.pool.lengthOf(a) + this.pool.lengthOf(b) <= FEW_BOUNDS
      ? this.pool.intersect(a, b, NONE)
      : this.remembered(this.intersections, a, b, intersect);
  }

  /** What the first holds and the second does not. */
  difference(a: PortSet, b: PortSet): PortSet {
    return a === NONE || b === NONE ? a : this.intersection(a, this.complement(b));
  }

  private complement(set: PortSet): PortSet {
    let other = this.complements[set];
    if (other === undefined) {
      other = this.pool.combine(subtract, ALL, set);
      this.complements[set] = other;
    }
    return other;
  }

  /** The set as answers give it; the same object each time, but of those that were made by `first`. */
  portsOf(set: PortSet): Ports {
    let ports = this.answers[set];
    if (ports === undefined) {
      ports = set === ALL ? 'all' : this.rangesOf(this.pool.of(set));
      const place = set & (SHARED - 1);
      if (this.asked === undefined || this.asked[place] === set) {
        this.keep(set, ports);
      } else {
        this.asked[place] = set;
      }
    }
    return ports;
  }

  private keep(set: PortSet, ports: Ports): void {
    // An array with large gaps is slow.
    while (this.answers.length < set) {
      this.answers.push(undefined);
    }
    this.answers[set] = ports;
    this.told += ANSWER + ports.length;
  }

  private remembered(memory: PairMemory, a: PortSet, b: PortSet, combine: Combine): PortSet {
    const [less, more] = a < b ? [a, b] : [b, a];
    let set = memory.get(less, more);
    if (set === undefined) {
      set = this.pool.combine(combine, a, b);
      memory.set(less, more, set);
    }
    return set;
  }

  private rangesOf(bounds: ArrayLike<number>): readonly PortRange[] {
    const ranges = new Array<PortRange>(bounds.length / 2);
    for (let at = 0; at < ranges.length; at++) {
      ranges[at] = this.rangeOf(bounds[at * 2] as number, bounds[at * 2 + 1] as number);
    }
    return ranges;
  }

  private rangeOf(first: number, last: number): PortRange {
    const place = (first ^ Math.imul(last - first, 0x9e3779b1)) & (SHARED - 1);
    const known = this.shared[place];
    if (known !== undefined && this.sharedBounds[place * 2] === first && this.sharedBounds[place * 2 + 1] === last) {
      return known;
    }
    const protocol = PROTOCOLS[Math.floor(first / SPAN)] as Protocol;
    const range = { protocol, from: first % SPAN, to: last % SPAN };
    this.sharedBounds[place * 2] = first;
    this.sharedBounds[place * 2 + 1] = last;
    this.shared[place] = range;
    return range;
  }
}
