import type { AddressRange } from '../addresses';
import type { Direction } from '../model';
import { type Action, areEqual, isBehind, MIDDLE, type OrderedPolicy, type OrderedRule } from '../tiers';
import type { Ids } from './id-set';
import type { PeerGroups } from './peer-groups';
import type { PortSpecs, SpecId } from './port-specs';

/** A rule of an ordered policy, compiled. */
export interface Step {
  readonly action: Action;
  readonly everybody: boolean;
  /** Whom it matches, as sets of pods. */
  readonly groups: readonly number[];
  /** Of whom nobody knows whether it matches them, as sets of pods. */
  readonly doubtful: readonly number[];
  readonly ranges: readonly AddressRange[];
  /** Of whom else nobody knows whether it matches them: everybody, or these addresses. */
  readonly isDoubtful: boolean;
  readonly doubtfulRanges: readonly AddressRange[];
  readonly ports: SpecId;
}

/** Part of a tier: policies of the same place in the order, each with its steps; or the place of NetworkPolicies. */
export type Block<Of = Step> = readonly (readonly Of[])[] | 'network-policies';

/** One tier of what is asked at an end. */
export interface TierOf<Of = Step> {
  readonly blocks: readonly Block<Of>[];
  readonly end: 'deny' | 'pass';
}

/** What is asked at an end, tier by tier. */
export interface Program {
  readonly tiers: readonly TierOf[];
  /** The sets of pods that its steps speak of. */
  readonly groups: ReadonlySet<number>;
  /** Whether its steps name ports. */
  readonly namesPorts: boolean;
}

/** The program of pods that no ordered policy selects. */
export const NO_PROGRAM = 0;

/** Every different program of one direction, once. */
export class Programs {
  readonly list: Program[] = [{ tiers: [], groups: new Set(), namesPorts: false }];
  private readonly ids = new Map<string, number>();
  private readonly steps = new Map<OrderedPolicy, readonly Step[]>();

  /**
   * @param policies in the order in which they are asked
   * @param bundles places of policies that select the same pods
   */
  constructor(
    readonly direction: Direction,
    private readonly policies: readonly OrderedPolicy[],
    private readonly groups: PeerGroups,
    private readonly specs: PortSpecs,
    private readonly bundles: readonly Ids[],
  ) {}

  /**
   * The program of a pod.
   *
   * @param selecting the bundles of policies that select the pod and have rules for this direction
   * @param isIsolated whether a NetworkPolicy selects it for this direction
   */
  of(selecting: Ids, isIsolated: boolean): number {
    if (selecting.length === 0) {
      return NO_PROGRAM;
    }
    const key = `${isIsolated} ${selecting.join(' ')}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      const places = selecting.flatMap((bundle) => this.bundles[bundle] as Ids).sort((a, b) => a - b);
      id = this.list.push(this.compile(places, isIsolated)) - 1;
      this.ids.set(key, id);
    }
    return id;
  }

  private compile(places: Ids, isIsolated: boolean): Program {
    const policies = places.map((place) => this.policies[place] as OrderedPolicy);
    const tiers = tiersOf(policies, isIsolated, (policy) => this.stepsOf(policy));
    const all = policies.flatMap((policy) => this.stepsOf(policy));
    return {
      tiers,
      groups: new Set(all.flatMap(({ groups, doubtful }) => [...groups, ...doubtful])),
      namesPorts: all.some(({ ports }) => this.specs.hasNames(ports)),
    };
  }

  private stepsOf(policy: OrderedPolicy): readonly Step[] {
    let steps = this.steps.get(policy);
    if (steps === undefined) {
      steps = (policy[this.direction] ?? []).map((rule) => this.step(rule, policy.namespace ?? ''));
      this.steps.set(policy, steps);
    }
    return steps;
  }

  private step(rule: OrderedRule, namespace: string): Step {
    const groups = rule.pods.map((peer) => this.groups.idOf(peer, namespace));
    const nodes = rule.nodes === undefined ? [] : [this.groups.nodes()];
    const held = (block: number | undefined, how: 'sure' | 'doubtful') =>
      block === undefined ? [] : [this.groups.heldBy(block, how)];
    const sure = [...groups, ...held(rule.block, 'sure')];
    return {
      action: rule.action,
      everybody: rule.everybody,
      groups: rule.nodes === 'all' ? [...sure, ...nodes] : sure,
      doubtful: [
        ...held(rule.block, 'doubtful'),
        ...held(rule.doubtful?.block, 'sure'),
        ...held(rule.doubtful?.block, 'doubtful'),
        ...(rule.nodes === 'some' ? nodes : []),
        ...(rule.doubtful?.pods ?? []).map((peer) => this.groups.idOf(peer, namespace)),
      ],
      ranges: rule.addresses,
      isDoubtful: rule.doubtful?.everybody ?? false,
      doubtfulRanges: rule.doubtful?.addresses ?? [],
      ports: this.specs.intern(rule.ports),
    };
  }
}

/**
 * The tiers of policies that select an end.
 *
 * @param policies in the order in which they are asked
 * @param isIsolated whether a NetworkPolicy selects the end too
 */
export function tiersOf<Of>(
  policies: readonly OrderedPolicy[],
  isIsolated: boolean,
  stepsOf: (policy: OrderedPolicy) => readonly Of[],
): readonly TierOf<Of>[] {
  const tiers: { blocks: Block<Of>[]; end: 'deny' | 'pass'; order: number; name: string }[] = [];
  const tierOf = ({ order, name, end }: OrderedPolicy['tier']) => {
    let tier = tiers.at(-1);
    if (tier?.order !== order || (tier.name !== name && order !== MIDDLE.order)) {
      tier = { blocks: [], end, order, name };
      tiers.push(tier);
    }
    return tier;
  };
  let isMiddleDone = !isIsolated;
  let before: OrderedPolicy | undefined;
  let block: (readonly Of[])[] = [];
  for (const policy of policies) {
    if (!isMiddleDone && isBehind(policy)) {
      tierOf(MIDDLE).blocks.push('network-policies');
      isMiddleDone = true;
      before = undefined;
    }
    if (before === undefined || !areEqual(before, policy)) {
      block = [];
      tierOf(policy.tier).blocks.push(block);
    }
    block.push(stepsOf(policy));
    before = policy;
  }
  if (!isMiddleDone) {
    tierOf(MIDDLE).blocks.push('network-policies');
  }
  return tiers;
}
