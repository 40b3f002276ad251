import { defineRule, type Found } from '../rule';

/** What the findings of `unused-ignore` hold. */
export interface UnusedIgnore {
  readonly rule: string;
  /** What was to be silenced, as it is written; undefined for the rule everywhere. */
  readonly object: string | undefined;
  /** Whether there is such a rule. */
  readonly known: boolean;
}

/** Something that silences findings of which there are none. `check` itself tells of it, when all rules have run. */
export const rule = defineRule({
  code: 'unused-ignore',
  severity: 'info',
  reads: ['annotations', 'configuration', 'baseline'],
  check: (): readonly Found<UnusedIgnore>[] => [],
});
