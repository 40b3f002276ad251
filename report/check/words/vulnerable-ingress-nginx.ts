import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['vulnerable-ingress-nginx']> = {
  title: 'ingress-nginx that can be taken over',
  message: ({ workload, version, fixed, cve }) =>
    `${workload} runs ingress-nginx ${version}, which can be taken over from inside of the pod network (${cve}); it is mended in ${fixed}`,
  advice: () => 'use 1.15.1, the last release, and plan to leave: ingress-nginx is retired',
};
