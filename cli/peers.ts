import { type Cluster, isExternal, type Peer, peerText } from '../analysis/connectivity';
import { nearest } from '../report/near';
import { Refusal } from './refusal';

/** Finds the peers that names stand for, and keeps what is wrong with names until all of them were looked at. */
export class NamedPeers {
  private readonly refusals: string[] = [];

  constructor(private readonly cluster: Cluster) {}

  /**
   * The peers that names stand for; `undefined` for none at all.
   *
   * @param option what the names were given to, e.g. `--from`
   */
  find(names: readonly string[] | undefined, option: string): readonly Peer[] | undefined {
    const found = new Map<string, Peer>();
    for (const name of names ?? []) {
      const peers = this.cluster.find(name);
      if (peers.length === 0) {
        const what = 'no workload has this name';
        this.refusals.push(`${option} ${JSON.stringify(name)}: ${what}; ${advice(name, this.cluster)}`);
      } else if (peers.length > 1 && !peers.every(isExternal)) {
        const what = `${peers.length} workloads have this name`;
        this.refusals.push(`${option} ${JSON.stringify(name)}: ${what}; ${choice(peers)}`);
      }
      for (const peer of peers) {
        found.set(peerText(peer), peer);
      }
    }
    return names && [...found.values()];
  }

  /** @throws Refusal for names that nothing has, or that several workloads have */
  check(): void {
    if (this.refusals.length > 0) {
      throw new Refusal(this.refusals);
    }
  }
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
