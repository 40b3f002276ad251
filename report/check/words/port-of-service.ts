import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['port-of-service']> = {
  title: 'a NetworkPolicy names the port of a Service instead of the port of its pods',
  message: ({ port, protocol, service, target }) =>
    `${protocol} ${port} is the port of Service ${service}, which leads to port ${target} of the pods; policies see the port of the pods`,
  advice: ({ target, workload }) => `write ${target}, the port of ${workload}`,
};
