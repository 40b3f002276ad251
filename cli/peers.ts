import { type Cluster, isExternal, type Peer, peerText } from '../analysis/connectivity';
import { nearest } from '../report/near';
import { Refusal } from './refusal';

/**
 * The peers that names stand for.
 *
 * @param option what the names were given to, e.g. `--from`
 * @throws Refusal for a name that nothing has, or that several workloads have
 */
export function peersNamed(names: readonly string[], option: string, cluster: Cluster): Peer[] {
  const found = new Map<string, Peer>();
  const refusals: string[] = [];
  for (const name of names) {
    const peers = cluster.find(name);
    if (peers.length === 0) {
      refusals.push(`${option} ${JSON.stringify(name)}: no workload has this name; ${advice(name, cluster)}`);
    } else if (peers.length > 1 && !peers.every(isExternal)) {
      refusals.push(`${option} ${JSON.stringify(name)}: ${peers.length} workloads have this name; ${choice(peers)}`);
    }
    for (const peer of peers) {
      found.set(peerText(peer), peer);
    }
  }
  if (refusals.length > 0) {
    throw new Refusal(refusals);
  }
  return [...found.values()];
}

function choice(peers: readonly Peer[]): string {
  return `choose one: ${peers.map(peerText).join(', ')}`;
}

function advice(name: string, { workloads }: Cluster): string {
  const near = nearest(name, workloads.map(peerText));
  return near.length > 0
    ? `did you mean ${near.join(' or ')}?`
    : `there ${workloads.length === 1 ? 'is 1 workload' : `are ${workloads.length} workloads`}; give NAME, NAMESPACE/NAME or NAMESPACE/KIND/NAME, an IP address or a CIDR`;
}
