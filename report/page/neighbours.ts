import { type Cluster, isExternal, type Peer, type Ports, peerText } from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import { doubtfulLines } from '../connections/doubts';
import { exposedPlace } from '../connections/exposures';
import { unseenLines } from '../connections/unseen';
import { addressesLabel } from '../graph/addresses';
import { doubtsOf } from '../graph/doubts';
import { peerLabel } from '../peers';
import { portsWords } from '../ports';

/** One other end of what a workload may do, or others may do to it. */
export interface Neighbour {
  readonly label: string;
  /** How a question names it; several ranges of addresses by their first. */
  readonly key: string;
  readonly isOutside: boolean;
  readonly ports: string;
}

/** Everything about one workload. */
export interface WorkloadAnswer {
  readonly title: string;
  readonly key: string;
  readonly namespace: string;
  readonly incoming: readonly Neighbour[];
  readonly outgoing: readonly Neighbour[];
  /** By what it is exposed, a sentence each. */
  readonly exposed: readonly string[];
  /** What pods may do that no manifest shows, a sentence each. */
  readonly unseen: readonly string[];
  /** Pairs with it of which manifests cannot tell whether they are open, a sentence each. */
  readonly doubts?: readonly string[];
}

/** Answers about a workload; undefined for a key that none has. */
export function workloadOf(cluster: Cluster, key: string): WorkloadAnswer | undefined {
  const workload = cluster.workloads.find((one) => peerText(one) === key);
  if (workload === undefined) {
    return undefined;
  }
  const { incoming, outgoing } = cluster.peersOf(workload);
  const exposed = cluster
    .exposures()
    .filter(({ to }) => to !== null && peerText(to) === key)
    .map((one) => {
      const reach = one.reachable === null ? 'not decided' : one.reachable ? 'reachable' : 'stopped';
      const { via, service, protocol, port, why } = one;
      return `${exposedPlace(one)} by ${via.kind} ${via.namespace}/${via.name}, Service ${service}, to ${protocol} ${port ?? 'no port'}: ${reach}, ${why}`;
    });
  return {
    title: `${workload.kind} ${workload.namespace}/${workload.name}`,
    key,
    namespace: workload.namespace,
    incoming: neighboursOf(
      cluster,
      incoming.map(({ from, ports }) => [from, ports] as const),
    ),
    outgoing: neighboursOf(
      cluster,
      outgoing.map(({ to, ports }) => [to, ports] as const),
    ),
    exposed: [...new Set(exposed)],
    unseen: [
      ...unseenLines(cluster.unseen({ to: [workload] }, true)),
      ...unseenLines(cluster.unseen({ from: [workload] }, true)),
    ],
    doubts: doubtfulLines(
      doubtsOf(cluster, new Set([key])).all.map(({ from, to }) => ({ from, to, doubts: cluster.doubts(from, to) })),
    ),
  };
}

/** Addresses outside on the same ports are one. */
function neighboursOf(cluster: Cluster, others: readonly (readonly [Peer, Ports])[]): readonly Neighbour[] {
  const inside: Neighbour[] = [];
  const outside = new Map<string, number[]>();
  for (const [peer, ports] of others) {
    if (isExternal(peer)) {
      listIn(outside, portsWords(ports)).push(cluster.externals.indexOf(peer));
    } else {
      inside.push({ label: peerLabel(peer), key: peerText(peer), isOutside: false, ports: portsWords(ports) });
    }
  }
  const ranges = [...outside].map(([ports, places]): Neighbour => {
    const first = (cluster.externals[places[0] as number] as { ipRange: string }).ipRange;
    return {
      label: addressesLabel(places, cluster.externals),
      key: first.slice(0, first.indexOf('-')),
      isOutside: true,
      ports,
    };
  });
  return [...ranges, ...inside];
}
