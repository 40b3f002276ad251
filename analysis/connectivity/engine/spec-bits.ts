import { NONE, type PortSets } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';
import type { SpecAdder } from './spec-adder';
import type { Sums } from './sums';

/** So many parts fit into a number. */
const MOST_PARTS = 30;

/** With so many parts there is a place for each combination. */
const FEW_PARTS = 16;

/** So many combinations are kept where there are more. */
const REMEMBERED = 2 ** 20;

/**
 * Specifications of ports as numbers with a bit for each of the parts that they are put together from. Few parts may make very
 * many specifications, and what two of them are together is found without any memory.
 */
export class SpecBits implements SpecAdder {
  private readonly bits = new Map<SpecId, number>();
  private readonly places: Int32Array | undefined;
  private readonly known = new Map<number, SpecId>();

  private constructor(
    private readonly parts: readonly SpecId[],
    private readonly specs: PortSpecs,
  ) {
    this.places = parts.length <= FEW_PARTS ? new Int32Array(2 ** parts.length).fill(-1) : undefined;
  }

  /** The bits of some specifications, and of what they are together; `undefined` where there are too many parts. */
  static of(all: ReadonlySet<SpecId>, specs: PortSpecs, sets: PortSets): SpecBits | undefined {
    const names = new Set<string>();
    const seen = new Set([NONE]);
    let parts: number[] = [];
    for (const spec of all) {
      const { numbers, names: own } = specs.specOf(spec);
      for (const name of own) {
        names.add(name);
      }
      if (!seen.has(numbers)) {
        seen.add(numbers);
        const divided = parts.flatMap((part) => [sets.intersection(part, numbers), sets.difference(part, numbers)]);
        const more = parts.reduce((left, part) => sets.difference(left, part), numbers);
        parts = [...divided, more].filter((part) => part !== NONE);
      }
      if (parts.length + names.size > MOST_PARTS) {
        return undefined;
      }
    }
    const bits = new SpecBits(
      [
        ...parts.map((numbers) => specs.intern({ numbers, names: [] })),
        ...[...names].map((name) => specs.intern({ numbers: NONE, names: [name] })),
      ],
      specs,
    );
    const namesAt = new Map([...names].map((name, at) => [name, parts.length + at]));
    for (const spec of all) {
      const { numbers, names: own } = specs.specOf(spec);
      let value = 0;
      for (const [at, part] of parts.entries()) {
        value |= sets.intersection(part, numbers) === NONE ? 0 : 1 << at;
      }
      for (const name of own) {
        value |= 1 << (namesAt.get(name) as number);
      }
      bits.bits.set(spec, value);
    }
    return bits;
  }

  addUp(sums: Sums, worthOf: (id: number) => readonly number[]): (sum: number) => SpecId {
    const found = sums.bitsUp((id) => worthOf(id).reduce((all, one) => all | one, 0));
    return (sum) => this.specOf(found[sum] as number);
  }

  /** The bits of one of the specifications. */
  codeOf(spec: SpecId): number {
    return spec === NONE ? 0 : (this.bits.get(spec) as number);
  }

  /** The specification that bits stand for. */
  specOf(bits: number): SpecId {
    const { places, known } = this;
    const place = places?.[bits] ?? -1;
    if (place !== -1) {
      return place;
    }
    let spec = known.get(bits);
    if (spec === undefined) {
      spec = this.specs.unionOf(this.parts.filter((_, at) => (bits & (1 << at)) !== 0));
      if (places !== undefined) {
        places[bits] = spec;
      } else {
        if (known.size >= REMEMBERED) {
          known.clear();
        }
        known.set(bits, spec);
      }
    }
    return spec;
  }
}
