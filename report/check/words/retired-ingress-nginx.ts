import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['retired-ingress-nginx']> = {
  title: 'ingress-nginx gets no more fixes',
  message: ({ workload, version }) =>
    `${workload} runs ingress-nginx ${version}, which was retired in March 2026: faults are not mended any more`,
  advice: () =>
    'plan to leave for the Gateway API: cdk8s-networking migrate writes the routes and proves that they are the same',
};
