import type { Ends } from '../engine/ends';
import type { IdSet } from '../engine/id-set';
import { PeerGroups } from '../engine/peer-groups';
import { type Direction, labelsOfNamespace, type Pod } from '../model';
import type { Model } from '../read/read';
import { matches } from '../selector';
import type { Pair } from './pair';

/** Workloads by place, of each group of which policies tell none apart. */
export interface Met {
  /** Of groups of which two workloads or more have a pod of the pair: two of them, one behind the other. */
  readonly several: Int32Array;
  /** Of all others: the one that has. */
  readonly single: Int32Array;
}

/** So many workloads of pairs are kept. */
const MOST = 1_000_000;

/** Finds workloads that have a pod of a pair. Of those that policies do not tell apart, two are enough to know of all. */
export class Meeting {
  private readonly groups: PeerGroups;
  /** By pod: its workload. By workload: its first pod. */
  private readonly placeOf: Int32Array;
  private readonly firstPod: Int32Array;
  private readonly known = new Map<string, Met>();
  private size = 0;

  /** @param ends the groups at the end of the pods that no manifest shows, by the direction of the policies at the other */
  constructor(
    private readonly model: Pick<Model, 'owners' | 'namespaces'>,
    private readonly ends: Readonly<Record<Direction, Pick<Ends, 'groupOf' | 'members'>>>,
  ) {
    const { owners, namespaces } = model;
    const pods: Pod[] = [];
    const placeOf: number[] = [];
    this.firstPod = new Int32Array(owners.length + 1);
    for (const [place, owner] of owners.entries()) {
      for (const pod of owner.pods) {
        pods.push(pod);
        placeOf.push(place);
      }
      this.firstPod[place + 1] = pods.length;
    }
    this.placeOf = Int32Array.from(placeOf);
    const labels = [...new Set(pods.map(({ namespace }) => namespace))].map((name) =>
      labelsOfNamespace(namespaces, name),
    );
    const keysIn = (all: readonly ReadonlyMap<string, string>[]) => new Set(all.flatMap((own) => [...own.keys()]));
    this.groups = new PeerGroups(
      { pods, namespaces },
      { pods: keysIn(pods.map((pod) => pod.labels)), namespaces: keysIn(labels) },
    );
  }

  /** @param direction that of the policies at the end that is among the manifests */
  of(pair: Pair, direction: Direction): Met {
    const key = `${direction} ${pair.key}`;
    let met = this.known.get(key);
    if (met === undefined) {
      const set = this.groups.members[this.groups.idOf({ namespaces: pair.namespaces, pods: pair.pods }, '')] as IdSet;
      met = set.isRest ? this.ofMost(set, this.ends[direction]) : this.ofFew(set, this.ends[direction]);
      this.size += met.several.length + met.single.length;
      if (this.size > MOST) {
        this.known.clear();
        this.size = 0;
      }
      this.known.set(key, met);
    }
    return met;
  }

  /** Whether a workload has a pod of a pair itself. */
  has({ namespaces, pods }: Pair, place: number): boolean {
    const own = (this.model.owners[place]?.pods ?? []).filter(({ onNode }) => !onNode);
    return own.some(
      ({ namespace, labels }) =>
        matches(pods, labels) && matches(namespaces, labelsOfNamespace(this.model.namespaces, namespace)),
    );
  }

  private ofFew({ listed }: IdSet, { groupOf }: Pick<Ends, 'groupOf'>): Met {
    const first = new Map<number, number>();
    const second = new Map<number, number>();
    for (const pod of listed) {
      const place = this.placeOf[pod] as number;
      const group = groupOf[place] as number;
      const known = first.get(group);
      if (known === undefined) {
        first.set(group, place);
      } else if (known !== place) {
        second.set(group, place);
      }
    }
    const several: number[] = [];
    const single: number[] = [];
    for (const [group, place] of first) {
      add(several, single, place, second.get(group));
    }
    return { several: Int32Array.from(several), single: Int32Array.from(single) };
  }

  private ofMost({ listed }: IdSet, { members }: Pick<Ends, 'members'>): Met {
    const missing = new Set(listed);
    const isMet = (place: number) => {
      for (let pod = this.firstPod[place] as number; pod < (this.firstPod[place + 1] as number); pod++) {
        if (!missing.has(pod)) {
          return true;
        }
      }
      return false;
    };
    const several: number[] = [];
    const single: number[] = [];
    for (const places of members) {
      let first: number | undefined;
      let second: number | undefined;
      for (let at = 0; at < places.length && second === undefined; at++) {
        const place = places[at] as number;
        if (isMet(place)) {
          [first, second] = first === undefined ? [place, undefined] : [first, place];
        }
      }
      if (first !== undefined) {
        add(several, single, first, second);
      }
    }
    return { several: Int32Array.from(several), single: Int32Array.from(single) };
  }
}

function add(several: number[], single: number[], first: number, second: number | undefined): void {
  if (second === undefined) {
    single.push(first);
  } else {
    several.push(first, second);
  }
}
