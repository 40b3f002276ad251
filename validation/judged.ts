import { check, type Severity } from '../analysis/check';
import { SEVERITIES } from '../analysis/check/rule';
import type { CheckSettings } from '../analysis/check/settings';
import { Cluster } from '../analysis/connectivity';
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

/**
 * Judges sets of manifests, each of which may be on a cluster at one time. What is wrong with one of them is wrong; a silencer is of no
 * use if it silences nothing in any of them.
 */
export function judge(
  sets: readonly (readonly Manifest[])[],
  settings: CheckSettings,
  { input, unread = [] }: { readonly input: InputDegree; readonly unread?: readonly Problem[] },
): Judged {
  const problems = new Map<string, Placed>();
  const findings = new Map<string, { readonly finding: WordedFinding; count: number }>();
  const silenced = new Set<string>();
  for (const manifests of sets) {
    const cluster = Cluster.from({ manifests, problems: [] }, { input });
    for (const problem of [...unread, ...cluster.problems]) {
      problems.set(`${problem.file}:${problem.line}: ${problem.message}`, problem);
    }
    const found = check(manifests, settings);
    for (const one of found.findings.map(worded)) {
      const known = findings.get(keyOf(one));
      findings.set(keyOf(one), { finding: one, count: (known?.count ?? 0) + 1 });
    }
    for (const one of found.silenced.map(worded)) {
      silenced.add(keyOf(one));
    }
  }
  const isWithin = ({ source }: WordedFinding) =>
    sets.filter((set) => set.some(({ source: { file } }) => file === source.file)).length || sets.length;
  const left = [...findings.values()].filter(
    ({ finding, count }) => finding.rule !== 'unused-ignore' || count === isWithin(finding),
  );
  return { problems: [...problems.values()], findings: left.map(({ finding }) => finding), silenced: silenced.size };
}

function keyOf({ rule, object, source: { file, line, column }, message }: WordedFinding): string {
  return `${rule}\n${object}\n${file}:${line}:${column}\n${message}`;
}

/** Whether a finding is as grave as this, or graver. */
export function isAtLeast({ severity }: Pick<WordedFinding, 'severity'>, least: Severity | 'never'): boolean {
  return least !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}
