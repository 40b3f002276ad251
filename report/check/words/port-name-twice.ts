import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['port-name-twice']> = {
  title: 'a policy names a port that a pod has more than once',
  message: ({ port, protocol, workload, numbers }) =>
    `${workload} calls ${protocol} ${numbers.join(' and ')} ${port}, and network plugins do not agree on which of them the rule opens`,
  advice: ({ numbers }) => `write the number: ${numbers.join(' or ')}`,
};
