import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['target-port-missing']> = {
  title: 'a Service leads to a port that no pod has',
  message: ({ target, protocol, workloads, names }) =>
    `no container of ${workloads.join(', ')} calls a port ${target} (${protocol}), so the Service has no endpoint on it${names.length === 0 ? '; they name no port' : ''}`,
  advice: ({ names }) => (names.length === 0 ? 'write the number of the port' : `the names are ${names.join(', ')}`),
};
