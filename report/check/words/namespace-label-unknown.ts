import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['namespace-label-unknown']> = {
  title: 'a namespaceSelector asks for a label that no Namespace has',
  message: ({ wanted, namespace }) =>
    namespace === undefined
      ? `no Namespace of the manifests has ${wanted}; if nobody gives that label by hand, the item means no namespace`
      : `no Namespace of the manifests has ${wanted}, and Kubernetes does not give that label`,
  advice: ({ namespace }) =>
    `every namespace has the label kubernetes.io/metadata.name; write kubernetes.io/metadata.name: ${namespace ?? 'NAME'}`,
};
