import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['api-server-port']> = {
  title: 'one of the two ports of the API server is open',
  message: ({ workload, serviceAccount, open, closed }) =>
    `${workload} runs as ${serviceAccount}, which has rights of its own, and may connect to TCP ${open} and not to TCP ${closed}`,
  advice: () =>
    'policies see the port behind the Service kubernetes, which is 6443 on most clusters and 443 on some: open both if the pods talk to the API server',
};
