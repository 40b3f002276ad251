import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['annotation-value']> = {
  title: 'an annotation of ingress-nginx has a value that it does not take',
  message: ({ annotation, value, taken }) => `${annotation} is ${value}, ${taken}`,
  advice: ({ right }) => right,
};
