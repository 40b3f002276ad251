import { ADDRESSES_END, type AddressRange } from '../addresses';
import { type Decision, decide, type Matching, type Reading, UNDECIDED } from './decide';
import type { IdSet, Ids } from './id-set';
import type { PortSets } from './port-sets';
import { NO_NAMES, type PortSpecs, type TableId } from './port-specs';
import { NO_PROGRAM, type Program, type Programs, type Step } from './programs';
import { type Segments, segmentsAt } from './segments';

/** The sets of pods that a peer is in, as a number that peers in the same sets share. */
export type SignatureId = number;

/** The sets as `Memberships` has them: a set of nearly all holds whomever it is not known to miss. */
interface Signature {
  readonly holding: ReadonlySet<number>;
  readonly missing: ReadonlySet<number>;
}

/** What the programs of one direction come to, computed once for all peers that are in the same sets. */
export class Ordered {
  private signatures: Signature[] = [];
  private readonly signatureIds = new Map<string, SignatureId>();
  private readonly decisions = new Map<string, Decision>();
  private readonly outside = new Map<string, { readonly fixed: Segments; readonly gate: Segments }>();

  constructor(
    private readonly programs: Programs,
    private readonly members: readonly IdSet[],
    private readonly specs: PortSpecs,
    private readonly sets: PortSets,
    private readonly reading: Reading,
  ) {}

  /** The same with other sets of ports. */
  with(specs: PortSpecs, sets: PortSets): Ordered {
    const other = new Ordered(this.programs, this.members, specs, sets, this.reading);
    other.signatures = this.signatures;
    return other;
  }

  /**
   * The signature of a peer, as `Memberships` has it.
   *
   * @param holding the sets that hold it, but for those of nearly all
   * @param missing the sets of nearly all that miss it
   */
  signature(holding: Ids, missing: Ids): SignatureId {
    const key = `${holding.join(' ')}-${missing.join(' ')}`;
    let id = this.signatureIds.get(key);
    if (id === undefined) {
      id = this.signatures.push({ holding: new Set(holding), missing: new Set(missing) }) - 1;
      this.signatureIds.set(key, id);
    }
    return id;
  }

  namesPorts(program: number): boolean {
    return (this.programs.list[program] as Program).namesPorts;
  }

  /** What a program says of a peer, where the receiving end has these named ports. */
  decide(program: number, signature: SignatureId, table: TableId): Decision {
    if (program === NO_PROGRAM) {
      return UNDECIDED;
    }
    const named = this.namesPorts(program) ? table : NO_NAMES;
    const key = `${program} ${signature} ${named}`;
    let decision = this.decisions.get(key);
    if (decision === undefined) {
      const { holding, missing } = this.signatures[signature] as Signature;
      const isIn = (group: number) => (this.members[group]?.isNearlyAll ? !missing.has(group) : holding.has(group));
      decision = this.ask(program, named, ({ everybody, groups, doubtful, isDoubtful }) => {
        if (everybody || groups.some(isIn)) {
          return true;
        }
        return isDoubtful || doubtful.some(isIn) ? undefined : false;
      });
      this.decisions.set(key, decision);
    }
    return decision;
  }

  /** What a program says of addresses outside. */
  decideOutside(program: number, table: TableId): { readonly fixed: Segments; readonly gate: Segments } {
    const named = this.namesPorts(program) ? table : NO_NAMES;
    const key = `${program} ${named}`;
    let segments = this.outside.get(key);
    if (segments === undefined) {
      const { tiers } = this.programs.list[program] as Program;
      const ranges = tiers
        .flatMap(({ blocks }) => blocks)
        .flatMap((block) => (block === 'network-policies' ? [] : block.flat()))
        .flatMap((step) => [...step.ranges, ...step.doubtfulRanges]);
      const starts = boundsOf(ranges);
      const decisions = starts.map((start) =>
        this.ask(program, named, (step) => {
          if (step.everybody || holds(step.ranges, start)) {
            return true;
          }
          return step.isDoubtful || holds(step.doubtfulRanges, start) ? undefined : false;
        }),
      );
      segments = {
        fixed: segmentsAt(
          starts,
          decisions.map(({ fixed }) => fixed),
        ),
        gate: segmentsAt(
          starts,
          decisions.map(({ gate }) => gate),
        ),
      };
      this.outside.set(key, segments);
    }
    return segments;
  }

  private ask(program: number, table: TableId, matches: (step: Step) => boolean | undefined): Decision {
    const matching: Matching<Step> = { matches, portsOf: ({ ports }) => this.specs.resolve(ports, table) };
    return decide(this.programs.list[program] as Program, matching, this.sets, this.reading);
  }
}

function boundsOf(ranges: readonly AddressRange[]): readonly bigint[] {
  return [...new Set([0n, ...ranges.flatMap(({ start, end }) => [start, end])])]
    .filter((start) => start < ADDRESSES_END)
    .sort((a, b) => (a < b ? -1 : 1));
}

function holds(ranges: readonly AddressRange[], address: bigint): boolean {
  return ranges.some(({ start, end }) => start <= address && address < end);
}
