import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['ingress-without-class']> = {
  title: 'an Ingress names no class, and none is the default',
  message: ({ classes }) =>
    classes.length === 0
      ? 'the Ingress names no class, and no IngressClass of the manifests is the default'
      : `the Ingress names no class, and none of ${classes.join(', ')} is the default: nobody serves it`,
  advice: ({ classes }) => `write ingressClassName: ${classes[0] ?? 'NAME'}`,
};
