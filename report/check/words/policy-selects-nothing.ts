import type { FindingArgs } from '../../../analysis/check/finding-args';
import { nearestAdvice } from '../nearest';
import type { Words } from '../wording';

export const words: Words<FindingArgs['policy-selects-nothing']> = {
  title: 'a NetworkPolicy selects no pod',
  message: ({ selector, namespace }) =>
    `no pod of namespace ${namespace} has ${selector}, so the policy closes and opens nothing`,
  advice: ({ nearest }) => nearestAdvice(nearest, 'select by labels that the pods have, or delete the policy'),
};
