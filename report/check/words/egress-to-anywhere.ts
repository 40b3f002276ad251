import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['egress-to-anywhere']> = {
  title: 'an egress rule is for every address',
  message: ({ ports }) => `${ports} is open to every address inside and outside, beside rules that name their peers`,
  advice: () => 'name who is meant in to: by labels, or by an ipBlock for addresses outside',
};
