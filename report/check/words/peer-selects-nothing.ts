import type { FindingArgs } from '../../../analysis/check/finding-args';
import { nearestAdvice } from '../nearest';
import type { Words } from '../wording';

export const words: Words<FindingArgs['peer-selects-nothing']> = {
  title: 'a peer of a NetworkPolicy means no pod',
  message: ({ selector, namespaces }) =>
    `no pod of ${namespaces.length === 1 ? `namespace ${namespaces[0]}` : `the namespaces ${namespaces.join(', ')}`} has ${selector}, so the item means nobody`,
  advice: ({ nearest }) =>
    nearestAdvice(nearest, 'select by labels that the pods have; if the pods stand in other manifests, give these too'),
};
