import type { Ids } from './id-set';
import type { Memberships } from './memberships';
import { ALL, NONE } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';
import type { PodProfile } from './profiles';
import type { Side } from './side';
import { SizedMemory } from './sized-memory';

/** What one profile allows the classes of the other side. */
export interface Allowance {
  /** The ports that are open to all classes that are not listed. */
  readonly rest: SpecId;
  readonly classes: Ids;
  /** The ports that are open to each class that is listed. */
  readonly ports: readonly SpecId[];
}

/** What is allowed to one class. */
export interface Permits {
  readonly profiles: Ids;
  /** The ports that each of these profiles opens; never none. */
  readonly ports: readonly SpecId[];
}

/** The rules of a profile, by the sets of peers to which they open something. */
interface Rules {
  /** Of sets of nearly all pods. */
  readonly rests: ReadonlyMap<number, SpecId>;
  readonly others: ReadonlyMap<number, SpecId>;
  /** What is open to whom no set of nearly all misses. */
  readonly rest: SpecId;
}

/** So many classes of allowances are kept. */
const REMEMBERED = 1_000_000;

/**
 * What the profiles of one side allow the classes of the other, as far as it does not hang on ordered policies.
 *
 * A profile opens to most classes the same: what is for sets of nearly all. Only classes that such a set misses, and those of
 * other sets, are looked at one by one.
 */
export class Allowances {
  private readonly rulesOf = new Map<number, Rules>();
  private readonly known = new SizedMemory<Allowance>(REMEMBERED, ({ classes }) => classes.length);
  private most: Ids | undefined;
  /** By profile, while it is found out what is open to one class; -1 for nothing. */
  private readonly found: Int32Array;

  constructor(
    private readonly own: Pick<Side, 'profiles' | 'withProfile' | 'rulesFor'>,
    private readonly others: Memberships,
    private readonly specs: PortSpecs,
  ) {
    this.found = new Int32Array(own.profiles.length).fill(-1);
  }

  /** What a profile allows to all classes. */
  of(profile: number): Allowance {
    return this.known.of(profile, () => this.allowance(profile));
  }

  /** The profiles that allow something to most classes. */
  get toMost(): Ids {
    this.most ??= [...this.own.withProfile.keys()].filter((profile) => this.rules(profile).rest !== NONE);
    return this.most;
  }

  /** What profiles allow to one class. */
  to(id: number): Permits {
    const { rulesFor } = this.own;
    const { found } = this;
    const touched: number[] = [];
    for (const group of this.others.holding[id] as Ids) {
      for (const { profile, ports } of rulesFor.get(group) ?? []) {
        const before = found[profile] as number;
        if (before === -1) {
          touched.push(profile);
        }
        found[profile] = before === -1 ? ports : this.specs.union(before, ports);
      }
    }
    const missed = new Set<number>();
    for (const group of this.others.missing[id] as Ids) {
      for (const { profile } of rulesFor.get(group) ?? []) {
        missed.add(profile);
      }
    }
    const profiles: number[] = [];
    const allowed: SpecId[] = [];
    const add = (profile: number, ports: SpecId) => {
      if (ports !== NONE) {
        profiles.push(profile);
        allowed.push(ports);
      }
      found[profile] = -1;
    };
    for (const profile of this.toMost) {
      const more = found[profile] as number;
      const { rest } = this.rules(profile);
      add(profile, missed.has(profile) ? this.between(profile, id) : more === -1 ? rest : this.specs.union(rest, more));
    }
    for (const profile of touched) {
      // Those that allow something to most are told already.
      if (found[profile] !== -1) {
        add(profile, found[profile] as number);
      }
    }
    return { profiles, ports: allowed };
  }

  /** What a profile allows to one class. */
  between(profile: number, id: number): SpecId {
    const { others } = this.rules(profile);
    const rest = this.restAt(profile, id);
    if (rest === ALL || others.size === 0) {
      return rest;
    }
    const holding = this.others.holding[id] as Ids;
    const open = [rest];
    if (others.size < holding.length) {
      for (const [group, ports] of others) {
        if (this.others.has(group, id)) {
          open.push(ports);
        }
      }
    } else {
      for (const group of holding) {
        open.push(others.get(group) ?? NONE);
      }
    }
    return this.specs.unionOf(open);
  }

  private allowance(profile: number): Allowance {
    const { rests, others, rest } = this.rules(profile);
    const ports = new Map<number, SpecId>();
    for (const group of rests.keys()) {
      for (const id of this.others.listedOf(group)) {
        if (!ports.has(id)) {
          ports.set(id, this.restAt(profile, id));
        }
      }
    }
    for (const [group, open] of others) {
      for (const id of this.others.listedOf(group)) {
        ports.set(id, this.specs.union(ports.get(id) ?? rest, open));
      }
    }
    return { rest, classes: [...ports.keys()], ports: [...ports.values()] };
  }

  /** What is open to a class as one of everybody, and of sets of nearly all. */
  private restAt(profile: number, id: number): SpecId {
    const { rests, rest } = this.rules(profile);
    const missing = this.others.missing[id] as Ids;
    if (rests.size === 0 || missing.length === 0) {
      return rest;
    }
    const open = [this.everybody(profile)];
    if (rests.size < missing.length) {
      for (const [group, ports] of rests) {
        if (this.others.has(group, id)) {
          open.push(ports);
        }
      }
    } else {
      const refused = new Set(missing);
      for (const [group, ports] of rests) {
        if (!refused.has(group)) {
          open.push(ports);
        }
      }
    }
    return open.length > rests.size ? rest : this.specs.unionOf(open);
  }

  private everybody(profile: number): SpecId {
    return (this.own.profiles[profile] as PodProfile).everybody;
  }

  private rules(profile: number): Rules {
    let rules = this.rulesOf.get(profile);
    if (rules === undefined) {
      const { everybody, peers } = this.own.profiles[profile] as PodProfile;
      const ofKind = (isRest: boolean) =>
        new Map(
          peers
            .filter(({ group }) => this.others.isRest(group) === isRest)
            .map(({ group, ports }): [number, SpecId] => [group, ports]),
        );
      const rests = ofKind(true);
      rules = { rests, others: ofKind(false), rest: this.specs.unionOf([everybody, ...rests.values()]) };
      this.rulesOf.set(profile, rules);
    }
    return rules;
  }
}
