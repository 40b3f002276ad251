// Written by `npm run rules`; do not edit.
import type { PolicySelectsNothing } from './rules/policy-selects-nothing';
import type { PortOfService } from './rules/port-of-service';
import type { ServiceSelectsNothing } from './rules/service-selects-nothing';
import type { UnusedIgnore } from './rules/unused-ignore';

// biome-ignore format: one a line, so that the rules of two changes do not meet
export type {
  PolicySelectsNothing,
  PortOfService,
  ServiceSelectsNothing,
  UnusedIgnore,
};

/** What the findings of each rule hold. */
export interface FindingArgs {
  readonly 'policy-selects-nothing': PolicySelectsNothing;
  readonly 'port-of-service': PortOfService;
  readonly 'service-selects-nothing': ServiceSelectsNothing;
  readonly 'unused-ignore': UnusedIgnore;
}

/** The code of a rule. */
export type RuleCode = keyof FindingArgs;
