import { NONE, type PortSets } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';
import type { SpecAdder } from './spec-adder';
import type { Sums } from './sums';

/** With more ranges than this, specifications are added up as they are. */
const MOST_RANGES = 4096;

/** So many bits a number has, and so many results are kept; a power of two. */
const BITS = 32;
const REMEMBERED = 4096;

/**
 * Specifications of ports without names as bits for each of the ranges that they divide all ports into, in as many numbers as it
 * takes. Where each pair of workloads has other ones of hundreds of ports, what several come to takes no more than these numbers,
 * and only what is asked for becomes a set.
 */
export class SpecWords implements SpecAdder {
  private readonly width: number;
  /** By code: its bits. Those of nothing are the first. */
  private readonly bits: Int32Array;
  private readonly codes = new Map<SpecId, number>([[NONE, 0]]);
  /** The ranges of a result, while it is put together. */
  private readonly bounds: Int32Array;
  /** By hash: bits that were asked for, and their specification; -1 for none. */
  private readonly asked: Int32Array;
  private readonly known = new Int32Array(REMEMBERED).fill(-1);

  /** @param firsts the first port of each range, and @param lasts its last one; in ascending order */
  private constructor(
    all: ReadonlySet<SpecId>,
    private readonly firsts: readonly number[],
    private readonly lasts: readonly number[],
    private readonly sets: PortSets,
  ) {
    const width = Math.ceil(firsts.length / BITS);
    this.width = width;
    this.bits = new Int32Array((all.size + 1) * width);
    this.bounds = new Int32Array(firsts.length * 2);
    this.asked = new Int32Array(REMEMBERED * width);
    const placeOf = new Map(firsts.map((first, place) => [first, place]));
    for (const spec of all) {
      if (!this.codes.has(spec)) {
        const code = this.codes.size;
        this.codes.set(spec, code);
        const bounds = sets.boundsOf(spec);
        for (let at = 0; at < bounds.length; at += 2) {
          let place = placeOf.get(bounds[at] as number) as number;
          for (; (firsts[place] ?? Number.POSITIVE_INFINITY) <= (bounds[at + 1] as number); place++) {
            const word = code * width + Math.floor(place / BITS);
            this.bits[word] = (this.bits[word] as number) | (1 << (place % BITS));
          }
        }
      }
    }
  }

  /** The bits of some specifications, and of what they are together; `undefined` where there are names or too many ranges. */
  static of(all: ReadonlySet<SpecId>, specs: PortSpecs, sets: PortSets): SpecWords | undefined {
    /** The first port of each range, or the one behind its last. */
    const starts = new Set<number>();
    for (const spec of all) {
      if (specs.hasNames(spec)) {
        return undefined;
      }
      const bounds = sets.boundsOf(spec);
      for (let at = 0; at < bounds.length; at += 2) {
        starts.add(bounds[at] as number).add((bounds[at + 1] as number) + 1);
      }
      if (starts.size > MOST_RANGES) {
        return undefined;
      }
    }
    const sorted = [...starts].sort((a, b) => a - b);
    const covered = sets.boundsOf(sets.unionOf(all));
    const [firsts, lasts]: [number[], number[]] = [[], []];
    for (let at = 0, place = 0; place < sorted.length; place++) {
      const first = sorted[place] as number;
      while ((covered[at + 1] ?? Number.POSITIVE_INFINITY) < first) {
        at += 2;
      }
      if ((covered[at] ?? Number.POSITIVE_INFINITY) <= first) {
        firsts.push(first);
        lasts.push((sorted[place + 1] as number) - 1);
      }
    }
    return new SpecWords(all, firsts, lasts, sets);
  }

  codeOf(spec: SpecId): number {
    return this.codes.get(spec) as number;
  }

  addUp(sums: Sums, worthOf: (id: number) => readonly number[]): (sum: number) => SpecId {
    const { width, bits } = this;
    const found = sums.wordsUp(width, (id, words, place) => {
      for (const code of worthOf(id)) {
        for (let word = 0; word < width; word++) {
          words[place + word] = (words[place + word] as number) | (bits[code * width + word] as number);
        }
      }
    });
    return (sum) => (sum === 0 ? NONE : this.specOf(found, sum * width));
  }

  /** The specification that the bits at a place stand for. */
  private specOf(words: Int32Array, place: number): SpecId {
    const { width, asked, known } = this;
    let hash = 0;
    for (let word = 0; word < width; word++) {
      hash = Math.imul(hash ^ (words[place + word] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const slot = hash & (REMEMBERED - 1);
    let isKnown = known[slot] !== -1;
    for (let word = 0; isKnown && word < width; word++) {
      isKnown = asked[slot * width + word] === words[place + word];
    }
    if (!isKnown) {
      asked.set(words.subarray(place, place + width), slot * width);
      known[slot] = this.setOf(words, place);
    }
    return known[slot] as SpecId;
  }

  private setOf(words: Int32Array, place: number): SpecId {
    const { width, bounds, firsts, lasts } = this;
    let end = 0;
    for (let word = 0; word < width; word++) {
      for (let left = words[place + word] as number; left !== 0; left &= left - 1) {
        const range = word * BITS + 31 - Math.clz32(left & -left);
        const first = firsts[range] as number;
        if (end > 0 && (bounds[end - 1] as number) + 1 === first) {
          end--;
        } else {
          bounds[end++] = first;
        }
        bounds[end++] = lasts[range] as number;
      }
    }
    return this.sets.of(bounds, end);
  }
}
