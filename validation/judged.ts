import { checkSets, type Severity } from '../analysis/check';
import { refusedByServer } from '../analysis/check/alternatives';
import { SEVERITIES } from '../analysis/check/rule';
import type { CheckSettings } from '../analysis/check/settings';
import type { InputDegree, Manifest, Problem } from '../analysis/manifest';
import { type WordedFinding, worded } from '../report/check/worded';
import type { Placed } from '../report/problems';

/** What is wrong with manifests, however they may be applied. */
export interface Judged {
  /** What an API server would refuse, or that cannot be read. */
  readonly problems: readonly Placed[];
  readonly findings: readonly WordedFinding[];
  /** How many findings are silenced. */
  readonly silenced: number;
}

/** Judges sets of manifests, each of which may be on a cluster at one time. */
export function judge(
  sets: readonly (readonly Manifest[])[],
  settings: CheckSettings,
  { input, unread = [] }: { readonly input: InputDegree; readonly unread?: readonly Problem[] },
): Judged {
  const { findings, silenced } = checkSets(sets, settings);
  return {
    problems: [...unread, ...refusedByServer(sets, [], input).problems],
    findings: findings.map(worded),
    silenced: silenced.length,
  };
}

/** Whether a finding is as grave as this, or graver. */
export function isAtLeast({ severity }: Pick<WordedFinding, 'severity'>, least: Severity | 'never'): boolean {
  return least !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}
