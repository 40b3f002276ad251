import { listIn } from '../manifest/lists';
import { type Direction, isPeer, type NamespaceLabels, type Pod, type Policy } from './model';
import { PolicyIndex } from './policy-index';
import type { Model } from './read/read';
import type { OrderedPolicy } from './tiers';

/** Finds the policies that select a pod. */
export class Selecting {
  private readonly policiesIn: ReadonlyMap<string, PolicyIndex>;
  private readonly ordered: readonly OrderedPolicy[];
  private readonly namespaces: NamespaceLabels;

  constructor({ policies, ordered, namespaces }: Pick<Model, 'policies' | 'ordered' | 'namespaces'>) {
    const byNamespace = new Map<string, Policy[]>();
    for (const policy of policies) {
      listIn(byNamespace, policy.namespace).push(policy);
    }
    this.policiesIn = new Map(
      [...byNamespace].map(([namespace, own]) => [
        namespace,
        new PolicyIndex(own.sort((a, b) => (a.name < b.name ? -1 : 1))),
      ]),
    );
    this.ordered = ordered;
    this.namespaces = namespaces;
  }

  /** NetworkPolicies that isolate a pod in a direction, by name. */
  policies(pod: Pod, direction: Direction): readonly Policy[] {
    return pod.onNode
      ? []
      : (this.policiesIn.get(pod.namespace)?.selecting(pod) ?? []).filter((policy) => policy[direction] !== undefined);
  }

  /**
   * Policies of other tiers that say something of a pod in a direction, in the order in which they are asked, without those that
   * are not evaluated.
   */
  others(pod: Pod, direction: Direction): readonly OrderedPolicy[] {
    return this.all(pod, direction).filter(({ isOther }) => isOther !== true);
  }

  /** The same with those that are not evaluated. */
  all(pod: Pod, direction: Direction): readonly OrderedPolicy[] {
    return pod.onNode
      ? []
      : this.ordered.filter(
          (policy) =>
            policy[direction] !== undefined &&
            policy.subject.some((peer) => isPeer(peer, policy.namespace ?? '', pod, this.namespaces)),
        );
  }
}
