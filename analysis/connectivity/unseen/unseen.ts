import { ADDRESSES_END, IPV6_START, without } from '../addresses';
import { NONE, type PortSet } from '../engine/port-sets';
import { isPeer, type Pod, type PodOwner, type Rule } from '../model';
import type { Model } from '../read/read';
import { Selecting } from '../selecting';
import type { ClusterOptions, UnseenConnection, UnseenPeer } from '../types';
import { OtherEnd } from './other-end';
import { type Pair, selectorsOf } from './pair';
import { type Opening, UnseenSide } from './side';

const FAMILIES = [
  { start: 0n, end: IPV6_START },
  { start: IPV6_START, end: ADDRESSES_END },
];

/** What pods that are not among the manifests may do: for each workload, first who may connect to it. */
export class Unseen {
  private readonly ingress: { readonly side: UnseenSide; readonly other: OtherEnd };
  private readonly egress: { readonly side: UnseenSide; readonly other: OtherEnd };
  private readonly met = new Map<string, readonly number[]>();
  private readonly peers = new Map<string, UnseenPeer>();

  constructor(
    private readonly model: Pick<Model, 'owners' | 'policies' | 'ordered' | 'namespaces' | 'sets'>,
    { ipBlocks }: Pick<ClusterOptions, 'ipBlocks'>,
    private readonly externals: number,
  ) {
    const selecting = new Selecting(model);
    const holdsAll = ({ addresses }: Pick<Rule, 'addresses'>) =>
      ipBlocks === 'everywhere' && FAMILIES.some((family) => without(family, addresses).length === 0);
    this.ingress = {
      side: new UnseenSide('ingress', model, selecting, holdsAll),
      other: new OtherEnd('egress', model),
    };
    this.egress = {
      side: new UnseenSide('egress', model, selecting, holdsAll),
      other: new OtherEnd('ingress', model),
    };
  }

  /**
   * @param wanted which workloads, by place, at the end that is among the manifests
   * @param open what is open between two peers, by place, addresses behind workloads; where it is given, rows are left out
   *   which a pod of the manifests meets that has all their ports, and rows of any pod which addresses outside have
   */
  *connections(
    wanted: { readonly from?: ReadonlySet<number> | undefined; readonly to?: ReadonlySet<number> | undefined },
    open?: (from: number, to: number) => PortSet,
  ): Generator<UnseenConnection> {
    const { owners, sets } = this.model;
    const isMet = ({ pair, ports }: Opening, ask: (other: number) => PortSet) =>
      this.meeting(pair).some((other) => sets.difference(ports, ask(other)) === NONE);
    for (const [place, owner] of owners.entries()) {
      if (wanted.from === undefined && (wanted.to?.has(place) ?? true)) {
        for (const opening of this.of(owner, this.ingress)) {
          if (open === undefined || !isMet(opening, (other) => open(other, place))) {
            yield { from: this.peer(opening.pair), to: owner.workload, ports: sets.portsOf(opening.ports) };
          }
        }
      }
      if (wanted.to === undefined && (wanted.from?.has(place) ?? true)) {
        for (const opening of this.of(owner, this.egress)) {
          if (open === undefined || !isMet(opening, (other) => open(place, other))) {
            yield { from: owner.workload, to: this.peer(opening.pair), ports: sets.portsOf(opening.ports) };
          }
        }
      }
    }
  }

  /** The peers that are of a pair, by place. */
  private meeting({ namespaces, pods, key }: Pair): readonly number[] {
    let places = this.met.get(key);
    if (places === undefined) {
      const isOne = (pod: Pod) => isPeer({ namespaces, pods }, '', pod, this.model.namespaces);
      const { owners } = this.model;
      const isAny = namespaces.length + pods.length === 0;
      places = [
        ...(isAny ? [...Array(this.externals).keys()].map((place) => owners.length + place) : []),
        ...[...owners.keys()].filter((place) => owners[place]?.pods.some(isOne)),
      ];
      this.met.set(key, places);
    }
    return places;
  }

  private of({ pods }: PodOwner, { side, other }: { side: UnseenSide; other: OtherEnd }): readonly Opening[] {
    const { sets } = this.model;
    const [first] = pods;
    const all = pods.map((pod) => this.pruned(side.of(pod), pod, other));
    if (pods.length === 1 && first !== undefined) {
      const [openings] = all as [readonly Opening[]];
      return openings === side.of(first) ? openings : side.broadest(openings);
    }
    const merged = new Map<string, { readonly pair: Pair; readonly ports: PortSet }>();
    for (const { pair, ports } of all.flat()) {
      merged.set(pair.key, { pair, ports: sets.union(merged.get(pair.key)?.ports ?? NONE, ports) });
    }
    return side.broadest([...merged.values()]);
  }

  /** The same list where nothing is closed at the other end. */
  private pruned(openings: readonly Opening[], pod: Pod, other: OtherEnd): readonly Opening[] {
    let isSame = true;
    const left = openings.map((opening) => {
      const ports = this.model.sets.intersection(opening.ports, other.ports(opening.pair, pod));
      isSame &&= ports === opening.ports;
      return ports === opening.ports ? opening : { ...opening, ports };
    });
    return isSame ? openings : left;
  }

  private peer(pair: Pair): UnseenPeer {
    const peer = this.peers.get(pair.key) ?? { pods: selectorsOf(pair) };
    this.peers.set(pair.key, peer);
    return peer;
  }
}
