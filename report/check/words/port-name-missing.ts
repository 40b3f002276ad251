import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['port-name-missing']> = {
  title: 'a NetworkPolicy names a port that no pod has',
  message: ({ port, protocol, names }) =>
    `no container of the pods that listen calls a port ${port} (${protocol}), so the rule opens nothing on it${names.length === 0 ? '; they name no port' : ''}`,
  advice: ({ names }) =>
    names.length === 0 ? 'write the number of the port' : `the names are ${names.join(', ')}; or write the number`,
};
