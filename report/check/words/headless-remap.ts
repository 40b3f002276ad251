import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['headless-remap']> = {
  title: 'a headless Service cannot translate ports',
  message: ({ port, target }) =>
    `a headless Service leads straight to the pods, which listen on ${target}: nothing turns ${port} into ${target}`,
  advice: ({ target }) => `write port: ${target}, or give the Service a cluster IP`,
};
