import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['service-open-to-world']> = {
  title: 'a Service takes requests from every address',
  message: ({ type, ports }) =>
    `the Service is of type ${type} and takes requests on ${ports.join(', ')} from every address`,
  advice: ({ type }) =>
    type === 'LoadBalancer'
      ? 'name who may connect in loadBalancerSourceRanges, or make the load balancer an internal one'
      : 'use a Service of type ClusterIP behind an Ingress or Gateway',
};
