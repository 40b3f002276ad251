import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['from-and-ports-apart']> = {
  title: 'peers and ports are in two rules',
  message: ({ direction, ports, other }) =>
    `rules add up: ${direction === 'ingress' ? 'everybody may connect' : 'the pods may connect to everybody'} on ${ports}, and the peers of ${direction} rule ${other} on every port`,
  advice: ({ direction }) =>
    `put ports beside ${direction === 'ingress' ? 'from' : 'to'} in one rule, without a dash between them`,
};
