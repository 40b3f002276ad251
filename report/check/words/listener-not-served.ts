import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['listener-not-served']> = {
  title: 'a listener of a Gateway is not served',
  message: ({ why, secret, gateway }) => {
    const missing = secret === undefined ? gateway : `Secret ${secret}`;
    return missing === undefined ? why : `${missing} is not among the manifests`;
  },
  advice: ({ gateway, allow, candidates }) => {
    if (candidates.length > 0) {
      return `did you mean ${candidates.join(' or ')}?`;
    }
    if (gateway !== undefined) {
      return 'give the manifests of the Gateway too, or mend the name and the namespace';
    }
    switch (allow) {
      case 'namespace':
        return 'set allowedListeners.namespaces.from of the Gateway to All, or to Selector with a label of the namespace';
      case 'unknown':
        return 'give the manifest of the namespace too';
      case 'labels':
        return 'give the namespace the labels that the Gateway selects';
      default:
        return 'mend what it says; routes get nothing from this listener';
    }
  },
};
