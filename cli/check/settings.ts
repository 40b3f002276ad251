import type { RuleCode, RuleSetting, Severity, Silencer } from '../../analysis/check';

/** What `check` is told: by options, and by a configuration file. */
export interface CheckSettings {
  readonly rules: ReadonlyMap<RuleCode, RuleSetting>;
  readonly ignore: readonly Silencer[];
  /** The least severity of findings that make the answer "no". */
  readonly failOn: Severity | 'never' | undefined;
}
