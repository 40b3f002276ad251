import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['policy-in-wrong-namespace']> = {
  title: 'a NetworkPolicy stands in another namespace than its pods',
  message: ({ selector, namespace, isWritten, home }) =>
    `the policy ${isWritten ? `is in namespace ${namespace}` : 'names no namespace'}, and pods with ${selector} are in ${home}`,
  advice: ({ home }) => `write metadata.namespace: ${home}`,
};
