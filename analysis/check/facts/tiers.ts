import type { Facts } from './facts';

/**
 * Whether policies of other kinds are among the manifests, which may open or close what NetworkPolicies do not, for
 * `facts.once`. What a rule finds by NetworkPolicies alone is then worth a look, no more.
 */
export function hasOtherTiers({ manifests }: Facts): boolean {
  return manifests.some(({ group, kind }) => kind.endsWith('NetworkPolicy') && group !== 'networking.k8s.io');
}
