import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['service-port-on-aws']> = {
  title: 'the Amazon VPC CNI wants one number for the port of a Service and of its pods',
  message: ({ port, target, workload }) =>
    `the Service maps port ${port} to ${target} of ${workload}, which a policy isolates; the network policies of the Amazon VPC CNI ask for the same number`,
  advice: ({ target }) => `write port: ${target}, and use this number in URLs`,
};
