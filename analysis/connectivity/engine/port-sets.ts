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

/** So many ranges are kept to be met again; a power of two. */
const SHARED = 4096;

/** Two sets with no more bounds together are looked at each time. */
const FEW_BOUNDS = 16;

/**
 * Every set of ports that occurs, once. Equal sets are the same number, and what was computed of two sets is computed
 * once: clusters have millions of pairs of pods, but few different sets of ports.
 */
export class PortSets {
  /** Sets as ranges on the line of all ports. */
  private readonly pool = new RangesPool();
  private readonly unions: PairMemory;
  private readonly intersections: PairMemory;
  private readonly complements: PortSet[] = [];
  private readonly answers: Ports[] = [];
  /** What answers have in common: where each pair has other ports, they are of the same ranges still. */
  private readonly shared = new Array<PortRange | undefined>(SHARED).fill(undefined);

  /** @param most how many results are remembered for each operation */
  constructor(most?: number) {
    this.unions = new PairMemory(most);
    this.intersections = new PairMemory(most);
    this.pool.add([]);
    this.pool.add(PROTOCOLS.flatMap((_, index) => [index * SPAN + 1, index * SPAN + 65535]));
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
  boundsOf(set: PortSet): ArrayLike<number> {
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

  /** The set as answers give it; the same object each time. */
  portsOf(set: PortSet): Ports {
    let ports = this.answers[set];
    if (ports === undefined) {
      ports = set === ALL ? 'all' : this.rangesOf(this.pool.of(set));
      this.answers[set] = ports;
    }
    return ports;
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
    const [from, to] = [first % SPAN, last % SPAN];
    const protocol = PROTOCOLS[Math.floor(first / SPAN)] as Protocol;
    const known = this.shared[place];
    if (known?.from === from && known.to === to && known.protocol === protocol) {
      return known;
    }
    const range = { protocol, from, to };
    this.shared[place] = range;
    return range;
  }
}
