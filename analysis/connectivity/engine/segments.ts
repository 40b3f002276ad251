import { ADDRESSES_END, type AddressRange, IPV6_START } from '../addresses';
import { ALL, NONE, type PortSet, type PortSets } from './port-sets';

/**
 * The ports that are open to each address: from each start up to the next, the same. The first start is 0, and two
 * neighbours differ.
 */
export interface Segments {
  readonly starts: readonly bigint[];
  readonly ports: readonly PortSet[];
}

/** Every address, every port. */
export const ALL_OPEN: Segments = { starts: [0n], ports: [ALL] };

/** No address. */
export const ALL_CLOSED: Segments = { starts: [0n], ports: [NONE] };

/** Lays ranges and their ports over each other. */
export function segmentsOf(
  everybody: PortSet,
  blocks: readonly { readonly ranges: readonly AddressRange[]; readonly ports: PortSet }[],
  sets: PortSets,
): Segments {
  const events = blocks
    .flatMap(({ ranges, ports }) =>
      ranges.flatMap(({ start, end }) => [
        { at: start, ports, step: 1 },
        { at: end, ports, step: -1 },
      ]),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const open = new Map<PortSet, number>();
  const segments = new SegmentList();
  segments.add(0n, everybody);
  for (const [index, { at, ports, step }] of events.entries()) {
    const count = (open.get(ports) ?? 0) + step;
    if (count === 0) {
      open.delete(ports);
    } else {
      open.set(ports, count);
    }
    if (at < ADDRESSES_END && events[index + 1]?.at !== at) {
      segments.add(at, sets.unionOf([everybody, ...open.keys()]));
    }
  }
  return segments;
}

/** What either of two allows. */
export function uniteSegments(a: Segments, b: Segments, sets: PortSets): Segments {
  return combineSegments([a, b], ([left, right]) => sets.union(left as PortSet, right as PortSet));
}

/** Segments put together from others, address by address. */
export function combineSegments(parts: readonly Segments[], combine: (ports: readonly PortSet[]) => PortSet): Segments {
  const combined = new SegmentList();
  const starts = new Set(parts.flatMap((part) => part.starts));
  for (const start of [...starts].sort((x, y) => (x < y ? -1 : 1))) {
    combined.add(start, combine(parts.map((part) => portsAt(part, start))));
  }
  return combined;
}

/** Segments from places in ascending order, the first of them 0, of which neighbours may be the same. */
export function segmentsAt(starts: readonly bigint[], ports: readonly PortSet[]): Segments {
  const segments = new SegmentList();
  for (const [index, start] of starts.entries()) {
    segments.add(start, ports[index] as PortSet);
  }
  return segments;
}

class SegmentList implements Segments {
  readonly starts: bigint[] = [];
  readonly ports: PortSet[] = [];

  /** Adds the next segment, unless it is as the one before. */
  add(start: bigint, ports: PortSet): void {
    if (start === this.starts.at(-1)) {
      this.starts.pop();
      this.ports.pop();
    }
    if (ports !== this.ports.at(-1)) {
      this.starts.push(start);
      this.ports.push(ports);
    }
  }
}

/** The place of the last start that is not behind an address. */
function placeOf<Place>(starts: readonly Place[], address: Place): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as Place) <= address) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

function portsAt({ starts, ports }: Segments, address: bigint): PortSet {
  return ports[placeOf(starts, address)] as PortSet;
}

/** The same as segments, in terms of places in a list of ranges. */
export class Openings {
  /** @param starts the first range of each run of ranges with the same ports */
  constructor(
    private readonly starts: readonly number[],
    private readonly ports: readonly PortSet[],
  ) {}

  /** The ports that are open to a range. */
  at(range: number): PortSet {
    return this.ports[placeOf(this.starts, range)] as PortSet;
  }

  /** Tells the runs of so many ranges to which something is open, in order: the first of each, and the one behind it. */
  runs(count: number, tell: (start: number, end: number, ports: PortSet) => void): void {
    for (const [run, ports] of this.ports.entries()) {
      if (ports !== NONE) {
        tell(this.starts[run] as number, this.starts[run + 1] ?? count, ports);
      }
    }
  }

  /** How many of so many ranges something is open to. */
  size(count: number): number {
    let size = 0;
    this.runs(count, (start, end) => {
      size += end - start;
    });
    return size;
  }
}

/** Addresses in the coarsest ranges within which no segments differ, and segments in terms of them. */
export class Partition {
  /** IPv4 before IPv6. */
  readonly ranges: readonly AddressRange[];
  private readonly places = new Map<bigint, number>();
  private readonly known = new Map<Segments, Openings>();

  constructor(all: Iterable<Segments>) {
    const starts = new Set([0n, IPV6_START]);
    for (const segments of new Set(all)) {
      for (const start of segments.starts) {
        starts.add(start);
      }
    }
    const sorted = [...starts].sort((a, b) => (a < b ? -1 : 1));
    for (const [place, start] of sorted.entries()) {
      this.places.set(start, place);
    }
    this.ranges = sorted.map((start, place) => ({ start, end: sorted[place + 1] ?? ADDRESSES_END }));
  }

  /** Equal segments give the same object. */
  openings(segments: Segments): Openings {
    let openings = this.known.get(segments);
    if (openings === undefined) {
      openings = new Openings(
        segments.starts.map((start) => this.places.get(start) as number),
        segments.ports,
      );
      this.known.set(segments, openings);
    }
    return openings;
  }
}
