import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['any-namespace-by-label']> = {
  title: 'pods of any namespace are let in by a label that everybody may use',
  message: ({ pods, namespaces }) =>
    `pods with ${pods} of every namespace are let in${namespaces.length === 0 ? '' : `; those of the manifests are in ${namespaces.join(', ')}`}`,
  advice: ({ namespaces }) =>
    `name the namespace: kubernetes.io/metadata.name: ${namespaces.length === 1 ? namespaces[0] : 'NAME'}`,
};
