// Written by `npm run rules`; do not edit.
import type { FindingArgs, RuleCode } from '../../analysis/check/finding-args';
import type { Words } from './wording';
import { words as policySelectsNothing } from './words/policy-selects-nothing';
import { words as portOfService } from './words/port-of-service';
import { words as serviceSelectsNothing } from './words/service-selects-nothing';
import { words as unusedIgnore } from './words/unused-ignore';

/** The words of all rules, by their codes. */
export const WORDS: { readonly [Code in RuleCode]: Words<FindingArgs[Code]> } = {
  'policy-selects-nothing': policySelectsNothing,
  'port-of-service': portOfService,
  'service-selects-nothing': serviceSelectsNothing,
  'unused-ignore': unusedIgnore,
};
