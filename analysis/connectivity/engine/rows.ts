import { ALL, NONE, type PortSet, type PortSets } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';
import type { PodProfile } from './profiles';
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

  constructor(
    private readonly sources: Side,
    private readonly targets: Side,
    private readonly specs: PortSpecs,
    private readonly sets: PortSets,
  ) {
    this.egress = new Array<PortSet>(targets.profileOf.length).fill(NONE);
    this.ingress = new Array<PortSet>(targets.profileOf.length).fill(NONE);
  }

  /** All classes of targets to which a class of sources may connect. */
  of(source: number): Row {
    const { everybody } = this.sources.profileOf[source] as PodProfile;
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
    if (everybody === NONE) {
      // Nothing is open but to those whom the source names.
      for (const target of named) {
        add(target, this.egress[target] as PortSet, this.allowedIn(source, target));
      }
    } else {
      for (const target of this.collectIngress(source)) {
        const egress = this.sets.union(this.resolve(everybody, target), this.egress[target] as PortSet);
        add(target, egress, this.ingress[target] as PortSet);
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
    return this.sets.intersection(this.allowedOut(source, target), this.allowedIn(source, target));
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
    return named;
  }

  private note(noted: PortSet[], named: number[], target: number, ports: SpecId): void {
    const open = this.resolve(ports, target);
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
    return this.allowed(this.sources.profileOf[source] as PodProfile, groups, target);
  }

  private allowedIn(source: number, target: number): PortSet {
    const groups = this.sources.groupsOf[source] as readonly number[];
    return this.allowed(this.targets.profileOf[target] as PodProfile, groups, target);
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
