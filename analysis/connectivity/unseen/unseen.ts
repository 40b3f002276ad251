import { listIn } from '../../manifest/lists';
import { ADDRESSES_END, type AddressRange, IPV6_START } from '../addresses';
import { LabelIndex } from '../engine/label-index';
import { NONE, type PortSet } from '../engine/port-sets';
import { policyText, type RuleRef } from '../explanation';
import { type Direction, labelsOfNamespace, type Pod } from '../model';
import type { Model } from '../read/read';
import { Selecting } from '../selecting';
import { matches } from '../selector';
import type { UnseenConnection, UnseenPeer } from '../types';
import { OtherEnd } from './other-end';
import { type Pair, selectorsOf } from './pair';
import { type Opening, UnseenSide } from './side';

const FAMILIES = [
  { start: 0n, end: IPV6_START },
  { start: IPV6_START, end: ADDRESSES_END },
];

/** What is open between two peers, by place, addresses behind workloads. */
export type OpenBetween = (from: number, to: number) => PortSet;

/** A row, and the rules that open it. */
export interface UnseenWay {
  readonly row: UnseenConnection;
  /** None where no policy closes it. */
  rules(): readonly RuleRef[];
}

/** Namespaces by their labels, and for each the places of its workloads. */
interface Areas {
  readonly index: LabelIndex;
  readonly places: readonly (readonly number[])[];
}

/** What pods that are not among the manifests may do: for each workload, first who may connect to it. */
export class Unseen {
  private readonly ingress: { readonly side: UnseenSide; readonly other: OtherEnd };
  private readonly egress: { readonly side: UnseenSide; readonly other: OtherEnd };
  private readonly met = new Map<string, readonly number[]>();
  private known: Areas | undefined;
  private readonly peers = new Map<string, UnseenPeer>();

  constructor(
    private readonly model: Pick<Model, 'owners' | 'policies' | 'ordered' | 'namespaces' | 'sets' | 'anyPod'>,
    private readonly externals: readonly AddressRange[],
  ) {
    const selecting = new Selecting(model);
    this.ingress = {
      side: new UnseenSide('ingress', model, selecting),
      other: new OtherEnd('egress', model),
    };
    this.egress = {
      side: new UnseenSide('egress', model, selecting),
      other: new OtherEnd('ingress', model),
    };
  }

  /**
   * @param wanted which workloads, by place, at the end that is among the manifests
   * @param open what is open between two peers, by place, addresses behind workloads; where it is given, rows are left out
   *   which a pod of the manifests meets that has all their ports, and rows of any pod which all addresses outside have
   */
  *connections(
    wanted: { readonly from?: ReadonlySet<number> | undefined; readonly to?: ReadonlySet<number> | undefined },
    open?: OpenBetween,
  ): Generator<UnseenWay> {
    const { owners, sets } = this.model;
    for (const [place, { workload, pods }] of owners.entries()) {
      if (wanted.from === undefined && (wanted.to?.has(place) ?? true)) {
        for (const opening of this.of(pods, this.ingress)) {
          if (open === undefined || !this.isMet(opening, place, (other) => open(other, place))) {
            const row = { from: this.peer(opening.pair), to: workload, ports: sets.portsOf(opening.ports) };
            yield { row, rules: () => this.rules(opening, pods, this.ingress.side) };
          }
        }
      }
      if (wanted.to === undefined && (wanted.from?.has(place) ?? true)) {
        for (const opening of this.of(pods, this.egress)) {
          if (open === undefined || !this.isMet(opening, place, (other) => open(place, other))) {
            const row = { from: workload, to: this.peer(opening.pair), ports: sets.portsOf(opening.ports) };
            yield { row, rules: () => this.rules(opening, pods, this.egress.side) };
          }
        }
      }
    }
  }

  /** What policies let pods have with those of a workload, by its place; the same list where the same policies decide. */
  openings(place: number, direction: Direction): readonly Opening[] {
    return this.of(this.podsAt(place), this[direction]);
  }

  /** All ports that some pods of a pair may have with those of a workload. */
  portsWith(place: number, direction: Direction, pair: Pair): PortSet {
    const { sets } = this.model;
    const { side, other } = this[direction];
    return sets.unionOf(
      this.podsAt(place).map((pod) => sets.intersection(side.portsWith(pair, pod), other.ports(pair, pod))),
    );
  }

  private podsAt(place: number): readonly Pod[] {
    return this.model.owners[place]?.pods ?? [];
  }

  /**
   * Whether something of the manifests shows that a row is open: a pod of the pair, or for any pod all addresses. Replicas of
   * the workload itself show that only where pods like them are meant, and not any pod.
   */
  isMet({ pair, ports }: Opening, own: number, ask: (other: number) => PortSet): boolean {
    const { owners, sets } = this.model;
    const isOpen = (other: number) => sets.difference(ports, ask(other)) === NONE;
    const isAny = pair.namespaces.length + pair.pods.length === 0;
    // Addresses come first: they are few, and any pod may be met by all of many workloads, none of which has these ports.
    return (
      (isAny &&
        FAMILIES.some((family) =>
          this.externals.every(
            ({ start }, place) => start < family.start || start >= family.end || isOpen(owners.length + place),
          ),
        )) ||
      this.meeting(pair).some((other) => (other !== own || pair.pods.length > 0) && isOpen(other))
    );
  }

  /** The workloads with a pod of a pair, by place. */
  private meeting({ namespaces, pods, key }: Pair): readonly number[] {
    let places = this.met.get(key);
    if (places === undefined) {
      const { owners } = this.model;
      const { index, places: placesIn } = this.areas();
      places = index
        .select(namespaces)
        .flatMap((id) => placesIn[id] as readonly number[])
        .filter((place) => owners[place]?.pods.some((pod) => !pod.onNode && matches(pods, pod.labels)))
        .sort((one, other) => one - other);
      this.met.set(key, places);
    }
    return places;
  }

  /** The namespaces that have workloads, by their labels, and the places of these. */
  private areas(): Areas {
    if (this.known === undefined) {
      const places = new Map<string, number[]>();
      for (const [place, { workload }] of this.model.owners.entries()) {
        listIn(places, workload.namespace).push(place);
      }
      const labels = [...places.keys()].map((name) => labelsOfNamespace(this.model.namespaces, name));
      const keys = new Set(labels.flatMap((own) => [...own.keys()]));
      this.known = { index: new LabelIndex(labels, keys), places: [...places.values()] };
    }
    return this.known;
  }

  /** The rules that open a row, each once: the pods of a workload may have them in common. */
  private rules(opening: Opening, pods: readonly Pod[], side: UnseenSide): readonly RuleRef[] {
    const all = pods.flatMap((pod) => side.rules(opening, pod));
    const keyOf = ({ policy, direction, index }: RuleRef) => `${policyText(policy)} ${direction} ${index}`;
    return [...new Map(all.map((rule) => [keyOf(rule), rule])).values()];
  }

  private of(pods: readonly Pod[], { side, other }: { side: UnseenSide; other: OtherEnd }): readonly Opening[] {
    const { sets } = this.model;
    const each = pods.map((pod) => {
      const openings = side.of(pod);
      return { pod, openings, left: this.pruned(openings, pod, other) };
    });
    const lists = new Set(each.map(({ left }) => left));
    const [first] = each;
    if (lists.size === 1 && first !== undefined) {
      return first.left === first.openings ? first.openings : side.broadest(first.left);
    }
    // Of a pod whose own list lacks a pair, a broader one may say what the pair has.
    const pairs = new Map([...lists].flatMap((list) => list.map(({ pair }) => [pair.key, pair] as const)));
    const merged = [...pairs.values()].map((pair) => ({
      pair,
      ports: sets.unionOf(
        each.map(
          ({ pod, left }) =>
            left.find((one) => one.pair.key === pair.key)?.ports ??
            sets.intersection(side.portsWith(pair, pod), other.ports(pair, pod)),
        ),
      ),
    }));
    return side.broadest(merged);
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

  /** A pair as an end of a row. */
  peer(pair: Pair): UnseenPeer {
    const peer = this.peers.get(pair.key) ?? { pods: selectorsOf(pair) };
    this.peers.set(pair.key, peer);
    return peer;
  }
}
