import type { Ids } from './label-index';
import { remember } from './memory';
import type { Ordered, SignatureId } from './ordered';
import { ALL, NONE, type PortSet, type PortSets } from './port-sets';
import { NO_NAMES, type PortSpecs, type SpecId } from './port-specs';
import type { PodProfile } from './profiles';
import { NO_PROGRAM } from './programs';
import type { Side } from './side';

/** The classes of targets to which one class of sources may connect, in no order, and on which ports; never on none. */
export interface Row {
  readonly classes: readonly number[];
  readonly ports: readonly PortSet[];
}

/**
 * Finds what sources may connect to. Both ends must allow a connection.
 *
 * Only those pairs are looked at that a rule of one of the two ends allows. A row therefore costs about as much as it is
 * long.
 */
export class Rows {
  /** By target class, while a row is made: what the source allows, and what the target allows. */
  private readonly egress: PortSet[];
  private readonly ingress: PortSet[];
  /** By program: how many targets it may open. By signature: how many targets may open to it by their programs. */
  private readonly outCounts = new Map<number, number>();
  private readonly inCounts = new Map<SignatureId, number>();
  /** By source and target: what was asked of single pairs. */
  private readonly pairs = new Map<number, PortSet>();

  constructor(
    private readonly sources: Side,
    private readonly targets: Side,
    private readonly specs: PortSpecs,
    private readonly sets: PortSets,
    private readonly ordered: { readonly egress: Ordered; readonly ingress: Ordered },
  ) {
    this.egress = new Array<PortSet>(targets.profileOf.length).fill(NONE);
    this.ingress = new Array<PortSet>(targets.profileOf.length).fill(NONE);
  }

  /** All classes of targets to which a class of sources may connect. */
  of(source: number): Row {
    const { everybody } = this.sources.profileOf[source] as PodProfile;
    const program = this.sources.programOf[source] as number;
    const named = this.collectEgress(source);
    const classes: number[] = [];
    const ports: PortSet[] = [];
    const add = (target: number, egress: PortSet, ingress: PortSet) => {
      const open = this.sets.intersection(egress, ingress);
      if (open !== NONE) {
        classes.push(target);
        ports.push(open);
      }
    };
    if (everybody === NONE && this.letsFewer(source)) {
      // Nothing is open but to those whom the source names.
      this.collectFixedOut(program, named);
      for (const target of named) {
        add(target, this.egress[target] as PortSet, this.allowedIn(source, target));
      }
    } else {
      for (const target of this.collectIngress(source)) {
        const additive = this.sets.union(this.resolve(everybody, target), this.egress[target] as PortSet);
        add(target, this.decided(program, target, additive), this.ingress[target] as PortSet);
        this.ingress[target] = NONE;
      }
    }
    for (const target of named) {
      this.egress[target] = NONE;
    }
    return { classes, ports };
  }

  /** The ports on which one class may connect to another. */
  between(source: number, target: number): PortSet {
    const key = source * this.targets.profileOf.length + target;
    let ports = this.pairs.get(key);
    if (ports === undefined) {
      ports = this.sets.intersection(this.allowedOut(source, target), this.allowedIn(source, target));
      remember(this.pairs, key, ports);
    }
    return ports;
  }

  /** Notes what the rules of a source open to whom they name, and returns these. */
  private collectEgress(source: number): number[] {
    const named: number[] = [];
    for (const { group, ports } of (this.sources.profileOf[source] as PodProfile).peers) {
      for (const target of this.targets.classesIn.get(group) ?? []) {
        this.note(this.egress, named, target, ports);
      }
    }
    return named;
  }

  /** Turns what NetworkPolicies of a source open into what is open after all, and adds what its program opens beside. */
  private collectFixedOut(program: number, named: number[]): void {
    if (program === NO_PROGRAM) {
      return;
    }
    for (const target of named) {
      this.egress[target] = this.decided(program, target, this.egress[target] as PortSet);
    }
    const { egress } = this.ordered;
    for (const [signature, classes] of this.targets.withSignature) {
      if (this.mayOpen(egress, program, signature)) {
        for (const target of classes) {
          if (this.egress[target] === NONE) {
            const { fixed } = egress.decide(program, signature, this.targets.tableOf[target] as number);
            this.add(this.egress, named, target, fixed);
          }
        }
      }
    }
  }

  /** The same for targets of a source. */
  private collectFixedIn(source: number, named: number[]): void {
    const { ingress } = this.ordered;
    const signature = this.sources.signatureOf[source] as SignatureId;
    for (const target of this.targets.withProgram.size === 0 ? [] : named) {
      const program = this.targets.programOf[target] as number;
      if (program !== NO_PROGRAM) {
        const table = this.targets.tableOf[target] as number;
        const { fixed, gate } = ingress.decide(program, signature, table);
        const additive = this.ingress[target] as PortSet;
        this.ingress[target] = this.sets.union(fixed, this.sets.intersection(gate, additive));
      }
    }
    for (const [program, classes] of this.targets.withProgram) {
      if (this.mayOpen(ingress, program, signature)) {
        for (const target of classes) {
          if (this.ingress[target] === NONE) {
            const { fixed } = ingress.decide(program, signature, this.targets.tableOf[target] as number);
            this.add(this.ingress, named, target, fixed);
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
    let into = this.inCounts.get(signature);
    if (into === undefined) {
      into = count(this.targets.withProgram, (other) => this.mayOpen(ingress, other, signature));
      this.inCounts.set(signature, into);
    }
    return out <= into + this.targets.openToAll.length;
  }

  /** Notes what the rules of targets open to a source, and returns these targets. */
  private collectIngress(source: number): number[] {
    const named: number[] = [];
    for (const target of this.targets.openToAll) {
      this.note(this.ingress, named, target, (this.targets.profileOf[target] as PodProfile).everybody);
    }
    for (const group of this.sources.groupsOf[source] as readonly number[]) {
      for (const { classes, ports } of this.targets.rulesFor.get(group) ?? []) {
        for (const target of classes) {
          this.note(this.ingress, named, target, ports);
        }
      }
    }
    this.collectFixedIn(source, named);
    return named;
  }

  private note(noted: PortSet[], named: number[], target: number, ports: SpecId): void {
    this.add(noted, named, target, this.resolve(ports, target));
  }

  private add(noted: PortSet[], named: number[], target: number, open: PortSet): void {
    const before = noted[target] as PortSet;
    if (open !== NONE) {
      if (before === NONE) {
        named.push(target);
      }
      noted[target] = this.sets.union(before, open);
    }
  }

  private allowedOut(source: number, target: number): PortSet {
    const groups = this.targets.groupsOf[target] as readonly number[];
    const additive = this.allowed(this.sources.profileOf[source] as PodProfile, groups, target);
    return this.decided(this.sources.programOf[source] as number, target, additive);
  }

  private allowedIn(source: number, target: number): PortSet {
    const groups = this.sources.groupsOf[source] as readonly number[];
    const additive = this.allowed(this.targets.profileOf[target] as PodProfile, groups, target);
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

  /** What one end allows to a peer that is in these sets, without regard to the rules of the other end. */
  private allowed({ everybody, peers }: PodProfile, groups: readonly number[], target: number): PortSet {
    if (everybody === ALL) {
      return ALL;
    }
    let open = this.resolve(everybody, target);
    for (const { group, ports } of peers) {
      if (includes(groups, group)) {
        open = this.sets.union(open, this.resolve(ports, target));
      }
    }
    return open;
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

/** Whether a list in ascending order holds a number. */
function includes(sorted: readonly number[], wanted: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return sorted[low] === wanted;
}
