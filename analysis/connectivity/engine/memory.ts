/** So many results are kept in a memory: where nothing is alike, all of them would not fit. */
const REMEMBERED = 2 ** 19;

/** With so many places a memory begins. */
const FIRST = 2 ** 8;

/** So many places are looked at for a pair. */
const NEAR = 8;

/** A place takes so many numbers: both of the pair, and the result. */
const WIDTH = 3;

/**
 * Results of pairs of numbers from 0. A pair has a few places in a row; where all are taken, it pushes out what was at the
 * first: it costs no more to keep something than to look it up, and what was lost is computed again.
 */
export class PairMemory {
  private readonly most: number;
  private places: number;
  private entries: Int32Array;
  private used = 0;

  /** @param most how many results are kept at most, rounded up to a power of two */
  constructor(most = REMEMBERED) {
    this.most = 2 ** Math.ceil(Math.log2(Math.max(1, most)));
    this.places = Math.min(FIRST, this.most);
    this.entries = new Int32Array(this.places * WIDTH).fill(-1);
  }

  get(a: number, b: number): number | undefined {
    const { entries, places } = this;
    const first = placeOf(a, b, places);
    for (let near = 0; near < NEAR; near++) {
      const at = ((first + near) & (places - 1)) * WIDTH;
      const left = entries[at];
      if (left === a && entries[at + 1] === b) {
        return entries[at + 2];
      }
      if (left === -1) {
        return undefined;
      }
    }
    return undefined;
  }

  /** @param value a number of 32 bits */
  set(a: number, b: number, value: number): void {
    if (this.used * 2 > this.places && this.places < this.most) {
      this.grow();
    }
    this.put(a, b, value);
  }

  private put(a: number, b: number, value: number): void {
    const { entries, places } = this;
    const first = placeOf(a, b, places);
    let place = first;
    for (let near = 0; near < NEAR; near++) {
      const at = (first + near) & (places - 1);
      const left = entries[at * WIDTH];
      if (left === -1 || (left === a && entries[at * WIDTH + 1] === b)) {
        place = at;
        break;
      }
    }
    const at = place * WIDTH;
    this.used += entries[at] === -1 ? 1 : 0;
    entries[at] = a;
    entries[at + 1] = b;
    entries[at + 2] = value;
  }

  private grow(): void {
    const { entries } = this;
    this.places *= 2;
    this.entries = new Int32Array(this.places * WIDTH).fill(-1);
    this.used = 0;
    for (let at = 0; at < entries.length; at += WIDTH) {
      if (entries[at] !== -1) {
        this.put(entries[at] as number, entries[at + 1] as number, entries[at + 2] as number);
      }
    }
  }
}

function placeOf(a: number, b: number, places: number): number {
  const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & (places - 1);
}
