import type { Path, Source } from '../manifest';
import type { PodPeer, Rule } from './model';

/**
 * A tier of policies that are asked in order. Who is not decided about in one tier, or passed on by it, is asked of the next
 * one; who is not decided about in any is let through.
 */
export interface Tier {
  readonly name: string;
  /** Lower ones are asked first. */
  readonly order: number;
  /** What happens to those who reach the end of the tier at an end that one of its policies selects. */
  readonly end: 'deny' | 'pass';
}

/** The tier of ClusterNetworkPolicies and AdminNetworkPolicies that stand above all others. */
export const ADMIN: Tier = { name: 'Admin', order: 1_000, end: 'pass' };

/**
 * The rules of policies of Cilium: what any of them denies is denied, and what any allows is allowed. The rest is left to
 * NetworkPolicies, which add up with them.
 */
export const CILIUM: Tier = { name: 'Cilium', order: 999_999, end: 'pass' };

/** The tier of NetworkPolicies. */
export const MIDDLE: Tier = { name: 'NetworkPolicy', order: 1_000_000, end: 'deny' };

/** The tier of policies that count where no NetworkPolicy selects. */
export const BASELINE: Tier = { name: 'Baseline', order: 10_000_000, end: 'pass' };

/** The place of NetworkPolicies among the ordered policies of their tier. */
export const NETWORK_POLICY_ORDER = 1_000;

/** The tier of policies that are not evaluated: each may decide before all others. */
export const OTHERS: Tier = { name: 'Others', order: Number.NEGATIVE_INFINITY, end: 'pass' };

/** What a rule does with what it matches: both ends of an order, or the way to the next tier. */
export type Action = 'allow' | 'deny' | 'pass';

/** One rule of an ordered policy: the first that matches decides. */
export interface OrderedRule extends Rule {
  readonly action: Action;
  /** The action as it is written: `Accept`, `Allow`, `Deny`, `Pass`. */
  readonly verb: string;
  /** The name of the rule, where it has one. */
  readonly name: string | undefined;
  /** Nodes are peers: all of them, or those that a selector means, which manifests cannot tell. */
  readonly nodes: 'all' | 'some' | undefined;
  /** Whether the proxies of Cilium are peers; left out for rules to which they are nodes. */
  readonly proxies?: boolean;
  /** Where the rule stands; left out where that is `spec.ingress` or `spec.egress`. */
  readonly place?: RulePlace;
  /** The keys of a peer that no version knows, for which the rule fails closed; left out where there is none. */
  readonly unknown?: readonly string[] | undefined;
}

/** Where a rule stands, for a policy that has more lists of rules than two. */
export interface RulePlace {
  readonly path: Path;
  /** In words: `ingressDeny rule 2`. */
  readonly text: string;
  /** The list of its peers, where its items are known: `fromEndpoints`. */
  readonly peers?: string;
}

/** A policy whose rules are asked in order, of whichever maker. */
export interface OrderedPolicy {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly source: Source;
  readonly tier: Tier;
  /** Lower ones are asked first within a tier; equal ones by name. */
  readonly order: number;
  /** The pods to which it applies: those that any of these selects. */
  readonly subject: readonly PodPeer[];
  /** `undefined` where the policy says nothing of a direction. */
  readonly ingress: readonly OrderedRule[] | undefined;
  readonly egress: readonly OrderedRule[] | undefined;
  /** Whether nobody knows which one is asked first of policies of the same place; others are asked by name. */
  readonly isTied: boolean;
  /** What the meaning of the policy as a whole hangs on, which manifests do not tell; left out where it hangs on nothing. */
  readonly doubt?: string;
  /** Whether the policy is not evaluated, so that nobody knows what it opens and closes. */
  readonly isOther?: boolean;
}

/** A rule of which nobody knows whether it matches those whom it seems to. */
export function ruleInDoubt(rule: OrderedRule, why: string): OrderedRule {
  const { everybody, pods, addresses, block, nodes, doubtful } = rule;
  return {
    ...rule,
    everybody: false,
    pods: [],
    addresses: [],
    block: undefined,
    nodes: nodes === undefined ? undefined : 'some',
    doubtful: {
      everybody: everybody || doubtful?.everybody === true,
      pods: [...pods, ...(doubtful?.pods ?? [])],
      addresses: [...addresses, ...(doubtful?.addresses ?? [])],
      block: block ?? doubtful?.block,
      why,
    },
  };
}

/** Puts policies into the order in which they are asked. */
export function inOrder(policies: readonly OrderedPolicy[]): readonly OrderedPolicy[] {
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...policies].sort(
    (a, b) =>
      a.tier.order - b.tier.order ||
      text(a.tier.name, b.tier.name) ||
      a.order - b.order ||
      text(a.name, b.name) ||
      text(a.namespace ?? '', b.namespace ?? '') ||
      text(a.kind, b.kind),
  );
}

/** Whether a policy is asked behind all NetworkPolicies. */
export function isBehind({ tier, order }: OrderedPolicy): boolean {
  return tier.order > MIDDLE.order || (tier.order === MIDDLE.order && order > NETWORK_POLICY_ORDER);
}

/** Whether two policies have the same place in the order, so that nobody knows which one is asked first. */
export function areEqual(a: OrderedPolicy, b: OrderedPolicy): boolean {
  return a.isTied && b.isTied && a.tier === b.tier && a.order === b.order;
}
