import type { PortSet } from './engine/port-sets';
import type { GroupEntry } from './group-entries';

/** Nobody reads lists of so many targets, so that what several have in common may be told apart from what they don't. */
const LONG = 1000;

/** Entries with the same ports, each of which has nearly the same targets. */
interface Cluster {
  readonly entries: GroupEntry[];
  /** The targets that all of them have. */
  common: Int32Array;
  /** How many targets all of them have, each counted for itself. */
  total: number;
}

/**
 * Takes out of long lists of targets what others have too: where each of thousands of sources may connect to all targets but a few
 * of its own, all lists together are as long as there are pairs.
 */
export function* withCommonTargets(entries: Iterable<GroupEntry>): Generator<GroupEntry> {
  const clusters = new Map<PortSet, Cluster>();
  for (const entry of entries) {
    if (entry.to.length < LONG) {
      yield entry;
      continue;
    }
    const cluster = clusters.get(entry.ports);
    if (cluster !== undefined && hasTaken(cluster, entry)) {
      continue;
    }
    if (cluster !== undefined) {
      yield* toldOf(cluster);
    }
    clusters.set(entry.ports, { entries: [entry], common: entry.to, total: entry.to.length });
  }
  for (const cluster of clusters.values()) {
    yield* toldOf(cluster);
  }
}

/** Adds an entry if it has nearly all that the others have in common, and if all lists are shorter for each entry then. */
function hasTaken(cluster: Cluster, entry: GroupEntry): boolean {
  const { entries, common, total } = cluster;
  const { length } = entry.to;
  const both = commonOf(common, entry.to);
  const count = entries.length;
  const before = (total - (count - 1) * common.length) / count;
  const after = (total + length - count * both.length) / (count + 1);
  if (both.length * 8 < length * 7 || after >= before) {
    return false;
  }
  entries.push(entry);
  cluster.common = both;
  cluster.total += length;
  return true;
}

function* toldOf({ entries, common }: Cluster): Generator<GroupEntry> {
  const [first] = entries as [GroupEntry];
  if (entries.length === 1) {
    yield first;
    return;
  }
  yield { from: joined(entries.map(({ from }) => from)), to: common, ports: first.ports };
  for (const { from, to, ports } of entries) {
    if (to.length > common.length) {
      yield { from, to: without(to, common), ports };
    }
  }
}

/** Numbers that are in both lists. */
function commonOf(one: Int32Array, other: Int32Array): Int32Array {
  const common = new Int32Array(Math.min(one.length, other.length));
  let count = 0;
  for (let left = 0, right = 0; left < one.length && right < other.length; ) {
    const [a, b] = [one[left] as number, other[right] as number];
    if (a === b) {
      common[count++] = a;
    }
    left += a <= b ? 1 : 0;
    right += b <= a ? 1 : 0;
  }
  return common.subarray(0, count);
}

/** Numbers of a list that are not in another, all of whose numbers are in the list. */
function without(all: Int32Array, others: Int32Array): Int32Array {
  const left = new Int32Array(all.length - others.length);
  let count = 0;
  for (let at = 0, other = 0; at < all.length; at++) {
    if (all[at] === others[other]) {
      other++;
    } else {
      left[count++] = all[at] as number;
    }
  }
  return left;
}

/** All numbers of lists that have none in common, in ascending order. */
function joined(lists: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(lists.reduce((length, list) => length + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}
