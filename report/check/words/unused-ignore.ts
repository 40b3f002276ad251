import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['unused-ignore']> = {
  title: 'something is silenced that is not found',
  message: ({ rule, object, known }) =>
    known
      ? `${rule} is silenced${object === undefined ? '' : ` for ${object}`}, and finds nothing there`
      : `${JSON.stringify(rule)} is silenced, and there is no such rule`,
  advice: ({ known }) => (known ? 'delete it' : 'write the code of a rule, as findings name it'),
};
