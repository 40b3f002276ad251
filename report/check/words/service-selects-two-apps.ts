import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['service-selects-two-apps']> = {
  title: 'a Service selects pods of two apps',
  message: ({ selector, workloads, apps }) =>
    `${selector} selects ${workloads[0]} (${apps[0]}) and ${workloads[1]} (${apps[1]}), and only the first listens on the ports of the Service`,
  advice: () => 'add the label that tells them apart to the selector',
};
