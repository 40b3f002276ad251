import { type Connection, type External, isExternal, type Peer, type Ports } from '../../analysis/connectivity';

/** Neighbouring ranges to or from which the same is open. */
interface Run {
  readonly peer: Peer;
  readonly ports: Ports;
  readonly first: External;
  last: External;
}

/**
 * The same connections with addresses in as few ranges as each pair needs. An answer divides addresses wherever any
 * policy does; a reader wants to know what is open to one workload.
 *
 * Connections from outside come by the end of their range, then by its beginning: more than one range is never kept.
 *
 * @param connections in the order of `Cluster.connections`
 * @param externals all ranges of the answer
 */
export function* merged(connections: Iterable<Connection>, externals: readonly External[]): Generator<Connection> {
  const ranges = new Ranges(externals);
  let outgoing: Run | undefined;
  const incoming = new Incoming(ranges);
  for (const connection of connections) {
    const { from, to, ports } = connection;
    if (outgoing !== undefined && isExternal(to) && outgoing.peer === from && ranges.extend(outgoing, to, ports)) {
      continue;
    }
    if (outgoing !== undefined) {
      yield { from: outgoing.peer, to: rangeOf(outgoing), ports: outgoing.ports };
      outgoing = undefined;
    }
    if (isExternal(to)) {
      outgoing = { peer: from, ports, first: to, last: to };
    } else if (isExternal(from)) {
      yield* incoming.add(from, to, ports);
    } else {
      yield connection;
    }
  }
  if (outgoing !== undefined) {
    yield { from: outgoing.peer, to: rangeOf(outgoing), ports: outgoing.ports };
  }
  yield* incoming.end();
}

/** Ranges in the order of the answer. */
class Ranges {
  private readonly places: ReadonlyMap<External, number>;

  constructor(externals: readonly External[]) {
    this.places = new Map(externals.map((range, place) => [range, place]));
  }

  compare(a: External, b: External): number {
    return (this.places.get(a) ?? 0) - (this.places.get(b) ?? 0);
  }

  /** Takes a range into a run if it is the next one of the same family, with the same ports. */
  extend(run: Run, next: External, ports: Ports): boolean {
    const isNext = run.ports === ports && this.compare(next, run.last) === 1 && isSameFamily(next, run.last);
    if (isNext) {
      run.last = next;
    }
    return isNext;
  }
}

/** Runs of ranges from which something is open, by target. */
class Incoming {
  private readonly runs = new Map<Peer, Run>();
  private ended: Run[] = [];
  private current: External | undefined;

  constructor(private readonly ranges: Ranges) {}

  /** Takes the next connection, and gives those that have ended before. */
  *add(from: External, to: Peer, ports: Ports): Generator<Connection> {
    if (from !== this.current) {
      yield* this.give();
      this.current = from;
    }
    const run = this.runs.get(to);
    if (run === undefined || !this.ranges.extend(run, from, ports)) {
      if (run !== undefined) {
        this.ended.push(run);
      }
      this.runs.set(to, { peer: to, ports, first: from, last: from });
    }
  }

  *end(): Generator<Connection> {
    yield* this.give();
    this.current = undefined;
    yield* this.give();
  }

  /** Gives the runs that the current range did not continue. */
  private *give(): Generator<Connection> {
    for (const [to, run] of this.runs) {
      if (run.last !== this.current) {
        this.ended.push(run);
        this.runs.delete(to);
      }
    }
    const { ended, ranges } = this;
    this.ended = [];
    ended.sort((a, b) => ranges.compare(a.last, b.last) || ranges.compare(a.first, b.first));
    for (const run of ended) {
      yield connectionOf(run);
    }
  }
}

function connectionOf(run: Run): Connection {
  return { from: rangeOf(run), to: run.peer, ports: run.ports };
}

/** The range from the first of some neighbours to the last. */
export function rangeOf({ first, last }: { readonly first: External; readonly last: External }): External {
  const start = first.ipRange.slice(0, first.ipRange.indexOf('-'));
  return first === last ? first : { ipRange: `${start}${last.ipRange.slice(last.ipRange.indexOf('-'))}` };
}

/**
 * Ranges with neighbours of one family as one.
 *
 * @param ranges in the order of the answer
 * @param places the place of each range in the answer
 */
export function runsOf(ranges: readonly External[], places: ReadonlyMap<External, number>): readonly External[] {
  const runs: { readonly first: External; last: External }[] = [];
  for (const range of ranges) {
    const run = runs.at(-1);
    const isNext =
      run !== undefined && places.get(range) === (places.get(run.last) ?? -2) + 1 && isSameFamily(run.last, range);
    if (run !== undefined && isNext) {
      run.last = range;
    } else {
      runs.push({ first: range, last: range });
    }
  }
  return runs.map(rangeOf);
}

/** Whether both are IPv4, or both IPv6. */
export function isSameFamily(a: External, b: External): boolean {
  return a.ipRange.includes(':') === b.ipRange.includes(':');
}
