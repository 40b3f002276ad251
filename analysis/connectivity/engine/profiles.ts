import { listIn } from '../../manifest/lists';
import type { AddressRange } from '../addresses';
import type { Direction, Policy, Rule } from '../model';
import type { Reading } from './decide';
import type { PeerGroups } from './peer-groups';
import { ALL, NONE } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';

/** What all policies that select a pod allow it in one direction, as far as the other end is a pod or a node. */
export interface PodProfile {
  /** The ports that are open to everybody; `ALL` where no policy selects the pod. */
  readonly everybody: SpecId;
  /** Sets of peers and the ports that are open to them beside those. */
  readonly peers: readonly { readonly group: number; readonly ports: SpecId }[];
}

/** The same as far as the other end is an address outside. */
export interface AddressProfile {
  readonly everybody: SpecId;
  readonly blocks: readonly { readonly ranges: readonly AddressRange[]; readonly ports: SpecId }[];
}

/** What is allowed where no policy has a say. */
export const OPEN = 0;

/**
 * Every different meaning that the policies of a pod have together, once. Policies add up, so it is their rules that
 * count, not where they were written.
 */
export class Profiles {
  readonly pods: PodProfile[] = [{ everybody: ALL, peers: [] }];
  readonly addresses: AddressProfile[] = [{ everybody: ALL, blocks: [] }];

  private readonly ids = new Map<string, number>();
  private readonly known = new Map<string, { readonly pod: number; readonly address: number }>();

  constructor(
    readonly direction: Direction,
    private readonly groups: PeerGroups,
    private readonly specs: PortSpecs,
    private readonly reading: Reading,
  ) {}

  /**
   * The profiles of a pod that these policies select.
   *
   * @param policies places in `all` of the policies that select the pod and restrict this direction
   */
  of(policies: readonly number[], all: readonly Policy[]): { readonly pod: number; readonly address: number } {
    if (policies.length === 0) {
      return { pod: OPEN, address: OPEN };
    }
    return this.ofRules(policies, all);
  }

  /** The same where no policy at all allows nothing: somebody else decides then what is open. */
  ofRules(policies: readonly number[], all: readonly Policy[]): { readonly pod: number; readonly address: number } {
    const key = policies.join(' ');
    let profile = this.known.get(key);
    if (profile === undefined) {
      profile = this.merge(policies.map((index) => all[index] as Policy));
      this.known.set(key, profile);
    }
    return profile;
  }

  private merge(policies: readonly Policy[]): { readonly pod: number; readonly address: number } {
    const rules = policies.flatMap((policy) =>
      (policy[this.direction] ?? []).map((rule) => ({ rule, namespace: policy.namespace })),
    );
    const everybody = rules
      .filter(({ rule }) => rule.everybody)
      .reduce((open, { rule }) => this.specs.union(open, this.specs.intern(rule.ports)), NONE);
    return { pod: this.podProfile(everybody, rules), address: this.addressProfile(everybody, rules) };
  }

  private podProfile(everybody: SpecId, rules: readonly { rule: Rule; namespace: string }[]): number {
    const peers = new Map<number, SpecId>();
    for (const { rule, namespace } of rules) {
      for (const group of this.groupsOf(rule, namespace)) {
        const before = peers.get(group) ?? everybody;
        const ports = this.specs.union(before, this.specs.intern(rule.ports));
        if (ports !== everybody && this.groups.members[group]?.size !== 0) {
          peers.set(group, ports);
        }
      }
    }
    const sorted = [...this.joined(peers)].sort(([a], [b]) => a - b).map(([group, ports]) => ({ group, ports }));
    const key = `pod ${everybody} ${sorted.map(({ group, ports }) => `${group}:${ports}`).join(' ')}`;
    return this.intern(key, everybody === ALL, this.pods, { everybody, peers: sorted });
  }

  /**
   * The same with one set for the same ports, where any of these is of nearly all pods: two sets of all but one are
   * together the set of all, and tell nobody apart any more.
   */
  private joined(peers: ReadonlyMap<number, SpecId>): ReadonlyMap<number, SpecId> {
    const byPorts = new Map<SpecId, number[]>();
    for (const [group, ports] of peers) {
      listIn(byPorts, ports).push(group);
    }
    const joined = new Map<number, SpecId>();
    for (const [ports, groups] of byPorts) {
      const isOne = groups.length > 1 && groups.some((group) => this.groups.members[group]?.isRest);
      for (const group of isOne ? [this.groups.union(groups)] : groups) {
        const before = joined.get(group);
        joined.set(group, before === undefined ? ports : this.specs.union(before, ports));
      }
    }
    return joined;
  }

  private groupsOf({ pods, block, doubtful }: Rule, namespace: string): readonly number[] {
    const meant = this.reading === 'most' ? [...pods, ...(doubtful?.pods ?? [])] : pods;
    const groups = meant.map((peer) => this.groups.idOf(peer, namespace));
    const held = (how: 'sure' | 'doubtful') => (block === undefined ? [] : [this.groups.heldBy(block, how)]);
    return [...groups, ...held('sure'), ...(this.reading === 'most' ? held('doubtful') : [])];
  }

  private addressProfile(everybody: SpecId, rules: readonly { rule: Rule; namespace: string }[]): number {
    const blocks = rules
      .filter(({ rule }) => rule.addresses.length > 0 && everybody !== ALL)
      .map(({ rule }) => ({ ranges: rule.addresses, ports: this.specs.intern(rule.ports) }));
    const texts = blocks.map(
      ({ ranges, ports }) => `${ports}:${ranges.map(({ start, end }) => `${start}-${end}`).join(',')}`,
    );
    const key = `address ${everybody} ${[...new Set(texts)].sort().join(' ')}`;
    return this.intern(key, everybody === ALL, this.addresses, { everybody, blocks });
  }

  private intern<Profile>(key: string, isOpen: boolean, profiles: Profile[], profile: Profile): number {
    if (isOpen) {
      return OPEN;
    }
    let id = this.ids.get(key);
    if (id === undefined) {
      id = profiles.push(profile) - 1;
      this.ids.set(key, id);
    }
    return id;
  }
}
