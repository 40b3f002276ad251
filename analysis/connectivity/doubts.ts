import type { Alternative } from './alternatives';
import { blockNotes, type Differing } from './block-notes';
import type { PodOwner } from './model';
import { type Peer, peerText, type Workload } from './peer';
import { includesPort, type Port, type Ports, portsText } from './ports';
import type { Model } from './read/read';
import type { Doubt, DoubtfulPair, Note } from './types';

/** Manifests as they are understood in another way. */
export interface Other extends Alternative {
  /** What is open between two peers, for each peer that has something of these. */
  between(from: Peer, to: Peer): readonly Ports[];
  /** Compiled when it is asked first. */
  model(): Model;
}

/** Which pairs are asked about, and on which port; any where it is left out. */
export interface AskedPairs<End extends Peer = Peer> {
  readonly sources: readonly End[];
  readonly targets: readonly End[];
  readonly port?: Port | undefined;
}

/** Compares what is known of two peers with what it may be. */
export class Doubts {
  /**
   * @param known what is open between two peers, or between the pods of one
   * @param others all ways to understand the manifests that may answer otherwise
   */
  constructor(
    private readonly known: (from: Peer, to: Peer) => Ports,
    private readonly others: readonly Other[],
  ) {}

  /** Whether manifests tell everything. */
  get isEmpty(): boolean {
    return this.others.length === 0;
  }

  of(from: Peer, to: Peer): readonly Doubt[] {
    const known = portsText(this.known(from, to));
    return this.others.flatMap(({ hangsOn, between }) =>
      between(from, to)
        .filter((ports) => portsText(ports) !== known)
        .map((ports) => ({ hangsOn, ports })),
    );
  }

  pairs({ sources, targets, port }: AskedPairs): readonly DoubtfulPair[] {
    return (this.isEmpty ? [] : sources).flatMap((source) =>
      targets.flatMap((target) => {
        const known = answered(this.known(source, target), port);
        const doubts = this.of(source, target).filter(({ ports }) => answered(ports, port) !== known);
        return doubts.length === 0 ? [] : [{ from: source, to: target, doubts }];
      }),
    );
  }

  /**
   * Says which policies make pairs hang on the network plugin.
   *
   * @param isItself whether a workload and itself are a pair
   */
  notes({ sources, targets, port }: AskedPairs<Workload>, isItself: boolean): readonly Note[] {
    const other = this.others.find(({ options, reading }) => options.ipBlocks === 'everywhere' && reading === 'plain');
    if (other === undefined) {
      return [];
    }
    const model = other.model();
    const owners = new Map(model.owners.map((owner) => [peerText(owner.workload), owner]));
    const owner = (peer: Peer) => owners.get(peerText(peer)) as PodOwner;
    const pairs = sources.flatMap((source) =>
      targets
        .filter((target) => isItself || peerText(source) !== peerText(target))
        .filter((target) => {
          const known = answered(this.known(source, target), port);
          return other.between(source, target).some((ports) => answered(ports, port) !== known);
        })
        .map((target): Differing => ({ from: owner(source), to: owner(target) })),
    );
    return blockNotes(model, pairs);
  }
}

/** What is answered to who asks for ports, or for one. */
function answered(ports: Ports, port: Port | undefined): string {
  return port === undefined ? portsText(ports) : `${includesPort(ports, port)}`;
}
