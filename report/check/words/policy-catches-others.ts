import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['policy-catches-others']> = {
  title: 'a NetworkPolicy of one app closes other apps',
  message: ({ app, namespace, others, count }) =>
    `the labels of the policy say ${app}, and it selects every pod of namespace ${namespace}: ${others.join(', ')}${count > others.length ? ` and ${count - others.length} more` : ''} ${count === 1 ? 'is' : 'are'} closed too`,
  advice: ({ app }) => `select the pods of ${app} alone`,
};
