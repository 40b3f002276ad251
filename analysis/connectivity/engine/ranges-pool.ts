import { longEnough } from './growing';
import { type Combine, intersect, unite } from './ranges';

/** So many numbers a list takes beside its ranges: where it begins, its hash, and two or more places. */
const LIST = 4;

/** No list of ranges. */
const FREE = -1;

/**
 * Every list of ranges that occurs, once, known by a number from 0. There may be millions, so all of them stand in one
 * array, and none is known by a text.
 */
export class RangesPool {
  private values = new Int32Array(256);
  /** By number: where its ranges begin, which is where those of the one before end. */
  private starts = new Int32Array(64);
  private hashes = new Int32Array(64);
  /** Numbers by hash, with at least as many free places as taken ones. */
  private places = new Int32Array(256).fill(FREE);
  private count = 0;
  /** By number: what it had in common with another list last. */
  private common = new Int32Array(64);
  /** What is looked for, and room beside it. */
  private written = new Int32Array(64);
  private beside = new Int32Array(64);

  /** How many lists there are. */
  get size(): number {
    return this.count;
  }

  /** How many numbers they take together. */
  get room(): number {
    return (this.starts[this.count] as number) + this.count * LIST;
  }

  /** A pool of the first lists of this one. */
  first(count: number): RangesPool {
    const pool = new RangesPool();
    for (let id = 0; id < count; id++) {
      pool.add(this.of(id));
    }
    return pool;
  }

  /** Forgets all lists but the first, and keeps the room for others. */
  cut(count: number): void {
    this.count = count;
    this.common.fill(0);
    this.place(this.places.fill(FREE));
  }

  /** The number of ranges that are given by their first and last numbers. */
  add(bounds: ArrayLike<number>, length = bounds.length): number {
    this.makeRoom(length);
    for (let at = 0; at < length; at++) {
      this.written[at] = bounds[at] as number;
    }
    return this.known(length);
  }

  /** The first and last numbers of ranges. */
  of(id: number): Int32Array {
    return this.values.subarray(this.starts[id], this.starts[id + 1]);
  }

  /** How many first and last numbers there are. */
  lengthOf(id: number): number {
    return (this.starts[id + 1] as number) - (this.starts[id] as number);
  }

  /**
   * The number of what two lists have in common, neither of which is empty.
   *
   * @param none the number of the empty list
   */
  intersect(a: number, b: number, none: number): number {
    const { starts, values } = this;
    const [left, right] = [starts[a] as number, starts[b] as number];
    const [leftEnd, rightEnd] = [starts[a + 1] as number, starts[b + 1] as number];
    const [first, last] = [values[left] as number, values[leftEnd - 1] as number];
    const [otherFirst, otherLast] = [values[right] as number, values[rightEnd - 1] as number];
    if (first > otherLast || otherFirst > last) {
      return none;
    }
    if (leftEnd - left === 2 && first <= otherFirst && otherLast <= last) {
      return b;
    }
    if (rightEnd - right === 2 && otherFirst <= first && last <= otherLast) {
      return a;
    }
    this.makeRoom(leftEnd - left + rightEnd - right);
    const length = intersect(values, left, leftEnd, right, rightEnd, this.written, 0);
    // The same list often has the same in common with one after the other.
    const before = this.common[b] as number;
    const common = this.isWritten(before, length) ? before : this.known(length, a, b);
    this.common[b] = common;
    return common;
  }

  /** The number of what two lists come to. */
  combine(combine: Combine, a: number, b: number): number {
    const { starts, values } = this;
    const [left, right] = [starts[a] as number, starts[b] as number];
    const [leftEnd, rightEnd] = [starts[a + 1] as number, starts[b + 1] as number];
    this.makeRoom(leftEnd - left + rightEnd - right);
    return this.known(combine(values, left, leftEnd, right, rightEnd, this.written, 0), a, b);
  }

  /** The number of what any of several lists has; what they are on the way there is not kept. */
  unite(ids: readonly number[]): number {
    let length = 0;
    for (const id of ids) {
      length += this.lengthOf(id);
    }
    this.makeRoom(length);
    let [from, to] = [this.written, this.beside];
    /** Where each list begins, and where the last one ends. */
    let bounds = [0];
    for (const id of ids) {
      const at = bounds.at(-1) as number;
      from.set(this.values.subarray(this.starts[id], this.starts[id + 1]), at);
      bounds.push(at + this.lengthOf(id));
    }
    while (bounds.length > 2) {
      const next = [0];
      for (let list = 0; list + 1 < bounds.length; list += 2) {
        const [left, right] = [bounds[list] as number, bounds[list + 1] as number];
        next.push(unite(from, left, right, right, bounds[list + 2] ?? right, to, next.at(-1) as number));
      }
      bounds = next;
      [from, to] = [to, from];
    }
    [this.written, this.beside] = [from, to];
    return this.known(bounds[1] as number);
  }

  /**
   * The number of what was written.
   *
   * @param a a list that it may well be, and so may `b`
   */
  private known(length: number, a = FREE, b = FREE): number {
    if (a !== FREE && this.isWritten(a, length)) {
      return a;
    }
    if (b !== FREE && this.isWritten(b, length)) {
      return b;
    }
    const { written } = this;
    let hash = length;
    for (let at = 0; at < length; at++) {
      hash = Math.imul(hash ^ (written[at] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let place = hash & (this.places.length - 1);
    for (let id = this.places[place] as number; id !== FREE; id = this.places[place] as number) {
      if (this.hashes[id] === hash && this.isWritten(id, length)) {
        return id;
      }
      place = (place + 1) & (this.places.length - 1);
    }
    return this.keep(length, hash, place);
  }

  private isWritten(id: number, length: number): boolean {
    const start = this.starts[id] as number;
    if ((this.starts[id + 1] as number) - start !== length) {
      return false;
    }
    for (let at = 0; at < length; at++) {
      if (this.values[start + at] !== this.written[at]) {
        return false;
      }
    }
    return true;
  }

  private keep(length: number, hash: number, place: number): number {
    const id = this.count++;
    const start = this.starts[id] as number;
    this.values = longEnough(this.values, start + length);
    this.starts = longEnough(this.starts, this.count + 1);
    this.hashes = longEnough(this.hashes, this.count);
    this.common = longEnough(this.common, this.count);
    for (let at = 0; at < length; at++) {
      this.values[start + at] = this.written[at] as number;
    }
    this.starts[this.count] = start + length;
    this.hashes[id] = hash;
    this.places[place] = id;
    if (this.count * 2 > this.places.length) {
      this.place(new Int32Array(this.places.length * 2).fill(FREE));
    }
    return id;
  }

  /** Finds places for all lists. */
  private place(free: Int32Array<ArrayBuffer>): void {
    this.places = free;
    for (let id = 0; id < this.count; id++) {
      let place = (this.hashes[id] as number) & (free.length - 1);
      while (free[place] !== FREE) {
        place = (place + 1) & (free.length - 1);
      }
      free[place] = id;
    }
  }

  private makeRoom(length: number): void {
    if (length > this.written.length) {
      this.written = new Int32Array(length * 2);
      this.beside = new Int32Array(length * 2);
    }
  }
}
