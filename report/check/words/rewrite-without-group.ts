import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['rewrite-without-group']> = {
  title: 'a rewrite-target loses what stands behind the path',
  message: ({ target, path }) =>
    `every request below ${path} arrives as ${target}: what stands behind the path is lost`,
  advice: ({ path, target }) => {
    const base = path.replace(/\/+$/, '');
    return `if the rest is to be kept: path ${base}(/|$)(.*), pathType ImplementationSpecific, rewrite-target ${target.replace(/\/+$/, '')}/$2`;
  },
};
