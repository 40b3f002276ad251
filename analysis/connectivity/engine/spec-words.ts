import { NONE, type PortSets } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';
import type { SpecAdder } from './spec-adder';
import type { Sums } from './sums';

/** With more parts than this, specifications are added up as they are. */
const MOST_PARTS = 4096;

/** So many bits a number has. */
const BITS = 32;

/** So many results are kept, of one number each: half of them for two, and so on. */
const REMEMBERED = 2 ** 16;

/**
 * Specifications of ports as bits, in as many numbers as it takes: one for each of the ranges that they divide all ports into,
 * and one for each name. What several come to is found without any memory, and only what is asked for becomes a specification:
 * where policies have hundreds of ports, each pair of workloads may have others.
 */
export class SpecWords implements SpecAdder {
  private readonly width: number;
  /** By code: its bits. Those of nothing are the first. */
  private readonly bits: number[];
  private readonly codes = new Map<SpecId, number>([[NONE, 0]]);
  /** By the first port of a range, or by a name: its part. */
  private readonly partOf: ReadonlyMap<number | string, number>;
  /** The ranges of a result, while it is put together. */
  private readonly bounds: Int32Array;
  /** By hash: bits that were asked for, and their specification; -1 for none. */
  private readonly asked: Int32Array;
  private readonly known: Int32Array;

  /**
   * @param firsts the first port of each range, in ascending order
   * @param lasts the last port of each
   * @param names in alphabetical order
   */
  private constructor(
    private readonly firsts: Int32Array,
    private readonly lasts: Int32Array,
    private readonly names: readonly string[],
    private readonly specs: PortSpecs,
    private readonly sets: PortSets,
  ) {
    this.partOf = new Map([...firsts, ...names].map((one, part) => [one, part]));
    const width = Math.ceil(this.partOf.size / BITS);
    this.width = width;
    this.bits = new Array<number>(width).fill(0);
    this.bounds = new Int32Array(firsts.length * 2);
    this.known = new Int32Array(2 ** Math.ceil(Math.log2(REMEMBERED / (width + 1)))).fill(-1);
    this.asked = new Int32Array(this.known.length * width);
  }

  /** The bits of some specifications, and of what they are together; `undefined` where there are too many parts. */
  static of(all: Iterable<SpecId>, specs: PortSpecs, sets: PortSets): SpecWords | undefined {
    /** By port: how many more ranges begin there than end before it. */
    const steps = new Map<number, number>();
    const names = new Set<string>();
    for (const spec of all) {
      const { numbers, names: own } = specs.specOf(spec);
      for (const name of own) {
        names.add(name);
      }
      for (const [at, bound] of sets.boundsOf(numbers).entries()) {
        const port = bound + (at % 2);
        steps.set(port, (steps.get(port) ?? 0) + 1 - 2 * (at % 2));
      }
      if (steps.size + names.size > MOST_PARTS) {
        return undefined;
      }
    }
    const sorted = [...steps.keys()].sort((a, b) => a - b);
    const firsts: number[] = [];
    const lasts: number[] = [];
    let open = 0;
    for (const [at, port] of sorted.entries()) {
      open += steps.get(port) as number;
      if (open > 0) {
        firsts.push(port);
        lasts.push((sorted[at + 1] as number) - 1);
      }
    }
    return new SpecWords(Int32Array.from(firsts), Int32Array.from(lasts), [...names].sort(), specs, sets);
  }

  codeOf(spec: SpecId): number {
    let code = this.codes.get(spec);
    if (code === undefined) {
      const { codes, bits, width, partOf, lasts } = this;
      const first = bits.length;
      code = codes.size;
      codes.set(spec, code);
      for (let word = 0; word < width; word++) {
        bits.push(0);
      }
      const mark = (part: number) => {
        const word = first + Math.floor(part / BITS);
        bits[word] = (bits[word] as number) | (1 << (part % BITS));
      };
      const { numbers, names } = this.specs.specOf(spec);
      const bounds = this.sets.boundsOf(numbers);
      for (let at = 0; at < bounds.length; at += 2) {
        for (
          let part = partOf.get(bounds[at] as number) as number;
          (lasts[part] as number) <= (bounds[at + 1] as number);
          part++
        ) {
          mark(part);
        }
      }
      for (const name of names) {
        mark(partOf.get(name) as number);
      }
    }
    return code;
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
    const slot = hash & (known.length - 1);
    let isKnown = known[slot] !== -1;
    for (let word = 0; isKnown && word < width; word++) {
      isKnown = asked[slot * width + word] === words[place + word];
    }
    if (!isKnown) {
      asked.set(words.subarray(place, place + width), slot * width);
      known[slot] = this.made(words, place);
    }
    return known[slot] as SpecId;
  }

  private made(words: Int32Array, place: number): SpecId {
    const { width, bounds, firsts, lasts } = this;
    const names: string[] = [];
    let end = 0;
    for (let word = 0; word < width; word++) {
      for (let left = words[place + word] as number; left !== 0; left &= left - 1) {
        const part = word * BITS + 31 - Math.clz32(left & -left);
        const first = firsts[part] as number;
        if (part >= firsts.length) {
          names.push(this.names[part - firsts.length] as string);
        } else if (end > 0 && (bounds[end - 1] as number) + 1 === first) {
          bounds[end - 1] = lasts[part] as number;
        } else {
          bounds[end++] = first;
          bounds[end++] = lasts[part] as number;
        }
      }
    }
    return this.specs.intern({ numbers: this.sets.of(bounds, end), names });
  }
}
