import type { Alternative } from './alternatives';
import { blockNotes, type Differing } from './block-notes';
import type { Explainer } from './explain';
import { policyText } from './explanation';
import type { Pod, PodOwner } from './model';
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

/** What is known of peers. */
interface Known {
  /** What is open between two peers, or between the pods of one. */
  between(from: Peer, to: Peer): Ports;
  /** The pods of a peer; none of addresses. */
  podsOf(peer: Peer): readonly Pod[];
  readonly explainer: Pick<Explainer, 'orderedAt'>;
  /** The namespace and service account of a pod of which policies ask for labels that no manifest shows. */
  unknownOf(pod: Pod, end: 'from' | 'to'): readonly string[];
}

/** Compares what is known of two peers with what it may be. */
export class Doubts {
  /**
   * @param known what is known of peers
   * @param others all ways to understand the manifests that may answer otherwise
   * @param ofNodes policies of nodes, which may close what pods on the network of a node have
   */
  constructor(
    private readonly known: Known,
    private readonly others: readonly Other[],
    private readonly ofNodes: readonly string[],
  ) {}

  /** Whether manifests tell everything. */
  get isEmpty(): boolean {
    return this.others.length + this.ofNodes.length === 0;
  }

  of(from: Peer, to: Peer): readonly Doubt[] {
    const known = portsText(this.known.between(from, to));
    const ordered = (
      [
        [from, 'egress'],
        [to, 'ingress'],
      ] as const
    ).flatMap(([peer, direction]) =>
      this.known.podsOf(peer).flatMap((pod) => this.known.explainer.orderedAt(pod, direction)),
    );
    const others = [...new Set(ordered.filter(({ isOther }) => isOther).map(policyText))];
    const doubts = this.others.flatMap(({ hangsOn, between }) =>
      between(from, to)
        .filter((ports) => portsText(ports) !== known)
        .map((ports): Doubt => {
          const reasons = this.reasons(hangsOn, from, to).filter(
            (reason) =>
              (reason !== 'other-policies' || others.length > 0) &&
              (reason !== 'policies' || ordered.some(({ isOther }) => isOther !== true)),
          );
          return {
            hangsOn: reasons,
            ports,
            ...(reasons.includes('other-policies') ? { policies: others } : {}),
            ...(reasons.includes('labels') ? { missing: this.unknownOf(from, to) } : {}),
          };
        }),
    );
    const isOnNode = [from, to].some((peer) => this.known.podsOf(peer).some(({ onNode }) => onNode));
    return this.ofNodes.length > 0 && isOnNode && known !== portsText([])
      ? [...doubts, { hangsOn: ['other-policies'], ports: [], policies: this.ofNodes }]
      : doubts;
  }

  /** Without labels that are all known, and without addresses of nodes or pods, where no policy is asked about such: those of an end are asked about the other. */
  private reasons(hangsOn: Doubt['hangsOn'], from: Peer, to: Peer): Doubt['hangsOn'] {
    const [sources, targets] = [this.known.podsOf(from), this.known.podsOf(to)];
    const isAsked = (is: (pod: Pod) => boolean) =>
      [
        [sources, targets],
        [targets, sources],
      ].some(([own, others]) => own?.some(({ onNode }) => !onNode) && others?.some(is));
    return hangsOn.filter(
      (reason) =>
        (reason !== 'labels' || this.unknownOf(from, to).length > 0) &&
        (reason !== 'nodes' || isAsked(({ onNode }) => onNode)) &&
        (reason !== 'pods' || isAsked(({ onNode, addresses = [] }) => !onNode && addresses.length === 0)),
    );
  }

  /** The objects that are not among the manifests, of whose labels policies ask at these ends. */
  private unknownOf(from: Peer, to: Peer): readonly string[] {
    const at = (peer: Peer, end: 'from' | 'to') =>
      this.known.podsOf(peer).flatMap((pod) => this.known.unknownOf(pod, end));
    return [...new Set([...at(from, 'from'), ...at(to, 'to')])];
  }

  pairs({ sources, targets, port }: AskedPairs): readonly DoubtfulPair[] {
    return (this.isEmpty ? [] : sources).flatMap((source) =>
      targets.flatMap((target) => {
        const known = answered(this.known.between(source, target), port);
        const doubts = this.of(source, target).filter(({ ports }) => answered(ports, port) !== known);
        return doubts.length === 0 ? [] : [{ from: source, to: target, doubts }];
      }),
    );
  }

  private readonly knownAlone: Other['between'] = (from, to) => [this.known.between(from, to)];

  /**
   * Says which policies make pairs hang on the network plugin.
   *
   * @param isItself whether a workload and itself are a pair
   */
  notes({ sources, targets, port }: AskedPairs<Workload>, isItself: boolean): readonly Note[] {
    const under = (ipBlocks: 'outside' | 'everywhere') =>
      this.others.filter(({ options }) => options.ipBlocks === ipBlocks);
    const ways = under('everywhere').map((everywhere) => ({
      everywhere,
      // What is known is what is so where blocks match addresses outside alone, and where nothing else is in doubt.
      outside: under('outside').find(({ reading }) => reading === everywhere.reading)?.between ?? this.knownAlone,
    }));
    const [way] = ways;
    if (way === undefined) {
      return [];
    }
    const model = way.everywhere.model();
    const owners = new Map(model.owners.map((owner) => [peerText(owner.workload), owner]));
    const owner = (peer: Peer) => owners.get(peerText(peer)) as PodOwner;
    // Few different ports are open between many pairs; each list of them is there once.
    const texts = new Map<Ports, string>();
    const told = (ports: Ports) => {
      const text = texts.get(ports) ?? answered(ports, port);
      texts.set(ports, text);
      return text;
    };
    const ends = targets.map((target) => ({ target, text: peerText(target) }));
    const pairs = sources.flatMap((source) => {
      const own = peerText(source);
      return ends
        .filter(({ text }) => isItself || own !== text)
        .filter(({ target }) =>
          ways.some(({ everywhere, outside }) => {
            const without = outside(source, target).map(told);
            return everywhere.between(source, target).some((ports) => !without.includes(told(ports)));
          }),
        )
        .map(({ target }): Differing => ({ from: owner(source), to: owner(target) }));
    });
    return blockNotes(model, pairs);
  }
}

/** What is answered to who asks for ports, or for one. */
function answered(ports: Ports, port: Port | undefined): string {
  return port === undefined ? portsText(ports) : `${includesPort(ports, port)}`;
}
