import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['listener-not-served']> = {
  title: 'a listener of a Gateway is not served',
  message: ({ why, secret }) => (secret === undefined ? why : `Secret ${secret} is not among the manifests`),
  advice: ({ secret, candidates }) =>
    secret === undefined
      ? 'mend what it says; routes get nothing from this listener'
      : `did you mean ${candidates.join(' or ')}?`,
};
