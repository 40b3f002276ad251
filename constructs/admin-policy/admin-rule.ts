import { fields, listOf } from '../fields';
import type { PolicyPort } from '../policy/policy-port';
import { portsProblems } from '../policy/problems';
import { type Problems, shown } from '../values';
import { type AdminPeer, adminPeerProblems } from './admin-peer';

/** What a rule of an `AdminPolicy` or `BaselinePolicy` is about, besides who. */
export interface AdminRuleOptions {
  /**
   * The ports of the Pods that are connected to.
   *
   * @default - every port
   */
  readonly ports?: PolicyPort[];

  /**
   * What the rule is called, at most 100 characters; tools name it where it decides.
   *
   * @default - no name
   */
  readonly name?: string;
}

/**
 * A rule of a policy for all of the cluster. The first rule that fits a connection decides it.
 *
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export class AdminRule {
  /** Lets connections through, whatever the NetworkPolicies of namespaces say. */
  public static accept(peers: AdminPeer[], options: AdminRuleOptions = {}): AdminRule {
    return new AdminRule('Accept', peers, options);
  }

  /** Denies connections, whatever the NetworkPolicies of namespaces say; in a baseline, where these say nothing. */
  public static deny(peers: AdminPeer[], options: AdminRuleOptions = {}): AdminRule {
    return new AdminRule('Deny', peers, options);
  }

  /** Leaves connections to the NetworkPolicies of namespaces; no later rule of the tier is asked. */
  public static pass(peers: AdminPeer[], options: AdminRuleOptions = {}): AdminRule {
    return new AdminRule('Pass', peers, options);
  }

  private constructor(
    private readonly action: string,
    private readonly peers: readonly AdminPeer[],
    private readonly options: AdminRuleOptions,
  ) {}

  /** @internal */
  public _problems(what: string, isIngress: boolean): Problems {
    const problems = [...PEERS(`${what}.peers`, this.peers), ...OPTIONS(`${what}.options`, this.options)];
    return problems.length > 0 || !isIngress
      ? problems
      : this.peers.flatMap((peer, at) =>
          peer._isNetwork
            ? [
                `${what}.peers[${at}] is AdminPeer.networks; the API has no addresses among those who connect, give Pods`,
              ]
            : [],
        );
  }

  /** @internal */
  // biome-ignore lint/suspicious/noExplicitAny: the actions of two types of rules are two enums of the same words
  public _toJson(key: 'from' | 'to'): any {
    const { action, peers, options } = this;
    return {
      name: options.name,
      action,
      [key]: peers.map((peer) => peer._toJson()),
      protocols: options.ports?.map((port) => port._toProtocol()),
    };
  }
}

/** As many as the API takes. */
function atMost(most: number, check: (what: string, value: unknown) => Problems) {
  return (what: string, value: unknown): Problems =>
    Array.isArray(value) && value.length > most
      ? [`${what} has ${value.length} entries; the API takes at most ${most}, make a second rule or policy`]
      : check(what, value);
}

const PEERS = atMost(25, listOf(adminPeerProblems, '[AdminPeer.everywhere()]'));

const OPTIONS = fields({
  ports: atMost(25, portsProblems),
  name: (what, value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= 100 && !/\p{Cc}/u.test(value)
      ? []
      : [`${what} is ${shown(value)}; give a text of at most 100 characters, such as "metadata server"`],
});

/** What is wrong with the rules of one direction. */
export function rulesProblems(isIngress: boolean) {
  return atMost(
    25,
    listOf(
      (what, value) =>
        value instanceof AdminRule
          ? value._problems(what, isIngress)
          : [`${what} is ${shown(value)}; give an AdminRule such as AdminRule.deny([AdminPeer.everywhere()])`],
      '[AdminRule.deny([AdminPeer.everywhere()])]',
    ),
  );
}
