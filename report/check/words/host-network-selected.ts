import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['host-network-selected']> = {
  title: 'a NetworkPolicy speaks of pods on the network of their node',
  message: ({ by, selector, workloads }) =>
    `${by === 'policy' ? 'the policy selects' : 'the item means'} ${selector}, which only ${workloads.join(', ')} ${workloads.length === 1 ? 'has' : 'have'}; pods with hostNetwork count as their node, which no selector matches`,
  advice: ({ by }) =>
    by === 'policy'
      ? 'close the port on the node, or take hostNetwork away'
      : 'name the addresses of the nodes in an ipBlock, or open the port to everybody',
};
