import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['replicas-cut-off']> = {
  title: 'the replicas of a workload may not connect to each other',
  message: ({ direction, workload, replicas }) =>
    `${workload} has ${replicas} replicas and a headless Service, by which they find each other, and no ${direction} rule lets them ${direction === 'ingress' ? 'in' : 'out'}`,
  advice: ({ direction }) =>
    `add a rule with ${direction === 'ingress' ? 'from' : 'to'}: [{ podSelector: the labels of the pods themselves }]`,
};
