import { listIn } from '../../manifest/lists';
import type { AddressRange } from '../addresses';
import type { Direction, Policy, Rule } from '../model';
import type { Reading } from './decide';
import type { Ids } from './id-set';
import type { PeerGroups } from './peer-groups';
import { ALL } from './port-sets';
import type { PortSpecs, SpecId } from './port-specs';

/** What all policies that select a pod allow it in one direction, as far as the other end is a pod or a node. */
export interface PodProfile {
  /** The ports that are open to everybody; `ALL` where no policy selects the pod. */
  readonly everybody: SpecId;
  /** Sets of peers and the ports that are open to them beside those. */
  readonly peers: readonly { readonly group: number; readonly ports: SpecId }[];
  /**
   * What it was put together from, where that is several parts none of which speaks of a set of nearly all: it is what any of
   * these allows. A set that is in `peers` of no profile at all makes no difference there.
   */
  readonly parts?: readonly PodPart[];
}

/** What some of the policies of a profile allow. */
export interface PodPart {
  readonly everybody: SpecId;
  readonly peers: ReadonlyMap<number, SpecId>;
}

/** The same as far as the other end is an address outside. */
export interface AddressProfile {
  readonly everybody: SpecId;
  readonly blocks: readonly AddressBlocks[];
}

/** Addresses and the ports that are open to them. */
interface AddressBlocks {
  readonly ranges: readonly AddressRange[];
  readonly ports: SpecId;
}

/** What policies that select the same pods add to the profiles of these. */
interface Part extends PodPart {
  /** By a text that is different for different ones. */
  readonly blocks: ReadonlyMap<string, AddressBlocks>;
}

/** The numbers of both profiles of a pod. */
export interface ProfileIds {
  readonly pod: number;
  readonly address: number;
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
  /** By the list of bundles, of which pods share one where they can, and by its numbers. */
  private readonly ofList = new Map<Ids, ProfileIds>();
  private readonly known = new Map<string, ProfileIds>();
  private readonly parts = new Map<number, Part>();

  /** @param bundles policies that select the same pods */
  constructor(
    readonly direction: Direction,
    private readonly groups: PeerGroups,
    private readonly specs: PortSpecs,
    private readonly reading: Reading,
    private readonly bundles: readonly (readonly Policy[])[],
  ) {}

  /**
   * The profiles of a pod that these policies select.
   *
   * @param selecting the bundles of policies that select the pod and restrict this direction
   */
  of(selecting: Ids): ProfileIds {
    return selecting.length === 0 ? { pod: OPEN, address: OPEN } : this.ofRules(selecting);
  }

  /** The same where no policy at all allows nothing: somebody else decides then what is open. */
  ofRules(selecting: Ids): ProfileIds {
    let profile = this.ofList.get(selecting);
    if (profile === undefined) {
      const key = selecting.join(' ');
      profile = this.known.get(key) ?? this.merge(selecting.map((bundle) => this.partOf(bundle)));
      this.known.set(key, profile);
      this.ofList.set(selecting, profile);
    }
    return profile;
  }

  private partOf(bundle: number): Part {
    let part = this.parts.get(bundle);
    if (part === undefined) {
      part = this.part(this.bundles[bundle] as readonly Policy[]);
      this.parts.set(bundle, part);
    }
    return part;
  }

  private part(policies: readonly Policy[]): Part {
    const everybody: SpecId[] = [];
    const peers = new Map<number, SpecId[]>();
    const blocks = new Map<string, AddressBlocks>();
    for (const { namespace, [this.direction]: rules = [] } of policies) {
      for (const rule of rules) {
        const ports = this.specs.intern(rule.ports);
        if (rule.everybody) {
          everybody.push(ports);
        }
        for (const group of this.groupsOf(rule, namespace)) {
          listIn(peers, group).push(ports);
        }
        if (rule.addresses.length > 0) {
          const text = rule.addresses.map(({ start, end }) => `${start}-${end}`).join(',');
          blocks.set(`${ports}:${text}`, { ranges: rule.addresses, ports });
        }
      }
    }
    return {
      everybody: this.specs.unionOf(everybody),
      peers: new Map([...peers].map(([group, ports]) => [group, this.specs.unionOf(ports)])),
      blocks,
    };
  }

  private merge(parts: readonly Part[]): ProfileIds {
    const everybody = this.specs.unionOf(parts.map((part) => part.everybody));
    return { pod: this.podProfile(everybody, parts), address: this.addressProfile(everybody, parts) };
  }

  private podProfile(everybody: SpecId, parts: readonly Part[]): number {
    const portsOf = new Map<number, SpecId[]>();
    for (const part of parts) {
      for (const [group, ports] of part.peers) {
        listIn(portsOf, group).push(ports);
      }
    }
    const peers = new Map<number, SpecId>();
    for (const [group, own] of portsOf) {
      const ports = this.specs.unionOf([everybody, ...own]);
      if (ports !== everybody && this.groups.members[group]?.size !== 0) {
        peers.set(group, ports);
      }
    }
    const sorted = [...this.joined(peers)].sort(([a], [b]) => a - b).map(([group, ports]) => ({ group, ports }));
    const key = `pod ${everybody} ${sorted.map(({ group, ports }) => `${group}:${ports}`).join(' ')}`;
    return this.intern(key, everybody === ALL, this.pods, {
      everybody,
      peers: sorted,
      parts: parts.length > 1 && !parts.some((part) => this.isOfMost(part)) ? parts : undefined,
    });
  }

  private isOfMost({ peers }: PodPart): boolean {
    for (const group of peers.keys()) {
      if (this.groups.members[group]?.isNearlyAll) {
        return true;
      }
    }
    return false;
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
      const isOne = groups.length > 1 && groups.some((group) => this.groups.members[group]?.isNearlyAll);
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

  private addressProfile(everybody: SpecId, parts: readonly Part[]): number {
    const blocks = new Map(everybody === ALL ? [] : parts.flatMap((part) => [...part.blocks]));
    const key = `address ${everybody} ${[...blocks.keys()].sort().join(' ')}`;
    return this.intern(key, everybody === ALL, this.addresses, { everybody, blocks: [...blocks.values()] });
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
