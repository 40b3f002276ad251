import { type Cluster, type DoubtfulPair, type Peer, type Ports, peerText } from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import { doubtTexts } from '../connections/doubts';

/** What nobody can tell of two peers from manifests alone. */
export interface PairDoubt {
  readonly from: Peer;
  readonly to: Peer;
  /** The ports that may be open; none where what is open may be closed. */
  readonly ports: Ports;
  /** What may be otherwise, and on what it hangs. */
  readonly texts: readonly string[];
}

/** Of so many pairs, each is asked whether manifests can tell it. */
const MOST = 250_000;

/** All doubts of a picture; `isWhole` is false where there are too many pairs to look. */
export interface GraphDoubts {
  readonly isWhole: boolean;
  readonly all: readonly PairDoubt[];
  /** By `FROM TO`. */
  readonly byPair: ReadonlyMap<string, PairDoubt>;
}

const NO_DOUBTS: GraphDoubts = { isWhole: true, all: [], byPair: new Map() };

/** Looks for pairs of which manifests cannot tell what is open, with an end among some workloads or of all. */
export function doubtsOf(cluster: Cluster | undefined, about: ReadonlySet<string> | undefined): GraphDoubts {
  if (cluster === undefined) {
    return NO_DOUBTS;
  }
  const { workloads, externals } = cluster;
  const own = about === undefined ? workloads : workloads.filter((one) => about.has(peerText(one)));
  const lists = [
    cluster.doubtful({ from: own, to: [...workloads, ...externals] }, MOST),
    cluster.doubtful({ from: externals, to: own }, MOST),
    ...(about === undefined ? [] : [cluster.doubtful({ from: workloads, to: own }, MOST)]),
  ];
  const byPair = new Map<string, PairDoubt>();
  for (const { from, to, doubts } of lists.flatMap((list) => list ?? [])) {
    const [one, other] = [peerText(from), peerText(to)];
    if (one !== other) {
      byPair.set(`${one} ${other}`, { from, to, ports: mayBeOpen(doubts), texts: doubtTexts(doubts) });
    }
  }
  return { isWhole: !lists.includes(undefined), all: [...byPair.values()], byPair };
}

/** The most that may be open: doubts come one for each way to read the manifests. */
function mayBeOpen(doubts: DoubtfulPair['doubts']): Ports {
  const all = doubts.map(({ ports }) => ports);
  const size = (ports: Ports) =>
    ports === 'all' ? Number.POSITIVE_INFINITY : ports.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return all.reduce((most, ports) => (size(ports) > size(most) ? ports : most), []);
}

/** Doubts by the peer inside of the cluster, of those pairs whose other end is outside. */
export function outsideDoubts(
  { all }: GraphDoubts,
  isExternal: (peer: Peer) => boolean,
  end: 'from' | 'to',
): ReadonlyMap<string, readonly PairDoubt[]> {
  const lists = new Map<string, PairDoubt[]>();
  for (const doubt of all) {
    const [own, other] = end === 'from' ? [doubt.to, doubt.from] : [doubt.from, doubt.to];
    if (isExternal(other)) {
      listIn(lists, peerText(own)).push(doubt);
    }
  }
  return lists;
}
