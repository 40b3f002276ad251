import { type Cluster, type ConnectivityComparison, isExternal, type Peer, peerText } from '../../analysis';
import { graphOf } from './build';
import type { Graph } from './model';

/** Of so many workloads a picture is drawn: more are no picture. */
const MOST = 200;

/** The picture of a change, of the workloads that it touches; undefined where it touches none, or more than anybody could draw. */
export function changeGraph(
  before: Cluster,
  after: Cluster,
  { connections, workloads, exposures }: ConnectivityComparison,
): Graph | undefined {
  const touched = new Map<string, Peer>();
  const all = [
    ...connections.flatMap(({ from, to }) => [...from, ...to]),
    ...exposures.flatMap((one) => (one.after ?? one.before)?.to ?? []),
    ...workloads.added,
    ...workloads.removed,
  ];
  for (const peer of all) {
    if (!isExternal(peer)) {
      touched.set(peerText(peer), peer);
    }
    if (touched.size > MOST) {
      return undefined;
    }
  }
  return touched.size === 0 ? undefined : graphOf(after, { about: [...touched.values()], before, isBare: true });
}
