import { listIn } from '../../manifest/lists';
import { meets, type Requirement, type Selector } from '../selector';
import { IdSet, type Ids, united } from './id-set';

/** Items among which others are looked for. */
export interface Among {
  readonly set: IdSet;
  has(id: number): boolean;
}

/** Finds the items whose labels a selector matches, without looking at all of them. */
export class LabelIndex {
  private readonly byKey = new Map<string, Map<string, number[]>>();
  private readonly withKey = new Map<string, number[]>();
  private readonly all: Among;
  private readonly marks: Int32Array;
  private mark = 0;

  /**
   * @param labels the labels of each item
   * @param keys the keys that selectors ask for; others are not indexed
   */
  constructor(
    private readonly labels: readonly ReadonlyMap<string, string>[],
    keys: ReadonlySet<string>,
  ) {
    this.all = { set: IdSet.allBut([], labels.length), has: () => true };
    this.marks = new Int32Array(labels.length);
    for (const key of keys) {
      this.byKey.set(key, new Map());
      this.withKey.set(key, []);
    }
    for (const [id, own] of labels.entries()) {
      for (const [key, value] of own) {
        const values = this.byKey.get(key);
        if (values !== undefined) {
          listIn(values, value).push(id);
          this.withKey.get(key)?.push(id);
        }
      }
    }
  }

  /** The items that match, in ascending order. */
  select(selector: Selector): Ids {
    return this.find(selector).ids();
  }

  /** The items that match, among some of them; among all, where these are left out. */
  find(selector: Selector, among: Among = this.all): IdSet {
    if (selector.length === 0) {
      return among.set;
    }
    const rest = this.rest(selector, among.set);
    if (rest !== undefined) {
      return rest;
    }
    const named = selector
      .filter(({ operator }) => operator === 'In' || operator === 'Exists')
      .map((requirement) => ({ requirement, ids: this.naming(requirement) }))
      .sort((a, b) => a.ids.length - b.ids.length)[0];
    const isFewer = named !== undefined && named.ids.length < among.set.size;
    let found: Ids = isFewer ? named.ids : among.set.ids();
    if (isFewer && among !== this.all) {
      found = found.filter((id) => among.has(id));
    }
    for (const requirement of selector) {
      if (!isFewer || requirement !== named.requirement) {
        found = this.filter(found, requirement);
      }
    }
    return IdSet.of(found, this.labels.length);
  }

  /** Most items without those that requirements refuse, where these are few and nothing else is required. */
  private rest(selector: Selector, { count, listed, isRest }: IdSet): IdSet | undefined {
    if (!isRest || !selector.every(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist')) {
      return undefined;
    }
    const refused = selector.map((requirement) => this.naming(requirement));
    const most = refused.reduce((sum, ids) => sum + ids.length, listed.length);
    return most * 2 < count ? IdSet.allBut(united([listed, ...refused]), count) : undefined;
  }

  /** Looks at those whom a requirement names where these are few, else at the labels of those who are left. */
  private filter(ids: Ids, requirement: Requirement): Ids {
    const naming = this.naming(requirement);
    if (naming.length > ids.length || !isAboutWholes(requirement)) {
      return ids.filter((id) => meets(requirement, this.labels[id] as ReadonlyMap<string, string>));
    }
    this.mark++;
    for (const id of naming) {
      this.marks[id] = this.mark;
    }
    const wanted = requirement.operator === 'In' || requirement.operator === 'Exists';
    return ids.filter((id) => (this.marks[id] === this.mark) === wanted);
  }

  /** The items that have one of the values, or the key, that a requirement names, whether it wants them or not. */
  private naming({ key, operator, values }: Requirement): Ids {
    if (operator !== 'In' && operator !== 'NotIn') {
      return this.withKey.get(key) ?? [];
    }
    const lists = [...values].map((value) => this.byKey.get(key)?.get(value) ?? []);
    // An item has one value only, so the lists have nothing in common.
    return lists.length === 1 ? (lists[0] as Ids) : lists.flat().sort((a, b) => a - b);
  }
}

/** Whether a requirement is about keys and whole values, not about parts of them. */
function isAboutWholes({ operator }: Requirement): boolean {
  return operator === 'In' || operator === 'NotIn' || operator === 'Exists' || operator === 'DoesNotExist';
}
