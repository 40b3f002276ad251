import { listIn } from '../../manifest/lists';
import { ALL, NONE, type PortSet } from '../engine/port-sets';
import { type Direction, isDoubtful, isHeld, isPeer, type Pod, type Policy, type Rule } from '../model';
import type { Model } from '../read/read';
import { MIDDLE, type OrderedPolicy } from '../tiers';
import { isWithin, mayBeWithin, type Pair } from './pair';

/** Policies that may select pods of a pair, and whether one closes them for sure to whom none lets in. */
interface Selecting {
  readonly isIsolated: boolean;
  readonly policies: readonly Policy[];
  readonly ordered: readonly OrderedPolicy[];
}

/** What the policies of a namespace let pods of it have that no manifest shows. */
export class OtherEnd {
  private readonly policiesIn = new Map<string, Policy[]>();
  private readonly opened = new Map<Pod, PortSet>();
  private readonly orderedIn = new Map<string | undefined, OrderedPolicy[]>();
  private readonly known = new Map<string, Selecting>();

  /** @param direction that of the pods that no manifest shows */
  constructor(
    private readonly direction: Direction,
    private readonly model: Pick<Model, 'namespaces' | 'sets' | 'policies' | 'ordered'>,
  ) {
    for (const policy of model.policies.filter((one) => one[direction] !== undefined)) {
      listIn(this.policiesIn, policy.namespace).push(policy);
    }
    for (const policy of model.ordered.filter((one) => one[direction] !== undefined)) {
      listIn(this.orderedIn, policy.namespace).push(policy);
    }
  }

  /** The most that policies may leave open between some pod of a pair and a pod. */
  ports(pair: Pair, pod: Pod): PortSet {
    if (pair.namespace === undefined) {
      return ALL;
    }
    const { isIsolated, policies, ordered } = this.selecting(pair, pair.namespace);
    if (!isIsolated) {
      return ALL;
    }
    const { sets } = this.model;
    return sets.unionOf([
      this.ofCluster(pod),
      ...this.opening(ordered, pod),
      ...policies.flatMap((policy) =>
        (policy[this.direction] ?? [])
          .filter((rule) => this.matches(rule, policy.namespace, pod))
          .map((rule) => this.portsOf(rule, pod)),
      ),
    ]);
  }

  /** What policies of the whole cluster of other tiers may open to pods, whichever pods they select. */
  private ofCluster(pod: Pod): PortSet {
    let ports = this.opened.get(pod);
    if (ports === undefined) {
      ports = this.model.sets.unionOf(this.opening(this.orderedIn.get(undefined) ?? [], pod));
      this.opened.set(pod, ports);
    }
    return ports;
  }

  /** What rules may open, if they decide. */
  private opening(ordered: readonly OrderedPolicy[], pod: Pod): readonly PortSet[] {
    return ordered.flatMap((policy) =>
      (policy[this.direction] ?? [])
        .filter(({ action }) => action !== 'deny')
        .filter(
          (rule) =>
            rule.nodes !== undefined || rule.doubtful !== undefined || this.matches(rule, policy.namespace ?? '', pod),
        )
        .map((rule) => this.portsOf(rule, pod)),
    );
  }

  /** Policies that may select pods of a pair, and whether one does for sure. */
  private selecting(pair: Pair, namespace: string) {
    let found = this.known.get(pair.key);
    if (found === undefined) {
      const { namespaces } = this.model;
      const subject = (policy: Policy) => ({ namespaces: 'own' as const, pods: policy.selector });
      const all = this.policiesIn.get(namespace) ?? [];
      const ordered = this.orderedIn.get(namespace) ?? [];
      // What comes to the end of their tier is denied, as by NetworkPolicies.
      const closing = [...ordered, ...(this.orderedIn.get(undefined) ?? [])].filter(
        ({ tier, doubt }) => tier === MIDDLE && doubt === undefined,
      );
      found = {
        isIsolated:
          all.some((policy) => isWithin(pair, subject(policy), namespace, namespaces)) ||
          closing.some((policy) => policy.subject.some((peer) => isWithin(pair, peer, namespace, namespaces))),
        policies: all.filter((policy) => mayBeWithin(pair, subject(policy), namespace, namespaces)),
        ordered: ordered.filter((policy) =>
          policy.subject.some((peer) => mayBeWithin(pair, peer, namespace, namespaces)),
        ),
      };
      this.known.set(pair.key, found);
    }
    return found;
  }

  private matches(rule: Rule, own: string, pod: Pod): boolean {
    return (
      rule.everybody ||
      isHeld(rule, pod) ||
      isDoubtful(rule, pod) ||
      rule.pods.some((peer) => isPeer(peer, own, pod, this.model.namespaces))
    );
  }

  private portsOf({ ports }: Rule, pod: Pod): PortSet {
    const { sets } = this.model;
    if (this.direction === 'egress') {
      return ports.names.reduce((open, name) => sets.union(open, pod.namedPorts.get(name) ?? NONE), ports.numbers);
    }
    // The names are those of pods that nobody knows.
    return ports.names.length > 0 ? ALL : ports.numbers;
  }
}
