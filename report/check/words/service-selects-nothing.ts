import type { FindingArgs } from '../../../analysis/check/finding-args';
import { nearestAdvice } from '../nearest';
import type { Words } from '../wording';

export const words: Words<FindingArgs['service-selects-nothing']> = {
  title: 'a Service selects no pod',
  message: ({ selector, namespace }) =>
    `no pod of namespace ${namespace} has ${selector}, so the Service has no endpoint`,
  advice: ({ nearest }) =>
    nearestAdvice(nearest, 'select by labels that the pods have; if the pods stand in other manifests, give these too'),
};
