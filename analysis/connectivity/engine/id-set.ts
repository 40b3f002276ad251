/** Numbers in ascending order, each once. */
export type Ids = readonly number[];

/** A set of nearly all misses less than one in so many. */
const MISSED_BY = 4;

/**
 * Some of the numbers below a count, kept as those that it holds or as those that it misses, whichever are fewer: a set
 * of all but one takes no more room than a set of one, and tells it from the others at the same cost.
 *
 * Of a set and its complement, each of the same size, the numbers that it holds are kept: equal sets are kept alike.
 */
export class IdSet {
  private constructor(
    readonly count: number,
    /** The numbers that it holds; those that it misses, if it is a rest. In ascending order. */
    readonly listed: Ids,
    /** Whether it holds all numbers but those that are listed. */
    readonly isRest: boolean,
  ) {}

  /** @param ids numbers below `count`, in ascending order, each once */
  static of(ids: Ids, count: number): IdSet {
    return ids.length * 2 <= count ? new IdSet(count, ids, false) : new IdSet(count, others(ids, count), true);
  }

  /** The set of all numbers below `count` but these, which are in ascending order, each once. */
  static allBut(missing: Ids, count: number): IdSet {
    return missing.length * 2 < count
      ? new IdSet(count, missing, true)
      : new IdSet(count, others(missing, count), false);
  }

  /** How many numbers it holds. */
  get size(): number {
    return this.isRest ? this.count - this.listed.length : this.listed.length;
  }

  /** Whether it is told best by what it misses: what a rule opens to it is open to most, and only few have to be looked at. */
  get isNearlyAll(): boolean {
    return this.isRest && this.listed.length * MISSED_BY < this.count;
  }

  /** A text that two sets of numbers below the same count share only if they are equal. */
  get key(): string {
    return `${this.isRest ? 'all but' : 'just'} ${this.listed.join(' ')}`;
  }

  /** The numbers that it holds, in ascending order: of a rest, a list that is made anew each time. */
  ids(): Ids {
    return this.isRest ? others(this.listed, this.count) : this.listed;
  }
}

/** What any of several sets holds, of which one at least is a rest: then it costs no more than they have listed. */
export function unionOfRests(sets: readonly IdSet[]): IdSet {
  const rests = sets.filter(({ isRest }) => isRest).sort((a, b) => a.listed.length - b.listed.length);
  const [first, ...more] = rests as [IdSet, ...IdSet[]];
  let missing = first.listed;
  for (const { listed } of missing.length === 0 ? [] : more) {
    const known = new Set(listed);
    missing = missing.filter((id) => known.has(id));
  }
  for (const { listed } of missing.length === 0 ? [] : sets.filter(({ isRest }) => !isRest)) {
    const known = new Set(listed);
    missing = missing.filter((id) => !known.has(id));
  }
  return IdSet.allBut(missing, first.count);
}

/** All numbers of some lists, in ascending order, each once. */
export function united(lists: readonly Ids[]): Ids {
  const [only] = lists;
  return lists.length === 1 && only !== undefined ? only : [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** The numbers below a count that are not among those in ascending order. */
function others(ids: Ids, count: number): Ids {
  const rest: number[] = [];
  let at = 0;
  for (let id = 0; id < count; id++) {
    if (ids[at] === id) {
      at++;
    } else {
      rest.push(id);
    }
  }
  return rest;
}
