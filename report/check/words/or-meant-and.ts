import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['or-meant-and']> = {
  title: 'two items of a list where one with both selectors was meant',
  message: ({ direction, namespaces, pods, others }) =>
    `the items mean every pod of ${namespaces === '' ? 'every namespace' : `the namespaces with ${namespaces}`}, or pods of this namespace with ${pods}, of which there are none${others.length === 0 ? '' : `; so ${others.join(', ')} ${direction === 'ingress' ? 'may connect too' : 'may be connected to as well'}`}`,
  advice: () => 'write both selectors in one item: namespaceSelector and podSelector without a dash between them',
};
