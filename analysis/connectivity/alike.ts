import { longEnough } from './engine/growing';

/** Numbers that are in the same lists. */
export interface Alike {
  readonly members: readonly number[];
  /** The numbers of these lists, as they were added. */
  readonly lists: readonly number[];
}

/** No class, and no list before the first. */
const NONE = -1;

/**
 * Divides numbers by the lists that they are in, list by list. What a class is in is kept once for all of its members, and what it
 * was in before it was divided once for both of its parts, so that nothing is made for each number of each list.
 */
export class AlikeIn {
  private readonly classOf: Int32Array;
  private readonly sizes: number[];
  /** By class: the last list that it is in, with what it was in before. */
  private readonly ends: number[] = [NONE];
  /** Lists of classes, and by each of them the one before. */
  private readonly lists = new Numbers();
  private readonly before = new Numbers();
  /** While a list is added: by class, how many of it are in the list, and the class of these. */
  private readonly found: number[] = [0];
  private readonly parts: number[] = [NONE];

  /**
   * @param count so many numbers are divided
   * @param isLeftOut numbers that are in no class
   */
  constructor(count: number, isLeftOut: (number: number) => boolean) {
    this.classOf = Int32Array.from({ length: count }, (_, number) => (isLeftOut(number) ? NONE : 0));
    this.sizes = [this.classOf.reduce((size, own) => (own === NONE ? size : size + 1), 0)];
  }

  /** Adds a list, in which no number is twice. */
  add(list: number, numbers: Int32Array): void {
    const { classOf, found, sizes, parts } = this;
    const met: number[] = [];
    for (const number of numbers) {
      const own = classOf[number] as number;
      if (own !== NONE) {
        if (found[own] === 0) {
          met.push(own);
        }
        (found[own] as number)++;
      }
    }
    let isDivided = false;
    for (const own of met) {
      const isWhole = found[own] === sizes[own];
      isDivided ||= !isWhole;
      const part = isWhole ? own : this.divided(own);
      parts[own] = part;
      found[own] = 0;
      const end = this.lists.push(list);
      this.before.push(this.ends[part] as number);
      this.ends[part] = end;
    }
    for (const number of isDivided ? numbers : []) {
      const own = classOf[number] as number;
      classOf[number] = own === NONE ? NONE : (parts[own] as number);
    }
  }

  /** Those that are alike, by the first of each. */
  all(): readonly Alike[] {
    const members = new Map<number, number[]>();
    for (const [number, own] of this.classOf.entries()) {
      const known = members.get(own);
      if (known !== undefined) {
        known.push(number);
      } else if (own !== NONE) {
        members.set(own, [number]);
      }
    }
    return [...members].map(([own, numbers]) => ({ members: numbers, lists: this.listsOf(own) }));
  }

  /** Makes a class of those of another that were found, which are in all that it is in. */
  private divided(own: number): number {
    const size = this.found[own] as number;
    (this.sizes[own] as number) -= size;
    this.found.push(0);
    this.parts.push(NONE);
    this.ends.push(this.ends[own] as number);
    return this.sizes.push(size) - 1;
  }

  private listsOf(own: number): readonly number[] {
    const lists: number[] = [];
    for (let at = this.ends[own] as number; at !== NONE; at = this.before.at(at)) {
      lists.push(this.lists.at(at));
    }
    return lists.reverse();
  }
}

/** Many numbers, in as little memory as can be. */
class Numbers {
  private all = new Int32Array(1024);
  private size = 0;

  /** Adds one, and says where. */
  push(number: number): number {
    this.all = longEnough(this.all, this.size + 1);
    this.all[this.size] = number;
    return this.size++;
  }

  at(place: number): number {
    return this.all[place] as number;
  }
}
