import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['egress-closes-ingress-too']> = {
  title: 'a NetworkPolicy with egress rules alone closes ingress',
  message: ({ workloads, count }) =>
    `without policyTypes, Ingress is taken for granted beside Egress: nobody may connect to ${workloads.join(', ')}${count > workloads.length ? ` and ${count - workloads.length} more` : ''}`,
  advice: () => 'write policyTypes: [Egress] if only egress is meant, or [Ingress, Egress]',
};
