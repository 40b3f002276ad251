import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['namespace-not-closed']> = {
  title: 'a namespace that no policy closes',
  message: ({ namespace, workloads, count }) =>
    `no policy of namespace ${namespace} selects ${workloads.join(', ')}${count > workloads.length ? ` and ${count - workloads.length} more` : ''} for ingress: everybody may connect`,
  advice: () => 'add a default-deny, a NetworkPolicy with podSelector: {} and no rules, and open what is needed',
};
