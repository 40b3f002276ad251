import type { Ids } from './id-set';
import type { Memberships } from './memberships';
import { ALL, NONE, type PortSets } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';
import type { PodProfile } from './profiles';
import { SharedParts } from './shared-parts';
import type { Side } from './side';
import { SizedMemory } from './sized-memory';
import { PlainAdder, type SpecAdder } from './spec-adder';
import { SpecWords } from './spec-words';
import { Sums } from './sums';

/** What one profile allows the classes of the other side. */
export interface Allowance {
  /** The ports that are open to all classes that are not listed. */
  readonly rest: SpecId;
  readonly classes: Ids;
  /** The ports that are open to each class that is listed. */
  readonly ports: readonly SpecId[];
}

/** What is allowed to one class: good until the next class is asked about. */
export interface Permits {
  readonly profiles: Int32Array;
  /** The ports that each of these profiles opens; never none. */
  readonly ports: Int32Array;
}

/** The rules of a profile, by the sets of peers to which they open something. */
interface Rules {
  /** Of sets of nearly all pods. */
  readonly rests: ReadonlyMap<number, SpecId>;
  readonly others: ReadonlyMap<number, SpecId>;
  /** What is open to whom no set of nearly all misses. */
  readonly rest: SpecId;
}

/** Profiles that allow something to most classes. */
interface ToMost {
  readonly profiles: Int32Array;
  /** What each of them opens to most. */
  readonly ports: Int32Array;
  /** By profile: where it is among them; -1 for any other. */
  readonly placeOf: Int32Array;
}

/** What is looked at for each class. */
interface OneByOne {
  readonly rulesFor: Side['rulesFor'];
  readonly toMost: ToMost;
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
  private all: OneByOne | undefined;
  private parts: SharedParts | undefined;
  /** What is looked at one by one beside the profiles of these parts. */
  private besideParts: OneByOne | undefined;
  private adding: SpecAdder | undefined;
  private classes: { readonly sums: Sums; readonly of: Ids } | undefined;
  /** By profile, while it is found out what is open to one class; -1 for nothing. */
  private readonly found: Int32Array;
  private readonly permits: Permits;

  constructor(
    private readonly own: Pick<Side, 'profiles' | 'withProfile' | 'rulesFor'>,
    private readonly others: Memberships,
    private readonly specs: PortSpecs,
    private readonly sets: PortSets,
  ) {
    const count = own.profiles.length;
    this.found = new Int32Array(count).fill(-1);
    this.permits = { profiles: new Int32Array(count), ports: new Int32Array(count) };
  }

  /** What a profile allows to all classes. */
  of(profile: number): Allowance {
    return this.known.of(profile, () => this.allowance(profile));
  }

  /** The profiles that allow something to most classes. */
  get toMost(): Int32Array {
    return this.oneByOne.toMost.profiles;
  }

  /** What profiles allow to one class. */
  to(id: number): Permits {
    const { profiles, ports } = this.permits;
    let count = 0;
    const parts = this.partsFor(id);
    parts?.to(id, (profile, open) => {
      profiles[count] = profile;
      ports[count++] = open;
    });
    count = this.toEach(id, parts === undefined ? this.oneByOne : this.beside(parts), count);
    return { profiles: profiles.subarray(0, count), ports: ports.subarray(0, count) };
  }

  /** Whether what all profiles allow to a class takes no more than to ask so many of them one by one. */
  isQuick(id: number, asked: number): boolean {
    const parts = this.partsFor(id);
    return parts !== undefined && parts.steps < asked * 4;
  }

  /** What profiles have in common, where it takes fewer steps to look at that than at their rules for a class. */
  private partsFor(id: number): SharedParts | undefined {
    let rules = 0;
    for (const group of this.others.holding[id] as Ids) {
      rules += this.own.rulesFor.get(group)?.length ?? 0;
    }
    const { profiles, withProfile } = this.own;
    if (rules <= withProfile.size) {
      return undefined;
    }
    this.parts ??= new SharedParts(withProfile.keys(), profiles, this.others, this.adder);
    return this.parts.steps < rules ? this.parts : undefined;
  }

  private get oneByOne(): OneByOne {
    this.all ??= { rulesFor: this.own.rulesFor, toMost: this.mostOf([...this.own.withProfile.keys()]) };
    return this.all;
  }

  private beside({ profiles }: SharedParts): OneByOne {
    this.besideParts ??= {
      rulesFor: new Map(
        [...this.own.rulesFor].map(([group, rules]) => [group, rules.filter(({ profile }) => !profiles.has(profile))]),
      ),
      toMost: this.mostOf([...this.toMost].filter((profile) => !profiles.has(profile))),
    };
    return this.besideParts;
  }

  private mostOf(all: readonly number[]): ToMost {
    const profiles = Int32Array.from(all.filter((profile) => this.rules(profile).rest !== NONE));
    const placeOf = new Int32Array(this.found.length).fill(-1);
    for (const [place, profile] of profiles.entries()) {
      placeOf[profile] = place;
    }
    return { profiles, ports: profiles.map((profile) => this.rules(profile).rest), placeOf };
  }

  /** Tells behind so many permits what is looked at one by one, and how many there are then. */
  private toEach(id: number, { rulesFor, toMost }: OneByOne, first: number): number {
    const { found, specs } = this;
    const { profiles, ports } = this.permits;
    // What is so for most is copied as it is, since only few differ.
    profiles.set(toMost.profiles, first);
    ports.set(toMost.ports, first);
    let count = first + toMost.profiles.length;
    const touched: number[] = [];
    for (const group of this.others.holding[id] as Ids) {
      for (const { profile, ports: open } of rulesFor.get(group) ?? []) {
        const before = found[profile] as number;
        if (before === -1) {
          touched.push(profile);
        }
        found[profile] = before === -1 ? open : specs.union(before, open);
      }
    }
    for (const profile of touched) {
      const open = found[profile] as SpecId;
      const place = toMost.placeOf[profile] as number;
      found[profile] = -1;
      if (place !== -1) {
        ports[first + place] = specs.union(toMost.ports[place] as SpecId, open);
      } else if (open !== NONE) {
        profiles[count] = profile;
        ports[count++] = open;
      }
    }
    const missed = new Set<number>();
    for (const group of this.others.missing[id] as Ids) {
      for (const { profile } of rulesFor.get(group) ?? []) {
        missed.add(profile);
      }
    }
    let isAnyClosed = false;
    for (const profile of missed) {
      const place = toMost.placeOf[profile] as number;
      if (place !== -1) {
        const open = this.between(profile, id);
        isAnyClosed ||= open === NONE;
        ports[first + place] = open;
      }
    }
    return isAnyClosed ? this.withoutClosed(first, count) : count;
  }

  /** Takes those out of permits that open nothing, and says how many are left. */
  private withoutClosed(first: number, count: number): number {
    const { profiles, ports } = this.permits;
    let left = first;
    for (let at = first; at < count; at++) {
      if (ports[at] !== NONE) {
        profiles[left] = profiles[at] as number;
        ports[left++] = ports[at] as SpecId;
      }
    }
    return left;
  }

  /** What a profile allows to one class. */
  between(profile: number, id: number): SpecId {
    const { others } = this.rules(profile);
    const rest = this.restAt(profile, id);
    if (rest === ALL || others.size === 0) {
      return rest;
    }
    const open = this.others.openTo(others, id);
    open.push(rest);
    return this.specs.unionOf(open);
  }

  private allowance(profile: number): Allowance {
    const { rests, others, rest } = this.rules(profile);
    if (rests.size === 0 && this.isOfMany(others)) {
      return this.toClasses(others, rest);
    }
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

  /** Whether rules name most classes several times. */
  private isOfMany(rules: ReadonlyMap<number, SpecId>): boolean {
    let named = 0;
    for (const group of rules.keys()) {
      named += this.others.listedOf(group).length;
    }
    const all = this.others.holding.length;
    if (named <= all) {
      return false;
    }
    if (this.classes === undefined) {
      const sums = new Sums(this.others.groups);
      const of = this.others.holding.map((groups) => sums.of(groups));
      this.classes = { sums, of };
    }
    return this.classes.sums.size < named;
  }

  /** What rules allow to all classes: what several classes have in common of the sets that they are in is looked at once. */
  private toClasses(rules: ReadonlyMap<number, SpecId>, rest: SpecId): Allowance {
    const { sums, of } = this.classes as NonNullable<typeof this.classes>;
    const { adder } = this;
    const found = adder.addUp(sums, (group) => [adder.codeOf(rules.get(group) ?? NONE)]);
    const classes: number[] = [];
    const ports: SpecId[] = [];
    for (const [id, sum] of of.entries()) {
      const open = found(sum);
      if (open !== NONE) {
        classes.push(id);
        ports.push(this.specs.union(rest, open));
      }
    }
    return { rest, classes, ports };
  }

  /** How ports of all profiles are added up: as bits, where they can be. What is of parts divides ports no more than these. */
  private get adder(): SpecAdder {
    if (this.adding === undefined) {
      const profiles = [...this.own.withProfile.keys()].map((profile) => this.own.profiles[profile] as PodProfile);
      const parts = new Set(profiles.flatMap(({ parts: own }) => own ?? []));
      const specs = new Set<SpecId>();
      for (const { everybody, peers, parts: own } of profiles) {
        for (const ports of own === undefined ? [everybody, ...peers.map((peer) => peer.ports)] : []) {
          specs.add(ports);
        }
      }
      for (const { everybody, peers } of parts) {
        for (const ports of [everybody, ...peers.values()]) {
          specs.add(ports);
        }
      }
      this.adding = SpecWords.of(specs, this.specs, this.sets) ?? new PlainAdder(this.specs);
    }
    return this.adding;
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
