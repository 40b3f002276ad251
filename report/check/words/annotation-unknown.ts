import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['annotation-unknown']> = {
  title: 'an annotation looks like one of ingress-nginx and is none',
  message: ({ annotation, isRemoved }) =>
    isRemoved
      ? `ingress-nginx no longer reads ${annotation}, which does nothing`
      : `ingress-nginx reads no ${annotation}, which does nothing`,
  advice: ({ meant, isRemoved }) =>
    meant === undefined || isRemoved ? 'leave it out, or look for what has taken its place' : `did you mean ${meant}?`,
};
