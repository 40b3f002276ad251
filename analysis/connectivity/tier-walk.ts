import { ALL, NONE, type PortSet, type PortSets } from './engine/port-sets';
import type { RuleRef } from './explanation';
import type { Action, Tier } from './tiers';

/** A rule and the ports about which it decides. */
export interface Asked {
  readonly ref: Omit<RuleRef, 'ports'>;
  readonly ports: PortSet;
}

/** Asks tiers, policies and rules one after the other about one peer, and keeps which rule decided what. */
export class TierWalk {
  readonly allowed: Asked[] = [];
  readonly denied: Asked[] = [];
  /** What came to the end of a tier that denies. */
  readonly dropped = new Map<Tier, PortSet>();
  /** Ports that nobody has decided about in this tier, that go on to the next one, and that are open. */
  private left: PortSet = ALL;
  private passed: PortSet = NONE;
  private open: PortSet = NONE;

  constructor(private readonly sets: PortSets) {}

  /** Goes on to a tier, if it is another one than before. */
  enter(tier: Tier, before: Tier | undefined): Tier {
    if (before !== undefined && before.name !== tier.name) {
      this.end(before);
    }
    return tier;
  }

  /** Asks a rule: of what is left, it decides about its ports. */
  ask({ ref, ports }: Asked, action: Action): void {
    const own = this.sets.intersection(this.left, ports);
    this.left = this.sets.difference(this.left, own);
    if (action === 'pass') {
      this.passed = this.sets.union(this.passed, own);
    } else if (action === 'deny') {
      this.denied.push({ ref, ports: own });
    } else {
      this.allowed.push({ ref, ports: own });
      this.open = this.sets.union(this.open, own);
    }
  }

  /** Asks rules that add up: each opens its ports, whichever others do. */
  askTogether(rules: readonly Asked[]): void {
    const { sets, left } = this;
    for (const { ref, ports } of rules) {
      const own = sets.intersection(left, ports);
      this.allowed.push({ ref, ports: own });
      this.open = sets.union(this.open, own);
      this.left = sets.difference(this.left, own);
    }
  }

  /** What is open after the last tier. */
  leave(last: Tier | undefined): PortSet {
    if (last !== undefined) {
      this.end(last);
    }
    return this.sets.union(this.open, this.left);
  }

  private end(tier: Tier): void {
    if (tier.end === 'deny') {
      this.dropped.set(tier, this.left);
    }
    this.left = tier.end === 'deny' ? this.passed : this.sets.union(this.left, this.passed);
    this.passed = NONE;
  }
}
