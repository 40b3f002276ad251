import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['webhook-closed']> = {
  title: 'the API server may not call a webhook',
  message: ({ caller, service, workload, port }) =>
    workload === undefined
      ? `the API server calls Service ${service} for ${caller}, which is not among the manifests, and this closes all pods of its namespace`
      : `the API server calls Service ${service} for ${caller}, and no rule without peers and no ipBlock lets it in to TCP ${port} of ${workload}`,
  advice: ({ service, workload, port }) =>
    workload === undefined
      ? `see that a policy for the pods of ${service} has an ingress rule without from`
      : `add an ingress rule with ports: [{ port: ${port} }] and without from: the API server is no pod`,
};
