import { listIn } from '../manifest/lists';
import { ALL } from './engine/port-sets';
import { type Direction, isPeer, NAME_LABEL, type NamespaceLabels, type Pod, type Policy } from './model';
import { PolicyIndex } from './policy-index';
import type { Model } from './read/read';
import type { OrderedPolicy } from './tiers';

/** Finds the policies that select a pod. */
export class Selecting {
  private readonly additive: readonly Policy[];
  private readonly policiesIn: PoliciesIn;
  private readonly wideOpenIn: { [direction in Direction]?: PoliciesIn } = {};
  /** By namespace, the places of policies that are for pods of that one alone; those of all others stand under no name. */
  private readonly orderedIn = new Map<string | undefined, number[]>();
  private readonly known = new WeakMap<Pod, readonly OrderedPolicy[]>();
  private readonly ordered: readonly OrderedPolicy[];
  private readonly namespaces: NamespaceLabels;

  constructor({ policies, ordered, namespaces }: Pick<Model, 'policies' | 'ordered' | 'namespaces'>) {
    this.additive = policies;
    this.policiesIn = indexed(policies);
    this.ordered = ordered;
    for (const [place, policy] of ordered.entries()) {
      listIn(this.orderedIn, onlyNamespace(policy)).push(place);
    }
    this.namespaces = namespaces;
  }

  /** NetworkPolicies that isolate a pod in a direction, by name. */
  policies(pod: Pod, direction: Direction): readonly Policy[] {
    return pod.onNode
      ? []
      : (this.policiesIn.get(pod.namespace)?.selecting(pod) ?? []).filter((policy) => policy[direction] !== undefined);
  }

  /** Whether a NetworkPolicy isolates a pod in a direction. */
  isIsolated(pod: Pod, direction: Direction): boolean {
    return (
      !pod.onNode && this.policiesIn.get(pod.namespace)?.some(pod, (policy) => policy[direction] !== undefined) === true
    );
  }

  /** Whether a rule of a NetworkPolicy that selects a pod lets everything through in a direction. */
  isWideOpen(pod: Pod, direction: Direction): boolean {
    this.wideOpenIn[direction] ??= indexed(
      this.additive.filter((policy) => policy[direction]?.some((rule) => rule.everybody && rule.ports.numbers === ALL)),
    );
    return !pod.onNode && this.wideOpenIn[direction].get(pod.namespace)?.some(pod, () => true) === true;
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
    return pod.onNode ? [] : this.of(pod).filter((policy) => policy[direction] !== undefined);
  }

  private of(pod: Pod): readonly OrderedPolicy[] {
    let found = this.known.get(pod);
    if (found === undefined) {
      const [own, others] = [this.orderedIn.get(pod.namespace) ?? [], this.orderedIn.get(undefined) ?? []];
      const places = own.length === 0 ? others : others.length === 0 ? own : [...own, ...others].sort((a, b) => a - b);
      found = places
        .map((place) => this.ordered[place] as OrderedPolicy)
        .filter(({ subject, namespace = '' }) => subject.some((peer) => isPeer(peer, namespace, pod, this.namespaces)));
      this.known.set(pod, found);
    }
    return found;
  }
}

type PoliciesIn = ReadonlyMap<string, PolicyIndex>;

/** Policies by namespace, each namespace's by name. */
function indexed(policies: readonly Policy[]): PoliciesIn {
  const byNamespace = new Map<string, Policy[]>();
  for (const policy of policies) {
    listIn(byNamespace, policy.namespace).push(policy);
  }
  return new Map(
    [...byNamespace].map(([namespace, own]) => [
      namespace,
      new PolicyIndex(own.sort((a, b) => (a.name < b.name ? -1 : 1))),
    ]),
  );
}

/** The one namespace of which a policy selects pods; `undefined` for any other policy. */
function onlyNamespace({ namespace, subject }: OrderedPolicy): string | undefined {
  const names = subject.map(({ namespaces }) => {
    if (namespaces === 'own') {
      return namespace;
    }
    const named = namespaces.find(
      ({ key, operator, values }) => key === NAME_LABEL && operator === 'In' && values.size === 1,
    );
    return named && [...named.values][0];
  });
  return names.length > 0 && names.every((name) => name === names[0]) ? names[0] : undefined;
}
