import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['webhook-closed']> = {
  title: 'the API server may not call a webhook',
  message: ({ caller, service, workload, port }) =>
    `the API server calls Service ${service} for ${caller}, and no rule without peers and no ipBlock lets it in to TCP ${port} of ${workload}`,
  advice: ({ port }) =>
    `add an ingress rule with ports: [{ port: ${port} }] and without from: the API server is no pod`,
};
