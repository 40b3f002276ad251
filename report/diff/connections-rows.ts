import { type ChangedObject, type ConnectionChange, type ConnectivityComparison, peerText } from '../../analysis';
import { placeOf } from '../problems';

/** Every pair that changes, one after the other. */
export function* pairsOf({ connections }: ConnectivityComparison): Generator<ConnectionRow> {
  for (const { change, from, to, before, after, because } of connections) {
    for (const source of from) {
      for (const target of to) {
        if (peerText(source) !== peerText(target)) {
          yield {
            change,
            from: source,
            to: target,
            before,
            after,
            because: becauseRows(because),
          };
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
