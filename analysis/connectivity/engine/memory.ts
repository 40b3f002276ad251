/** So many results are kept in a memory: where nothing is alike, all of them would not fit. */
const REMEMBERED = 2 ** 19;

/** With so many places a memory begins. */
const FIRST = 2 ** 8;

/**
 * Results of pairs of numbers from 0. Each pair has one place, and pushes out what was there: it costs no more to keep
 * something than to look it up, and what was lost is computed again.
 */
export class PairMemory {
  private readonly most: number;
  private places: number;
  private left: Int32Array;
  private right: Int32Array;
  private values: Int32Array;
  private used = 0;

  /** @param most how many results are kept at most, rounded up to a power of two */
  constructor(most = REMEMBERED) {
    this.most = 2 ** Math.ceil(Math.log2(Math.max(1, most)));
    this.places = Math.min(FIRST, this.most);
    this.left = new Int32Array(this.places).fill(-1);
    this.right = new Int32Array(this.places);
    this.values = new Int32Array(this.places);
  }

  get(a: number, b: number): number | undefined {
    const place = placeOf(a, b, this.places);
    return this.left[place] === a && this.right[place] === b ? this.values[place] : undefined;
  }

  /** @param value a number of 32 bits */
  set(a: number, b: number, value: number): void {
    if (this.used * 2 > this.places && this.places < this.most) {
      this.grow();
    }
    this.put(a, b, value);
  }

  private put(a: number, b: number, value: number): void {
    const place = placeOf(a, b, this.places);
    this.used += this.left[place] === -1 ? 1 : 0;
    this.left[place] = a;
    this.right[place] = b;
    this.values[place] = value;
  }

  private grow(): void {
    const { left, right, values } = this;
    this.places *= 2;
    this.left = new Int32Array(this.places).fill(-1);
    this.right = new Int32Array(this.places);
    this.values = new Int32Array(this.places);
    this.used = 0;
    for (const [place, a] of left.entries()) {
      if (a !== -1) {
        this.put(a, right[place] as number, values[place] as number);
      }
    }
  }
}

function placeOf(a: number, b: number, places: number): number {
  const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & (places - 1);
}
