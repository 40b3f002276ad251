import { ADDRESSES_END, IPV6_START } from '../addresses';
import type { Engine } from '../engine/engine';
import { NONE, type PortSet } from '../engine/port-sets';
import { policyText, type RuleRef } from '../explanation';
import type { Direction, Pod } from '../model';
import type { Model } from '../read/read';
import { Selecting } from '../selecting';
import type { UnseenConnection, UnseenPeer } from '../types';
import { Meeting } from './meeting';
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

/** What pods that are not among the manifests may do: for each workload, first who may connect to it. */
export class Unseen {
  private readonly ingress: { readonly side: UnseenSide; readonly other: OtherEnd };
  private readonly egress: { readonly side: UnseenSide; readonly other: OtherEnd };
  private meeting: Meeting | undefined;
  /** Whether workloads of which policies tell none apart are met by groups of which two are. */
  private readonly known = new Map<string, boolean>();
  private readonly peers = new Map<string, UnseenPeer>();

  constructor(
    private readonly model: Pick<Model, 'owners' | 'policies' | 'ordered' | 'namespaces' | 'sets' | 'anyPod'>,
    private readonly engine: Engine,
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
          if (open === undefined || !this.isMet(opening, 'ingress', place, (other) => open(other, place))) {
            const row = { from: this.peer(opening.pair), to: workload, ports: sets.portsOf(opening.ports) };
            yield { row, rules: () => this.rules(opening, pods, this.ingress.side) };
          }
        }
      }
      if (wanted.to === undefined && (wanted.from?.has(place) ?? true)) {
        for (const opening of this.of(pods, this.egress)) {
          if (open === undefined || !this.isMet(opening, 'egress', place, (other) => open(place, other))) {
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
   *
   * @param direction that of the policies of the workload
   * @param ask what is open with another peer, the same whoever asks, and where it is asked for itself, with its replicas
   */
  isMet({ pair, ports }: Opening, direction: Direction, own: number, ask: (other: number) => PortSet): boolean {
    const { owners, sets } = this.model;
    const { externals, sources, targets } = this.engine;
    const isOpen = (other: number) => sets.difference(ports, ask(other)) === NONE;
    // Addresses come first: they are few, and any pod may be met by all of many workloads, none of which has these ports.
    const isOpenOutside =
      pair.namespaces.length + pair.pods.length === 0 &&
      FAMILIES.some((family) =>
        externals.every(
          ({ start }, place) => start < family.start || start >= family.end || isOpen(owners.length + place),
        ),
      );
    if (isOpenOutside) {
      return true;
    }
    this.meeting ??= new Meeting(this.model, { ingress: sources, egress: targets });
    const { several, single } = this.meeting.of(pair, direction);
    const { groupOf } = direction === 'ingress' ? targets : sources;
    const key = `${direction} ${groupOf[own]} ${ports} ${pair.key}`;
    let isMet = this.known.get(key);
    if (isMet === undefined) {
      isMet = several.some((place, at) => at % 2 === 0 && isOpen(place === own ? (several[at + 1] as number) : place));
      this.known.set(key, isMet);
    }
    return (
      isMet ||
      single.some((other) => other !== own && isOpen(other)) ||
      (pair.pods.length > 0 && this.meeting.has(pair, own) && isOpen(own))
    );
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
