import { type ChangedObject, type ConnectionChange, type ConnectivityComparison, peerText } from '../../analysis';
import { placeOf } from '../problems';

/** Every pair that changes, one after the other. */
export function* pairsOf({ connections }: ConnectivityComparison): Generator<ConnectionRow> {
  for (const { change, from, to, before, after, because } of connections) {
    // There may be millions of pairs: what they have in common is made once.
    const rows = becauseRows(because);
    const names = to.map(peerText);
    for (const source of from) {
      const name = peerText(source);
      for (const [at, target] of to.entries()) {
        if (name !== names[at]) {
          yield { change, from: source, to: target, before, after, because: rows };
        }
      }
    }
  }
}

/** The objects that a change comes from, as scripts read them. */
export function becauseRows(because: readonly ChangedObject[]): ConnectionRow['because'] {
  return because.map(({ object, change, file, line }) => ({ policy: object, source: placeOf(file, line), change }));
}

/** A pair that changes, as scripts read it. */
export interface ConnectionRow {
  readonly change: ConnectionChange['change'];
  readonly from: ConnectionChange['from'][number];
  readonly to: ConnectionChange['to'][number];
  readonly before: ConnectionChange['before'];
  readonly after: ConnectionChange['after'];
  readonly because: readonly { readonly policy: string; readonly source: string; readonly change: string }[];
}

/** How many pairs there are of each change. */
export function pairCounts({
  connections,
}: ConnectivityComparison): Readonly<Record<ConnectionChange['change'], number>> {
  const counts = { opened: 0, ports: 0, closed: 0 };
  for (const { change, from, to } of connections) {
    const names = new Set(from.map(peerText));
    counts[change] += from.length * to.length - to.filter((peer) => names.has(peerText(peer))).length;
  }
  return counts;
}
