import type { Peer } from './peer';
import type { Port, Ports } from './ports';

/**
 * What the policies say at one end of a connection:
 *
 * - `not-selected`: no policy selects this pod in this direction, so everything is allowed;
 * - `allowed`: policies select it, and `rules` are those that allow what was asked;
 * - `denied`: policies select it, and none of their rules allows what was asked;
 * - `host-network`: the pod uses its node's network, where no policy applies;
 * - `outside`: this end is outside of the cluster, where no policy applies.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export type Outcome = 'not-selected' | 'allowed' | 'denied' | 'host-network' | 'outside';

/** A NetworkPolicy and where it stands. */
export interface PolicyRef {
  readonly namespace: string;
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
  /** What the rule opens between these two pods, named ports resolved. */
  readonly ports: Ports;
}

/** What is decided at one end, and by whom. */
export interface Verdict {
  readonly outcome: Outcome;
  /** The policies that select this end in this direction, by namespace and name. */
  readonly policies: readonly PolicyRef[];
  /** The rules that let the other end through: on the port that was asked for, else on any port. */
  readonly rules: readonly RuleRef[];
  /** Everything that this end alone allows. */
  readonly ports: Ports;
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
  /** The end that connects. */
  readonly egress: Verdict;
  /** The end that is connected to. */
  readonly ingress: Verdict;
}
