import type { Ids } from './id-set';
import type { Memberships } from './memberships';
import { NONE } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';
import type { PodPart, PodProfile } from './profiles';
import type { SpecBits } from './spec-bits';
import { Sums } from './sums';

/**
 * Profiles to which the same policies add in ever other combinations. What a policy allows to a class is found once for all of
 * them, and what several profiles have in common of it is put together once.
 */
export class SharedParts {
  /** The profiles that it knows. */
  readonly profiles: ReadonlySet<number>;
  /** How many steps it takes to tell what is allowed to a class. */
  readonly steps: number;

  /** By number; with bits instead of specifications, if there are any. */
  private readonly parts: readonly PodPart[];
  private readonly sums: Sums;
  private readonly numbers: Int32Array;
  private readonly sumOf: Int32Array;

  /**
   * @param own the profiles that matter, some of which may not be of parts
   * @param all what the numbers of profiles stand for
   */
  constructor(
    own: Iterable<number>,
    all: readonly PodProfile[],
    private readonly others: Memberships,
    private readonly specs: PortSpecs,
    private readonly bits: SpecBits | undefined,
  ) {
    const lists = [...own].flatMap((profile): [number, readonly PodPart[]][] => {
      const { parts } = all[profile] as PodProfile;
      return parts === undefined ? [] : [[profile, parts]];
    });
    const ids = new Map<PodPart, number>();
    for (const part of lists.flatMap(([, parts]) => parts)) {
      ids.set(part, ids.get(part) ?? ids.size);
    }
    const sums = new Sums(ids.size);
    const numbers = (parts: readonly PodPart[]): Ids =>
      parts.map((part) => ids.get(part) as number).sort((a, b) => a - b);
    this.sumOf = Int32Array.from(lists, ([, parts]) => sums.of(numbers(parts)));
    this.numbers = Int32Array.from(lists, ([profile]) => profile);
    this.profiles = new Set(this.numbers);
    this.sums = sums;
    this.parts = [...ids.keys()].map((part) => (bits === undefined ? part : inBits(part, bits)));
    this.steps = sums.size + this.parts.reduce((rules, { peers }) => rules + peers.size, 0);
  }

  /** Tells what each of the profiles allows to a class, if it is anything. */
  to(id: number, tell: (profile: number, ports: SpecId) => void): void {
    const { bits, numbers, sumOf } = this;
    const worthOf = (part: number) => this.allowed(this.parts[part] as PodPart, id);
    const found =
      bits === undefined
        ? this.sums.addUp(worthOf, (one, other) => this.specs.union(one, other))
        : this.sums.bitsUp(worthOf);
    for (let at = 0; at < numbers.length; at++) {
      const value = found[sumOf[at] as number] as number;
      const ports = bits === undefined ? value : bits.specOf(value);
      if (ports !== NONE) {
        tell(numbers[at] as number, ports);
      }
    }
  }

  private allowed({ everybody, peers }: PodPart, id: number): number {
    const open = this.others.openTo(peers, id);
    open.push(everybody);
    return this.bits === undefined ? this.specs.unionOf(open) : open.reduce((all, one) => all | one);
  }
}

/** A part with bits in the place of specifications. */
function inBits({ everybody, peers }: PodPart, bits: SpecBits): PodPart {
  return {
    everybody: bits.bitsOf(everybody),
    peers: new Map([...peers].map(([group, ports]) => [group, bits.bitsOf(ports)])),
  };
}
