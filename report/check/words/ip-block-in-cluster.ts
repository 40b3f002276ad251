import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['ip-block-in-cluster']> = {
  title: 'an ipBlock holds addresses inside of the cluster',
  message: ({ cidr, direction, holds, object }) => {
    switch (holds) {
      case 'everything':
        return `${cidr} holds the pods too: with some network plugins the rule is for everybody, with others (Cilium) for addresses outside alone`;
      case 'cluster-ip':
        return `${cidr} holds the cluster IP of ${object}; policies see the address of a pod behind it, so the block may match nothing`;
      case 'pod':
        return `${cidr} holds the address of ${object}; network plugins do not agree whether a block means pods`;
      case 'clients':
        return `${direction} from ${cidr} comes through ${object}, whose pods may see the address of a node in the place of the client's`;
    }
  },
  advice: ({ holds, direction }) =>
    holds === 'everything'
      ? `leave ${direction === 'ingress' ? 'from' : 'to'} out if everybody is meant; else add an item with namespaceSelector: {} for pods, or take their block away by except`
      : holds === 'clients'
        ? 'set externalTrafficPolicy: Local, so that pods see the address of the client'
        : 'select the pods by their labels',
};
