import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['monitor-port-missing']> = {
  title: 'a ServiceMonitor names a port that its Service does not have',
  message: ({ port, service, names }) =>
    `Service ${service} has no port with the name ${port}${names.length === 0 ? '; its ports have no names' : ''}`,
  advice: ({ names }) =>
    names.length === 0 ? 'give the port of the Service a name' : `the names are ${names.join(', ')}`,
};
