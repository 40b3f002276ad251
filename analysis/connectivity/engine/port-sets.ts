import { type PortRange, type Ports, PROTOCOLS, type Protocol } from '../ports';
import { PairMemory } from './memory';

/** A set of ports, as a number that equal sets share. */
export type PortSet = number;

/** No port. */
export const NONE: PortSet = 0;

/** Every port of every protocol. */
export const ALL: PortSet = 1;

/** Protocols one behind the other; as no protocol has a port 0, ranges of two protocols never touch. */
const SPAN = 65536;

/** Two sets with no more bounds together are looked at each time. */
const FEW_BOUNDS = 16;

/** Bounds of ranges on the line of all ports, both included: from, to, from, to, … */
type Bounds = readonly number[];

/**
 * Every set of ports that occurs, once. Equal sets are the same number, and what was computed of two sets is computed
 * once: clusters have millions of pairs of pods, but few different sets of ports.
 */
export class PortSets {
  private readonly bounds: Bounds[] = [];
  private readonly byKey = new Map<string, PortSet>();
  private readonly ranges = new Map<number, Map<number, PortSet>>();
  private readonly unions: PairMemory;
  private readonly intersections: PairMemory;
  private readonly complements: PortSet[] = [];
  private readonly answers: Ports[] = [];

  /** @param most how many results are remembered for each operation */
  constructor(most?: number) {
    this.unions = new PairMemory(most);
    this.intersections = new PairMemory(most);
    this.intern([]);
    this.intern(PROTOCOLS.flatMap((_, index) => [index * SPAN + 1, index * SPAN + 65535]));
  }

  /** Ports of one protocol, both ends included. */
  range(protocol: Protocol, from: number, to: number): PortSet {
    const offset = PROTOCOLS.indexOf(protocol) * SPAN;
    return this.intern([offset + from, offset + to]);
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
    if (distinct.size <= 3) {
      return [...distinct].reduce((united, set) => this.union(united, set));
    }
    let level = [...distinct].map((set) => this.bounds[set] as Bounds);
    while (level.length > 1) {
      const next: Bounds[] = [];
      for (let at = 0; at < level.length; at += 2) {
        next.push(unite(level[at] as Bounds, level[at + 1] ?? []));
      }
      level = next;
    }
    return this.intern(level[0] as Bounds);
  }

  intersection(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === ALL || a === NONE) {
      return a;
    }
    if (a === ALL || b === NONE) {
      return b;
    }
    const [one, other] = [this.bounds[a] as Bounds, this.bounds[b] as Bounds];
    if (one.length === 2 && other.length === 2) {
      return this.commonRange(a, b, one, other);
    }
    // To compute it of few ranges takes less time than to look it up: where each workload has ports of its own, there are
    // millions of pairs, and each is met once.
    return one.length + other.length <= FEW_BOUNDS
      ? this.common(a, b, intersect(one, other))
      : this.remembered(this.intersections, a, b, intersect);
  }

  /** What two single ranges have in common. */
  private commonRange(a: PortSet, b: PortSet, one: Bounds, other: Bounds): PortSet {
    const [from, to] = one as readonly [number, number];
    const [start, end] = other as readonly [number, number];
    if (end < from || to < start) {
      return NONE;
    }
    if (start <= from && to <= end) {
      return a;
    }
    return from <= start && end <= to ? b : this.rangeAt(Math.max(from, start), Math.min(to, end));
  }

  /** The set with some bounds, which may be one of two that are known. */
  private common(a: PortSet, b: PortSet, bounds: Bounds): PortSet {
    if (bounds.length === 0) {
      return NONE;
    }
    if (areSame(bounds, this.bounds[a] as Bounds)) {
      return a;
    }
    return areSame(bounds, this.bounds[b] as Bounds)
      ? b
      : bounds.length === 2
        ? this.rangeAt(bounds[0] as number, bounds[1] as number)
        : this.intern(bounds);
  }

  /** What the first holds and the second does not. */
  difference(a: PortSet, b: PortSet): PortSet {
    return a === NONE || b === NONE ? a : this.intersection(a, this.complement(b));
  }

  /** A range of the line of all ports, known by its ends rather than by a text. */
  private rangeAt(from: number, to: number): PortSet {
    let ending = this.ranges.get(from);
    if (ending === undefined) {
      ending = new Map();
      this.ranges.set(from, ending);
    }
    let set = ending.get(to);
    if (set === undefined) {
      set = this.intern([from, to]);
      ending.set(to, set);
    }
    return set;
  }

  private complement(set: PortSet): PortSet {
    let other = this.complements[set];
    if (other === undefined) {
      other = this.intern(subtract(this.bounds[ALL] as Bounds, this.bounds[set] as Bounds));
      this.complements[set] = other;
    }
    return other;
  }

  /** The set as answers give it; the same object each time. */
  portsOf(set: PortSet): Ports {
    let ports = this.answers[set];
    if (ports === undefined) {
      ports = set === ALL ? 'all' : rangesOf(this.bounds[set] as Bounds);
      this.answers[set] = ports;
    }
    return ports;
  }

  private remembered(memory: PairMemory, a: PortSet, b: PortSet, compute: typeof unite): PortSet {
    const [less, more] = a < b ? [a, b] : [b, a];
    let set = memory.get(less, more);
    if (set === undefined) {
      set = this.intern(compute(this.bounds[a] as Bounds, this.bounds[b] as Bounds));
      memory.set(less, more, set);
    }
    return set;
  }

  private intern(bounds: Bounds): PortSet {
    const key = bounds.join(' ');
    let set = this.byKey.get(key);
    if (set === undefined) {
      set = this.bounds.push(bounds) - 1;
      this.byKey.set(key, set);
    }
    return set;
  }
}

function unite(a: Bounds, b: Bounds): Bounds {
  const united: number[] = [];
  let left = 0;
  let right = 0;
  while (left < a.length || right < b.length) {
    const fromLeft = right >= b.length || (left < a.length && (a[left] as number) <= (b[right] as number));
    const from = (fromLeft ? a[left] : b[right]) as number;
    const to = (fromLeft ? a[left + 1] : b[right + 1]) as number;
    left += fromLeft ? 2 : 0;
    right += fromLeft ? 0 : 2;
    const last = united.at(-1);
    if (last !== undefined && from <= last + 1) {
      united[united.length - 1] = Math.max(last, to);
    } else {
      united.push(from, to);
    }
  }
  return united;
}

function intersect(a: Bounds, b: Bounds): Bounds {
  const common: number[] = [];
  let left = 0;
  let right = 0;
  while (left < a.length && right < b.length) {
    const from = Math.max(a[left] as number, b[right] as number);
    const to = Math.min(a[left + 1] as number, b[right + 1] as number);
    if (from <= to) {
      common.push(from, to);
    }
    if ((a[left + 1] as number) < (b[right + 1] as number)) {
      left += 2;
    } else {
      right += 2;
    }
  }
  return common;
}

function areSame(a: Bounds, b: Bounds): boolean {
  return a.length === b.length && a.every((bound, index) => bound === b[index]);
}

/** What is left of ranges without others, each of which lies inside of one of them. */
function subtract(a: Bounds, b: Bounds): Bounds {
  const left: number[] = [];
  let at = 0;
  for (let index = 0; index < a.length; index += 2) {
    let from = a[index] as number;
    const to = a[index + 1] as number;
    for (; at < b.length && (b[at] as number) <= to; at += 2) {
      if (from < (b[at] as number)) {
        left.push(from, (b[at] as number) - 1);
      }
      from = (b[at + 1] as number) + 1;
    }
    if (from <= to) {
      left.push(from, to);
    }
  }
  return left;
}

function rangesOf(bounds: Bounds): readonly PortRange[] {
  const ranges: PortRange[] = [];
  for (let at = 0; at < bounds.length; at += 2) {
    const from = bounds[at] as number;
    const protocol = PROTOCOLS[Math.floor(from / SPAN)] as Protocol;
    ranges.push({ protocol, from: from % SPAN, to: (bounds[at + 1] as number) % SPAN });
  }
  return ranges;
}
