import { matches, type Selector } from '../selector';

/** Numbers in ascending order, each once. */
export type Ids = readonly number[];

/** Finds the items whose labels a selector matches, without looking at all of them. */
export class LabelIndex {
  private readonly byKey = new Map<string, Map<string, number[]>>();
  private readonly withKey = new Map<string, number[]>();

  /**
   * @param labels the labels of each item
   * @param keys the keys that selectors ask for; others are not indexed
   */
  constructor(
    private readonly labels: readonly ReadonlyMap<string, string>[],
    keys: ReadonlySet<string>,
  ) {
    for (const key of keys) {
      this.byKey.set(key, new Map());
      this.withKey.set(key, []);
    }
    for (const [id, own] of labels.entries()) {
      for (const [key, value] of own) {
        const values = this.byKey.get(key);
        if (values !== undefined) {
          const ids = values.get(value) ?? [];
          values.set(value, ids);
          ids.push(id);
          this.withKey.get(key)?.push(id);
        }
      }
    }
  }

  /** The items that match, among those that `within` holds; among all, where it is left out. In ascending order. */
  select(selector: Selector, within?: { readonly ids: Ids; has(id: number): boolean }): Ids {
    let best: Ids | undefined = within?.ids;
    let isWithin = true;
    for (const candidates of this.candidates(selector)) {
      if (best === undefined || candidates.length < best.length) {
        best = candidates;
        isWithin = false;
      }
    }
    const found: number[] = [];
    const count = best?.length ?? this.labels.length;
    for (let at = 0; at < count; at++) {
      const id = best === undefined ? at : (best[at] as number);
      if (
        (isWithin || within === undefined || within.has(id)) &&
        matches(selector, this.labels[id] as ReadonlyMap<string, string>)
      ) {
        found.push(id);
      }
    }
    return found;
  }

  private *candidates(selector: Selector): Generator<Ids> {
    for (const { key, operator, values } of selector) {
      if (operator === 'Exists') {
        yield this.withKey.get(key) ?? [];
      } else if (operator === 'In') {
        const lists = [...values].map((value) => this.byKey.get(key)?.get(value) ?? []);
        // An item has one value only, so the lists have nothing in common.
        yield lists.length === 1 ? (lists[0] as Ids) : lists.flat().sort((a, b) => a - b);
      }
    }
  }
}
