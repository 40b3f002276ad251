import type { IdSet } from './id-set';

/** A partition of pods that is refined set by set. A step costs no more than the set, or its complement, has members. */
export class Classes {
  /** The class of each pod. */
  readonly classOf: Int32Array;
  private readonly sizes: number[] = [];
  /** By class, while a set divides them: how many members of the set it has, and the class that these come to. */
  private readonly inside: Int32Array;
  private readonly parts: Int32Array;

  /** @param keys what tells pods apart without any set */
  constructor(keys: Iterable<string>, count: number) {
    this.classOf = new Int32Array(count);
    this.inside = new Int32Array(count);
    this.parts = new Int32Array(count);
    const ids = new Map<string, number>();
    let pod = 0;
    for (const key of keys) {
      const id = ids.get(key) ?? this.sizes.push(0) - 1;
      ids.set(key, id);
      this.move(pod++, id);
    }
  }

  /** Separates the members of a set from all others. */
  split({ listed }: IdSet): void {
    const touched: number[] = [];
    for (const pod of listed) {
      const id = this.classOf[pod] as number;
      if (this.inside[id] === 0) {
        touched.push(id);
      }
      this.inside[id] = (this.inside[id] as number) + 1;
    }
    let areApart = true;
    for (const id of touched) {
      const [count, size] = [this.inside[id] as number, this.sizes[id] as number];
      this.inside[id] = 0;
      this.parts[id] = id;
      if (count < size) {
        this.sizes[id] = size - count;
        this.parts[id] = this.sizes.push(0) - 1;
        areApart = false;
      }
    }
    for (const pod of areApart ? [] : listed) {
      const id = this.classOf[pod] as number;
      const part = this.parts[id] as number;
      if (part !== id) {
        this.move(pod, part);
      }
    }
  }

  /** A pod of each class. */
  representatives(): number[] {
    const pods = new Array<number>(this.sizes.length);
    for (const [pod, id] of this.classOf.entries()) {
      pods[id] = pod;
    }
    return pods;
  }

  private move(pod: number, id: number): void {
    this.classOf[pod] = id;
    this.sizes[id] = (this.sizes[id] as number) + 1;
  }
}
