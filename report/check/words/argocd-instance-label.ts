import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['argocd-instance-label']> = {
  title: 'a selector by the label that Argo CD writes',
  message: ({ value }) =>
    `the selector asks for app.kubernetes.io/instance=${value}, a label that Argo CD writes with the name of its Application`,
  advice: () => 'select by app or app.kubernetes.io/name; or have Argo CD track by annotation',
};
