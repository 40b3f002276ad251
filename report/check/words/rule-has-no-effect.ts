import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['rule-has-no-effect']> = {
  title: 'a rule that another makes superfluous',
  message: ({ direction, ports, policy, by }) =>
    `${direction} rule ${by} of ${policy === undefined ? 'the same policy' : `NetworkPolicy ${policy}`} opens ${ports} to everybody, so this rule changes nothing`,
  advice: ({ policy }) =>
    policy === undefined
      ? 'delete the broader rule, or this one'
      : 'delete the broader rule, or keep this one to say what is meant when the other is gone',
};
