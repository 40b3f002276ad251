import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['primary-not-selected']> = {
  title: 'a policy forgets the pods that Flagger makes',
  message: ({ canary, key, value, by }) =>
    `${canary} has Flagger serve from pods with ${key}=${value}-primary, which ${by === 'policy' ? 'the policy does not select' : 'the rule does not mean'}`,
  advice: ({ key, value }) =>
    `write matchExpressions: [{ key: ${key}, operator: In, values: [${value}, ${value}-primary] }]`,
};
