import type { Ids } from './id-set';

/** The sum of nothing. */
const EMPTY = 0;

/** What takes the place of the second half of a number alone. */
const ALONE = -1;

/**
 * Lists of numbers as sums of two halves each, so that what several lists have in common is added up once: the numbers are
 * halved again and again, and lists that have the same of a half share the sum of it.
 *
 * Of ten thousand lists of ten out of twenty numbers, each of the upper halves occurs in hundreds of lists.
 */
export class Sums {
  /** By sum: the sums that it is put together from, or the number that it is alone; smaller ones than itself. */
  private readonly first: number[] = [EMPTY];
  private readonly second: number[] = [EMPTY];
  private readonly alone = new Map<number, number>();
  private readonly known = new Map<number, Map<number, number>>();
  private values = new Int32Array(0);

  /** @param span all numbers are below it */
  constructor(private readonly span: number) {}

  /** How many additions it takes to find out all sums. */
  get size(): number {
    return this.first.length;
  }

  /** The sum of a list, whose numbers stand in ascending order. */
  of(list: Ids): number {
    return this.sumOf(list, 0, list.length, 0, this.span);
  }

  /**
   * Adds up all lists.
   *
   * @param worthOf what a number alone comes to
   * @param add what two come to, neither of which is nothing
   * @returns by sum, what it comes to, which is 0 for nothing: good until the next call
   */
  addUp(worthOf: (id: number) => number, add: (one: number, other: number) => number): Int32Array {
    const { first, second } = this;
    const values = this.roomFor(first.length);
    for (let sum = 1; sum < first.length; sum++) {
      const [left, right] = [first[sum] as number, second[sum] as number];
      if (right === ALONE) {
        values[sum] = worthOf(left);
      } else {
        const [one, other] = [values[left] as number, values[right] as number];
        values[sum] = one === other || other === 0 ? one : one === 0 ? other : add(one, other);
      }
    }
    return values;
  }

  /**
   * The same where values are bits, in several numbers each, and two come to the bits of both: that takes no time at all.
   *
   * @param put adds the bits of a number alone to those at a place, where there are none yet
   * @returns the numbers of all sums, one behind the other: good until the next call
   */
  wordsUp(width: number, put: (id: number, words: Int32Array, place: number) => void): Int32Array {
    const { first, second } = this;
    const words = this.roomFor(first.length * width);
    for (let sum = 1, place = width; sum < first.length; sum++, place += width) {
      const [left, right] = [first[sum] as number, second[sum] as number];
      if (right === ALONE) {
        words.fill(0, place, place + width);
        put(left, words, place);
      } else {
        for (let word = 0; word < width; word++) {
          words[place + word] = (words[left * width + word] as number) | (words[right * width + word] as number);
        }
      }
    }
    return words;
  }

  private roomFor(length: number): Int32Array {
    if (this.values.length < length) {
      this.values = new Int32Array(length);
    }
    return this.values;
  }

  /** The sum of the numbers at some places of a list, all of which are from `low` to below `high`. */
  private sumOf(list: Ids, start: number, end: number, low: number, high: number): number {
    if (end - start <= 1) {
      return start === end ? EMPTY : this.single(list[start] as number);
    }
    const middle = (low + high) >> 1;
    let at = start;
    while (at < end && (list[at] as number) < middle) {
      at++;
    }
    const left = this.sumOf(list, start, at, low, middle);
    const right = this.sumOf(list, at, end, middle, high);
    return left === EMPTY ? right : right === EMPTY ? left : this.pair(left, right);
  }

  private single(id: number): number {
    let sum = this.alone.get(id);
    if (sum === undefined) {
      sum = this.keep(id, ALONE);
      this.alone.set(id, sum);
    }
    return sum;
  }

  private pair(left: number, right: number): number {
    let others = this.known.get(left);
    if (others === undefined) {
      others = new Map();
      this.known.set(left, others);
    }
    let sum = others.get(right);
    if (sum === undefined) {
      sum = this.keep(left, right);
      others.set(right, sum);
    }
    return sum;
  }

  private keep(first: number, second: number): number {
    this.second.push(second);
    return this.first.push(first) - 1;
  }
}
