// Written by `npm run rules`; do not edit.
import type { FindingArgs, RuleCode } from './finding-args';
import type { Rule } from './rule';
import { rule as policySelectsNothing } from './rules/policy-selects-nothing';
import { rule as portOfService } from './rules/port-of-service';
import { rule as serviceSelectsNothing } from './rules/service-selects-nothing';
import { rule as unusedIgnore } from './rules/unused-ignore';

const BY_CODE: { readonly [Code in RuleCode]: Rule<Code, FindingArgs[Code]> } = {
  'policy-selects-nothing': policySelectsNothing,
  'port-of-service': portOfService,
  'service-selects-nothing': serviceSelectsNothing,
  'unused-ignore': unusedIgnore,
};

/** All rules, by their codes. */
export const RULES: readonly Rule<RuleCode>[] = Object.values(BY_CODE);
