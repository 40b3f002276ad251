import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['rules-without-type']> = {
  title: 'rules for a direction that policyTypes leaves out',
  message: ({ direction, type }) =>
    `there are ${direction} rules, and policyTypes does not name ${type}: by Kubernetes they mean nothing, and network plugins do not agree`,
  advice: ({ type, direction }) => `add ${type} to policyTypes, or delete spec.${direction}`,
};
