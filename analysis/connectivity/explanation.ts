import type { Miss } from './misses/miss';
import type { ServicePortRef } from './misses/services';
import type { Peer } from './peer';
import type { Port, Ports } from './ports';

/**
 * What the policies say at one end of a connection:
 *
 * - `not-selected`: no policy selects this pod in this direction, so everything is allowed;
 * - `allowed`: policies select it, and `rules` are those that allow what was asked;
 * - `denied`: policies select it, and they deny what was asked by the rules in `denies`, or since no rule allows it;
 * - `unmatched`: policies of the admin tiers select it, none of their rules is about what was asked, and no NetworkPolicy
 *   selects it, so it is allowed;
 * - `host-network`: the pod uses its node's network, where no policy applies;
 * - `outside`: this end is outside of the cluster, where no policy applies.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export type Outcome = 'not-selected' | 'allowed' | 'denied' | 'unmatched' | 'host-network' | 'outside';

/** A policy and where it stands. */
export interface PolicyRef {
  /** `NetworkPolicy`, `ClusterNetworkPolicy`, … */
  readonly kind: string;
  /** `Admin`, `NetworkPolicy` or `Baseline`. */
  readonly tier: string;
  /** Left out where the policy is one of the whole cluster. */
  readonly namespace?: string;
  readonly name: string;
  readonly file: string;
  /** From 1; 0 for an object that was never text. */
  readonly line: number;
}

/** One rule of a policy. */
export interface RuleRef {
  readonly policy: PolicyRef;
  readonly direction: 'ingress' | 'egress';
  /** The place of the rule in `spec.ingress` or `spec.egress`, from 0. */
  readonly index: number;
  /** The line of the rule; 0 for an object that was never text. */
  readonly line: number;
  /** What the rule does, as it is written: `Accept`, `Allow`, `Deny`; `Allow` for each rule of a NetworkPolicy. */
  readonly action: string;
  /** The name of the rule, where it has one. */
  readonly name?: string;
  /** Where the rule stands, in words, if it is in another list: `ingressDeny rule 1`. */
  readonly place?: string;
  /** What the rule decides about between these two ends, named ports resolved. */
  readonly ports: Ports;
}

/** What is decided at one end, and by whom. */
export interface Verdict {
  readonly outcome: Outcome;
  /** The policies that select this end in this direction: in the order in which tiers are asked, then by namespace and name. */
  readonly policies: readonly PolicyRef[];
  /** The rules that let the other end through: on the port that was asked for, else on any port. */
  readonly rules: readonly RuleRef[];
  /** The rules that deny: the port that was asked for, else any. */
  readonly denies: readonly RuleRef[];
  /**
   * The policies that isolate this end, where something that was asked for comes to them, and no rule allows it. Empty where
   * nothing comes that far, or everything is allowed.
   */
  readonly isolating: readonly PolicyRef[];
  /** Everything that this end alone allows. */
  readonly ports: Ports;
  /**
   * The rule that comes nearest to opening what is denied, and what keeps it from that: one of a NetworkPolicy, or one that
   * allows or passes on and would be asked early enough. Left out where no rule comes near.
   */
  readonly nearest?: Miss;
}

/** A policy in words: `NetworkPolicy shop/backend` or `ClusterNetworkPolicy deny-all`. */
export function policyText({ kind, namespace, name }: Pick<PolicyRef, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** A rule in words: `ingress rule 2`, with its name where it has one. */
export function ruleText({
  direction,
  index,
  name,
  place = `${direction} rule ${index + 1}`,
}: Pick<RuleRef, 'direction' | 'index' | 'name' | 'place'>): string {
  return `${place}${name === undefined ? '' : ` ${JSON.stringify(name)}`}`;
}

/** A Service of which the port was asked for, and whether its pods may be connected to where it leads. */
export interface AskedService extends ServicePortRef {
  readonly allowed: boolean;
}

/** Whether one peer may connect to another, and why. */
export interface Explanation {
  readonly from: Peer;
  readonly to: Peer;
  /** The port that was asked for; `undefined` for any. */
  readonly port: Port | undefined;
  /** Both ends allow the port; without a port, both ends allow at least one. */
  readonly allowed: boolean;
  /** All ports that both ends allow. */
  readonly ports: Ports;
  /**
   * What the number that was asked for is to Services: their port, and not one that the pods are known to listen on. Policies
   * are about the port of the pods. Where no port was asked for, what numbers are to Services that are open, where that to
   * which they lead is closed. Left out where it is none.
   */
  readonly services?: readonly AskedService[];
  /** The end that connects. */
  readonly egress: Verdict;
  /** The end that is connected to. */
  readonly ingress: Verdict;
}
