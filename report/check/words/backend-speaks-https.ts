import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['backend-speaks-https']> = {
  title: 'an Ingress speaks HTTP to a port of HTTPS',
  message: ({ service, port, target }) =>
    `port ${port} of Service ${service} leads to ${target}, which looks like HTTPS, and ingress-nginx speaks HTTP to it`,
  advice: () => 'add nginx.ingress.kubernetes.io/backend-protocol: HTTPS, or lead to the port of HTTP',
};
