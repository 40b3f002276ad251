import type { PortSpecs, SpecId } from './port-specs';
import type { Sums } from './sums';

/** A way to add up specifications of ports, of which it knows all that may occur. */
export interface SpecAdder {
  /** What stands for a specification while it is added up; 0 for nothing. */
  codeOf(spec: SpecId): number;

  /**
   * Adds up all lists.
   *
   * @param worthOf the codes of what a number alone comes to
   * @returns what a sum comes to: good until the next call
   */
  addUp(sums: Sums, worthOf: (id: number) => readonly number[]): (sum: number) => SpecId;
}

/** Adds specifications up as they are, whatever they are put together from. */
export class PlainAdder implements SpecAdder {
  constructor(private readonly specs: PortSpecs) {}

  codeOf(spec: SpecId): number {
    return spec;
  }

  addUp(sums: Sums, worthOf: (id: number) => readonly number[]): (sum: number) => SpecId {
    const { specs } = this;
    const found = sums.addUp(
      (id) => specs.unionOf(worthOf(id)),
      (one, other) => specs.union(one, other),
    );
    return (sum) => found[sum] as SpecId;
  }
}
