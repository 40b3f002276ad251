import type { Pod, Policy } from '../model';
import { foundText, type Unmet, unmet, wantedText } from './requirements';

/**
 * A policy would open the connection and selects nothing:
 *
 * - `policy-label`: a label of the pod is not as the `podSelector` of the policy wants it;
 * - `policy-namespace`: the policy stands in another namespace than the pod, and so do pods that it might select.
 */
export type SelectionFault =
  | ({ readonly kind: 'policy-label' } & Unmet)
  | { readonly kind: 'policy-namespace'; readonly wanted: string; readonly found: string };

/** What keeps a policy from selecting a pod. */
export function selectionFaults({ namespace, selector }: Policy, pod: Pod): readonly SelectionFault[] {
  const labels = unmet(selector, pod.labels).map((one): SelectionFault => ({ kind: 'policy-label', ...one }));
  return namespace === pod.namespace
    ? labels
    : [{ kind: 'policy-namespace', wanted: namespace, found: pod.namespace }, ...labels];
}

export function selectionText(fault: SelectionFault, who: string): string {
  return fault.kind === 'policy-namespace'
    ? `the policy would allow it, but stands in namespace ${fault.wanted}, where it selects nothing; ${who} is in ${fault.found}`
    : `the policy would allow it, but selects nothing: it wants ${wantedText(fault)}, and ${who} has ${foundText(fault)}`;
}
