import { type Cluster, isExternal, type Ports, peerText, type Workload } from '../../analysis/connectivity';
import { type Marked, markedOf } from './marks';
import type { Change } from './model';
import { commonPorts, portsKey } from './ports';

/** One side of a picture. */
export interface Side {
  readonly cluster: Cluster;
  readonly marked: Marked;
  /** The names of its workloads. */
  readonly names: ReadonlySet<string>;
}

/** Two workloads between which something is open that no mark tells, on either side of a change. */
export interface Pair {
  readonly from: Workload;
  readonly to: Workload;
  readonly before: Ports;
  readonly after: Ports;
}

/** Who draws a cluster again and again finds its marks once. */
const known = new WeakMap<Cluster, Side>();

export function sideOf(cluster: Cluster): Side {
  const side = known.get(cluster) ?? {
    cluster,
    marked: markedOf(cluster),
    names: new Set(cluster.workloads.map(peerText)),
  };
  known.set(cluster, side);
  return side;
}

/** Pairs that need a line: one after the other, as there may be many. */
export function* pairsOf(
  after: Side,
  before: Side | undefined,
  about: ReadonlySet<string> | undefined,
): Generator<Pair> {
  const seen = new Set<string>();
  for (const { from, to, ports } of open(after, about)) {
    if (before === undefined) {
      yield { from, to, before: ports, after: ports };
    } else {
      seen.add(`${peerText(from)} ${peerText(to)}`);
      yield { from, to, before: portsOn(before, from, to), after: ports };
    }
  }
  for (const { from, to, ports } of before === undefined ? [] : open(before, about)) {
    if (!seen.has(`${peerText(from)} ${peerText(to)}`)) {
      const now = portsOn(after, from, to);
      // What is open to everybody now has its mark, which does not tell that some ports were closed.
      if (!holds(now, ports) || portsKey(now) === portsKey(ports)) {
        yield { from, to, before: ports, after: now };
      }
    }
  }
}

/** What became of ports. */
export function changeOf(before: Ports, after: Ports): Change {
  return before.length === 0
    ? after.length === 0
      ? 'kept'
      : 'opened'
    : after.length === 0
      ? 'closed'
      : portsKey(before) === portsKey(after)
        ? 'kept'
        : holds(after, before)
          ? 'wider'
          : holds(before, after)
            ? 'narrower'
            : 'changed';
}

function holds(more: Ports, fewer: Ports): boolean {
  return portsKey(commonPorts(more, fewer)) === portsKey(fewer);
}

/** What is open between two workloads; nothing where one of them is not there. */
export function portsOn({ cluster, names }: Side, from: Workload, to: Workload): Ports {
  return names.has(peerText(from)) && names.has(peerText(to)) ? cluster.ports(from, to) : [];
}

function* open(
  { cluster, marked }: Side,
  about: ReadonlySet<string> | undefined,
): Generator<{ readonly from: Workload; readonly to: Workload; readonly ports: Ports }> {
  const wanted = about && cluster.workloads.filter((workload) => about.has(peerText(workload)));
  const lists =
    wanted === undefined
      ? [cluster.connections({ to: cluster.workloads })]
      : [cluster.connections({ from: wanted }), cluster.connections({ to: wanted })];
  for (const [at, list] of lists.entries()) {
    for (const { from, to, ports } of list) {
      if (isExternal(from) || isExternal(to) || (at === 1 && about?.has(peerText(from)))) {
        continue;
      }
      if (portsKey(ports) !== portsKey(marked.implied(from, to))) {
        yield { from, to, ports };
      }
    }
  }
}
