import { Allowances } from './allowances';
import type { Ids } from './id-set';
import { PairMemory } from './memory';
import type { Ordered, SignatureId } from './ordered';
import { NONE, type PortSet, type PortSets } from './port-sets';
import { NO_NAMES, type PortSpecs, type SpecId } from './port-specs';
import { NO_PROGRAM } from './programs';
import type { Side } from './side';
import { SizedMemory } from './sized-memory';

/** What is no set of ports. */
const UNKNOWN = -1;

/**
 * The classes of targets to which one class of sources may connect, in no order, and on which ports; never on none. Good until the
 * next row is asked.
 */
export interface Row {
  readonly classes: Int32Array;
  readonly ports: Int32Array;
}

/** Targets that open something to a source, and which ports; never none. */
interface Received {
  readonly targets: Int32Array;
  readonly ports: Int32Array;
}

/** So many targets are kept in what sources receive. */
const REMEMBERED = 1_000_000;

/**
 * Finds what sources may connect to. Both ends must allow a connection.
 *
 * Only those pairs are looked at that a rule of one of the two ends allows. A row therefore costs about as much as it is
 * long.
 */
export class Rows {
  /** What sources allow, and what targets allow. */
  private readonly out: Allowances;
  private readonly in: Allowances;
  /** By target class, while a row is made: what the source allows if that is not what it allows to most. */
  private readonly egress: Int32Array;
  /** The same of what programs of targets open. */
  private readonly ingress: Int32Array;
  /** The row that is made, and what is received, each target once. */
  private readonly row: Row;
  private readonly taken: Received;
  /** By number of the sets of peers that sources are in: whether there are several of them. */
  private readonly isShared: Uint8Array;
  /** By what sets of peers a source is in: what NetworkPolicies of targets open to it. */
  private readonly received = new SizedMemory<Received>(REMEMBERED, ({ targets }) => targets.length);
  /** By profile of targets, while a row is made: what it allows to the source; -1 where nobody has asked. */
  private readonly ofProfile: Int32Array;
  /** Targets by profile, one behind the other, and where those of each profile begin. */
  private readonly byProfile: Int32Array;
  private readonly firstOf: Int32Array;
  /** By program: how many targets it may open. By signature: how many targets may open to it by their programs. */
  private readonly outCounts = new Map<number, number>();
  private readonly inCounts = new Map<SignatureId, number>();
  /** How many targets are open to most sources. */
  private openToMost: number | undefined;
  /** By source and target: what was asked of single pairs. */
  private readonly pairs = new PairMemory();

  constructor(
    private readonly sources: Side,
    private readonly targets: Side,
    private readonly specs: PortSpecs,
    private readonly sets: PortSets,
    private readonly ordered: { readonly egress: Ordered; readonly ingress: Ordered },
  ) {
    this.out = new Allowances(sources, targets.memberships, specs, sets);
    this.in = new Allowances(targets, sources.memberships, specs, sets);
    this.ofProfile = new Int32Array(targets.profiles.length).fill(UNKNOWN);
    const count = targets.profileOf.length;
    this.egress = new Int32Array(count).fill(UNKNOWN);
    this.ingress = new Int32Array(count).fill(NONE);
    this.row = { classes: new Int32Array(count), ports: new Int32Array(count) };
    this.taken = { targets: new Int32Array(count), ports: new Int32Array(count) };
    this.byProfile = new Int32Array(count);
    this.firstOf = new Int32Array(targets.profiles.length + 1);
    let place = 0;
    for (let profile = 0; profile < targets.profiles.length; profile++) {
      for (const target of targets.withProfile.get(profile) ?? []) {
        this.byProfile[place++] = target;
      }
      this.firstOf[profile + 1] = place;
    }
    this.isShared = sharedIn(sources.memberships.kindOf);
  }

  /** All classes of targets to which a class of sources may connect. */
  of(source: number): Row {
    const { rest, classes: named, ports: specs } = this.out.of(this.sources.profileOf[source] as number);
    for (const [at, target] of named.entries()) {
      this.egress[target] = this.resolve(specs[at] as SpecId, target);
    }
    const isOfNamed = rest === NONE && this.letsFewer(source) && !this.in.isQuick(source, named.length);
    const row = isOfNamed ? this.toNamed(source, named) : this.toOpen(source, rest);
    for (const target of named) {
      this.egress[target] = UNKNOWN;
    }
    return row;
  }

  /** The row of a source that lets nothing out but to those whom it names, and where its program opens something. */
  private toNamed(source: number, named: Ids): Row {
    const { classes, ports } = this.row;
    let count = 0;
    const asked: number[] = [];
    const add = (target: number, egress: PortSet) => {
      const open =
        egress === NONE ? NONE : this.sets.intersection(egress, this.allowedIn(source, target, this.ofProfile, asked));
      if (open !== NONE) {
        classes[count] = target;
        ports[count++] = open;
      }
    };
    const program = this.sources.programOf[source] as number;
    for (const target of named) {
      add(target, this.decided(program, target, this.egress[target] as PortSet));
    }
    this.fixedOut(program, add);
    for (const profile of asked) {
      this.ofProfile[profile] = UNKNOWN;
    }
    return { classes: classes.subarray(0, count), ports: ports.subarray(0, count) };
  }

  /** The row of any other source: of all that is open to it. */
  private toOpen(source: number, rest: SpecId): Row {
    const { classes, ports } = this.row;
    let count = 0;
    const program = this.sources.programOf[source] as number;
    const { targets, ports: ingress } = this.receivedBy(source);
    const { egress, specs, sets } = this;
    // What has no names is the same for each target.
    const same = specs.hasNames(rest) ? UNKNOWN : specs.resolve(rest, NO_NAMES);
    for (let at = 0; at < targets.length; at++) {
      const target = targets[at] as number;
      let out = egress[target] as PortSet;
      if (out === UNKNOWN) {
        out = same === UNKNOWN ? this.resolve(rest, target) : same;
      }
      if (program !== NO_PROGRAM) {
        out = this.decided(program, target, out);
      }
      const open = sets.intersection(out, ingress[at] as PortSet);
      if (open !== NONE) {
        classes[count] = target;
        ports[count++] = open;
      }
    }
    return { classes: classes.subarray(0, count), ports: ports.subarray(0, count) };
  }

  /** The ports on which one class may connect to another. */
  between(source: number, target: number): PortSet {
    let ports = this.pairs.get(source, target);
    if (ports === undefined) {
      ports = this.sets.intersection(this.allowedOut(source, target), this.allowedIn(source, target));
      this.pairs.set(source, target, ports);
    }
    return ports;
  }

  /** Adds what the program of a source opens to those whom its NetworkPolicies do not name. */
  private fixedOut(program: number, add: (target: number, egress: PortSet) => void): void {
    const { egress } = this.ordered;
    for (const [signature, classes] of program === NO_PROGRAM ? [] : this.targets.withSignature) {
      if (this.mayOpen(egress, program, signature)) {
        for (const target of classes) {
          if (this.egress[target] === UNKNOWN) {
            add(target, egress.decide(program, signature, this.targets.tableOf[target] as number).fixed);
          }
        }
      }
    }
  }

  /** Whether a program opens anything beside what NetworkPolicies do; where it names ports, that is left open. */
  private mayOpen(ordered: Ordered, program: number, signature: SignatureId): boolean {
    return ordered.namesPorts(program) || ordered.decide(program, signature, NO_NAMES).fixed !== NONE;
  }

  /** Whether a source opens the way to fewer targets than are open to it. */
  private letsFewer(source: number): boolean {
    const program = this.sources.programOf[source] as number;
    if (program === NO_PROGRAM) {
      return true;
    }
    const signature = this.sources.signatureOf[source] as SignatureId;
    const { egress, ingress } = this.ordered;
    let out = this.outCounts.get(program);
    if (out === undefined) {
      out = count(this.targets.withSignature, (peer) => this.mayOpen(egress, program, peer));
      this.outCounts.set(program, out);
    }
    this.openToMost ??= this.countToMost();
    let into = this.inCounts.get(signature);
    if (into === undefined) {
      into = count(this.targets.withProgram, (other) => this.mayOpen(ingress, other, signature));
      this.inCounts.set(signature, into);
    }
    return out <= into + this.openToMost;
  }

  private countToMost(): number {
    const toMost = new Set(this.in.toMost);
    return count(this.targets.withProfile, (profile) => toMost.has(profile));
  }

  /** What is open to a source where it is received. */
  private receivedBy(source: number): Received {
    const kind = this.sources.memberships.kindOf[source] as number;
    const additive =
      this.isShared[kind] === 1
        ? this.received.of(kind, () => {
            const { targets, ports } = this.additive(source);
            return { targets: targets.slice(), ports: ports.slice() };
          })
        : this.additive(source);
    return this.targets.withProgram.size === 0 ? additive : this.decidedIn(source, additive);
  }

  /** What NetworkPolicies of targets open to a source, and to any other in the same sets: good until the next one is asked. */
  private additive(source: number): Received {
    const { targets, ports: open } = this.taken;
    let count = 0;
    const { profiles, ports } = this.in.to(source);
    const { byProfile, firstOf } = this;
    for (let at = 0; at < profiles.length; at++) {
      const profile = profiles[at] as number;
      const end = firstOf[profile + 1] as number;
      for (let place = firstOf[profile] as number; place < end; place++) {
        const target = byProfile[place] as number;
        const resolved = this.resolve(ports[at] as SpecId, target);
        if (resolved !== NONE) {
          targets[count] = target;
          open[count++] = resolved;
        }
      }
    }
    return { targets: targets.subarray(0, count), ports: open.subarray(0, count) };
  }

  /** What is open after all where NetworkPolicies open this much: programs gate it, and open more beside. */
  private decidedIn(source: number, additive: Received): Received {
    const { ingress } = this.ordered;
    const { programOf, tableOf, withProgram } = this.targets;
    const signature = this.sources.signatureOf[source] as SignatureId;
    const targets = [...additive.targets];
    for (const [at, target] of additive.targets.entries()) {
      const program = programOf[target] as number;
      const { fixed, gate } = ingress.decide(program, signature, tableOf[target] as number);
      this.ingress[target] = this.sets.union(fixed, this.sets.intersection(gate, additive.ports[at] as PortSet));
    }
    for (const [program, classes] of withProgram) {
      if (this.mayOpen(ingress, program, signature)) {
        for (const target of classes) {
          const { fixed } = ingress.decide(program, signature, tableOf[target] as number);
          if (this.ingress[target] === NONE && fixed !== NONE) {
            targets.push(target);
            this.ingress[target] = fixed;
          }
        }
      }
    }
    const ports = Int32Array.from(targets, (target) => this.ingress[target] as PortSet);
    for (const target of targets) {
      this.ingress[target] = NONE;
    }
    return { targets: Int32Array.from(targets), ports };
  }

  private allowedOut(source: number, target: number): PortSet {
    const ports = this.out.between(this.sources.profileOf[source] as number, target);
    return this.decided(this.sources.programOf[source] as number, target, this.resolve(ports, target));
  }

  /**
   * @param known by profile, what it allows to this source, as far as that was asked before
   * @param asked the profiles that were asked
   */
  private allowedIn(source: number, target: number, known?: Int32Array, asked: number[] = []): PortSet {
    const profile = this.targets.profileOf[target] as number;
    let ports = known?.[profile] ?? UNKNOWN;
    if (ports === UNKNOWN) {
      ports = this.in.between(profile, source);
      if (known !== undefined) {
        known[profile] = ports;
        asked.push(profile);
      }
    }
    const additive = this.resolve(ports, target);
    const program = this.targets.programOf[target] as number;
    if (program === NO_PROGRAM) {
      return additive;
    }
    const table = this.targets.tableOf[target] as number;
    const { fixed, gate } = this.ordered.ingress.decide(program, this.sources.signatureOf[source] as number, table);
    return this.sets.union(fixed, this.sets.intersection(gate, additive));
  }

  /** What is open from a source with a program to a target, where NetworkPolicies open this much. */
  private decided(program: number, target: number, additive: PortSet): PortSet {
    if (program === NO_PROGRAM) {
      return additive;
    }
    const { signatureOf, tableOf } = this.targets;
    const { fixed, gate } = this.ordered.egress.decide(
      program,
      signatureOf[target] as SignatureId,
      tableOf[target] as number,
    );
    return this.sets.union(fixed, this.sets.intersection(gate, additive));
  }

  /** Names of ports mean what the receiving pod calls so. */
  private resolve(ports: SpecId, target: number): PortSet {
    return this.specs.resolve(ports, this.targets.tableOf[target] as number);
  }
}

function count(classes: ReadonlyMap<number, Ids>, counts: (key: number) => boolean): number {
  let sum = 0;
  for (const [key, ids] of classes) {
    sum += counts(key) ? ids.length : 0;
  }
  return sum;
}

/** By number: whether it occurs several times. */
function sharedIn(numbers: Int32Array): Uint8Array {
  const seen = new Uint8Array(numbers.length);
  const shared = new Uint8Array(numbers.length);
  for (const number of numbers) {
    shared[number] = seen[number] as number;
    seen[number] = 1;
  }
  return shared;
}
