import { listIn } from '../../manifest/lists';
import { Classes } from './classes';
import type { IdSet, Ids } from './id-set';
import { Memberships } from './memberships';

/** Which policies select each pod, where those that select the same pods are one bundle. */
export interface Selections {
  /** By bundle: its policies, as their places in ascending order. */
  readonly bundles: readonly Ids[];
  /** By pod: the bundles that select it, in ascending order; pods that the same ones select share a list. */
  readonly ofPod: readonly Ids[];
}

/**
 * Finds which policies select each pod. What thousands of policies have in common is looked at once, and pods that the same
 * policies select are one class: it makes no difference then that all of them are in one namespace.
 *
 * @param selected by policy: the pods that it selects, the same object for the same pods
 * @param counts whether a policy is asked
 */
export function selectionsOf(
  selected: readonly IdSet[],
  counts: (policy: number) => boolean,
  pods: number,
): Selections {
  const policiesOf = new Map<IdSet, number[]>();
  for (const [policy, set] of selected.entries()) {
    if (counts(policy)) {
      listIn(policiesOf, set).push(policy);
    }
  }
  const sets = [...policiesOf.keys()];
  const classes = new Classes(new Array<string>(pods).fill(''), pods);
  for (const set of sets) {
    classes.split(set);
  }
  const memberships = new Memberships(classes.classOf, classes.representatives().length, sets.keys(), sets);
  const rests = [...sets.keys()].filter((bundle) => memberships.isRest(bundle));
  const ofClass = memberships.holding.map((holding, id): Ids => {
    if (rests.length === 0) {
      return holding;
    }
    const missing = new Set(memberships.missing[id]);
    return [...holding, ...rests.filter((bundle) => !missing.has(bundle))].sort((a, b) => a - b);
  });
  return {
    bundles: [...policiesOf.values()],
    ofPod: Array.from(classes.classOf, (id) => ofClass[id] as Ids),
  };
}
