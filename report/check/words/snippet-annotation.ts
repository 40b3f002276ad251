import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['snippet-annotation']> = {
  title: 'an annotation puts text into the configuration of nginx',
  message: ({ annotation }) =>
    `${annotation} puts text into the configuration of nginx: the controller refuses it unless snippets are allowed, and who may write it can read what the controller may`,
  advice: () => 'use the annotation that is made for the purpose; no tool can tell what a snippet does to requests',
};
