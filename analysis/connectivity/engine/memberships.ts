import { listIn } from '../../manifest/lists';
import { isAmong } from '../ascending';
import type { IdSet, Ids } from './id-set';

/**
 * Which sets of peers the classes of a side are in. Of a set that holds nearly all pods it is known which classes it
 * misses, of any other which it holds.
 */
export class Memberships {
  /** By class: the sets that hold it, but for those of nearly all, in ascending order. */
  readonly holding: readonly Ids[];
  /** By class: the sets of nearly all that miss it, in ascending order. */
  readonly missing: readonly Ids[];
  /** All numbers of sets are below it. */
  readonly groups: number;
  /** By set: the classes that it holds, or that it misses if it is one of nearly all. */
  private readonly listed = new Map<number, Ids>();
  private readonly rests = new Set<number>();
  private kinds: Int32Array | undefined;

  /**
   * @param classOf the class of each pod; no set divides one
   * @param groups the numbers of the sets that matter
   */
  constructor(classOf: Int32Array, classes: number, groups: Iterable<number>, members: readonly IdSet[]) {
    const holding = Array.from({ length: classes }, (): number[] => []);
    const missing = Array.from({ length: classes }, (): number[] => []);
    const seen = new Int32Array(classes).fill(-1);
    for (const group of [...groups].sort((a, b) => a - b)) {
      const set = members[group] as IdSet;
      const isRest = set.isNearlyAll;
      const own: number[] = [];
      for (const pod of isRest ? set.listed : set.ids()) {
        const id = classOf[pod] as number;
        if (seen[id] !== group) {
          seen[id] = group;
          own.push(id);
          (isRest ? missing : holding)[id]?.push(group);
        }
      }
      this.listed.set(group, own);
      if (isRest) {
        this.rests.add(group);
      }
    }
    this.groups = members.length;
    this.holding = holding;
    this.missing = missing;
  }

  /** By class: a number that classes in the same sets share. */
  get kindOf(): Int32Array {
    this.kinds ??= this.kindsOf();
    return this.kinds;
  }

  /** Whether a set holds nearly all pods. */
  isRest(group: number): boolean {
    return this.rests.has(group);
  }

  /** The classes that a set holds, or that it misses if it is one of nearly all; in no order. */
  listedOf(group: number): Ids {
    return this.listed.get(group) ?? [];
  }

  /** Whether a set holds a class. */
  has(group: number, id: number): boolean {
    return this.rests.has(group) ? !isAmong(this.missing[id] as Ids, group) : isAmong(this.holding[id] as Ids, group);
  }

  /** What rules by sets of peers open to a class, each once. */
  openTo<Open>(rules: ReadonlyMap<number, Open>, id: number): Open[] {
    const holding = this.holding[id] as Ids;
    const open: Open[] = [];
    if (rules.size < holding.length) {
      for (const [group, one] of rules) {
        if (this.has(group, id)) {
          open.push(one);
        }
      }
    } else {
      for (const group of holding) {
        const one = rules.get(group);
        if (one !== undefined) {
          open.push(one);
        }
      }
    }
    return open;
  }

  private kindsOf(): Int32Array {
    const { holding, missing } = this;
    const kinds = new Int32Array(holding.length);
    const byHash = new Map<number, number[]>();
    for (let id = 0; id < kinds.length; id++) {
      const [own, without] = [holding[id] as Ids, missing[id] as Ids];
      const alike = listIn(byHash, hashOf(without, hashOf(own, own.length)));
      const known = alike.find((one) => areSame(holding[one] as Ids, own) && areSame(missing[one] as Ids, without));
      if (known === undefined) {
        alike.push(id);
      }
      kinds[id] = known ?? id;
    }
    return kinds;
  }
}

function areSame(one: Ids, other: Ids): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}

function hashOf(ids: Ids, start: number): number {
  let hash = start;
  for (const id of ids) {
    hash = (Math.imul(hash, 31) + id) | 0;
  }
  return hash;
}
