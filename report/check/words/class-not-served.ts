import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['class-not-served']> = {
  title: 'an Ingress or Gateway is of a class that nobody serves',
  message: ({ missing, wanted, candidates }) =>
    missing === 'controller'
      ? `no controller of the manifests serves ${wanted}: they serve ${candidates.join(', ')}`
      : `there is no ${missing} ${wanted} among the manifests, which have ${candidates.join(', ')}`,
  advice: ({ missing, near, candidates }) => {
    if (near !== undefined) {
      return `did you mean ${near}?`;
    }
    return missing === 'controller'
      ? `write spec.controller: ${candidates[0]}, or give the controller --controller-class`
      : `name a class that is there, or give the manifests of the class too`;
  },
};
