import type { Ids } from './id-set';
import type { Memberships } from './memberships';
import { NONE } from './port-sets';
import type { SpecId } from './port-specs';
import type { PodPart, PodProfile } from './profiles';
import type { SpecAdder } from './spec-adder';
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

  /** By number; with codes in the place of specifications. */
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
    private readonly adder: SpecAdder,
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
    this.parts = [...ids.keys()].map((part) => inCodes(part, adder));
    this.steps = sums.size + this.parts.reduce((rules, { peers }) => rules + peers.size, 0);
  }

  /** Tells what each of the profiles allows to a class, if it is anything. */
  to(id: number, tell: (profile: number, ports: SpecId) => void): void {
    const { adder, sums, numbers, sumOf } = this;
    const found = adder.addUp(sums, (part) => this.allowed(this.parts[part] as PodPart, id));
    for (let at = 0; at < numbers.length; at++) {
      const ports = found(sumOf[at] as number);
      if (ports !== NONE) {
        tell(numbers[at] as number, ports);
      }
    }
  }

  private allowed({ everybody, peers }: PodPart, id: number): readonly number[] {
    const open = this.others.openTo(peers, id);
    open.push(everybody);
    return open;
  }
}

/** A part with codes in the place of specifications. */
function inCodes({ everybody, peers }: PodPart, adder: SpecAdder): PodPart {
  return {
    everybody: adder.codeOf(everybody),
    peers: new Map([...peers].map(([group, ports]) => [group, adder.codeOf(ports)])),
  };
}
