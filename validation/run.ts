import { readFileSync } from 'node:fs';
import { type AppliedFile, appliedSets, type Severity } from '../analysis/check';
import { SEVERITIES } from '../analysis/check/rule';
import { type Manifest, type Problem, readManifests } from '../analysis/manifest';
import { listIn } from '../analysis/manifest/lists';
import { isWithin } from '../input/alternatives';
import { failureText, textOf } from '../input/files';
import { countsOf } from '../report/check/answer';
import type { WordedFinding } from '../report/check/worded';
import { placeOf } from '../report/problems';
import type { ValidationContext, ValidationViolation } from './context';
import { isAtLeast, type Judged, judge } from './judged';
import { Recorded } from './recorded';
import { settingsOf, type ValidationSettings } from './settings';

/** Checks what the `cdk8s` command wrote. */
export class Validation {
  private readonly settings: ValidationSettings;

  /** @throws Error when a property is wrong */
  constructor(props: unknown) {
    this.settings = settingsOf(props, 'NetworkingValidation');
  }

  /** Reads the manifests, and reports what is wrong with them. */
  report({ manifests, metadata, stdout, report }: ValidationContext): void {
    const recorded = Recorded.of({ manifests, stdout });
    const unread: Problem[] = [];
    const isNamed = isWithin(this.settings.alternatives, process.cwd());
    const files = manifests.map((path) => ({
      manifests: readFile(path, recorded.shownAs(path), unread),
      isAlternative: recorded.isAlternative(path) || isNamed(recorded.shownAs(path)),
    }));
    const judged = judge(appliedSets(files), this.settings, { input: this.settings.input, unread });
    const nameOf = names(files, recorded, metadata);
    for (const violation of violations(judged, this.settings.tell, nameOf)) {
      report.addViolation(violation);
    }
    report.submit(fails(judged, this.settings.failOn) ? 'failure' : 'success', summary(judged, this.settings.tell));
  }
}

/** The manifests of a file, under the name by which people find it. */
function readFile(path: string, file: string, unread: Problem[]): readonly Manifest[] {
  try {
    const text = textOf(readFileSync(path));
    if ('mistake' in text) {
      unread.push({ code: 'unreadable', file, line: text.line, message: text.mistake });
      return [];
    }
    const { manifests, problems } = readManifests(text.text, file);
    unread.push(...problems.filter(({ severity = 'error' }) => severity !== 'warning'));
    return manifests;
  } catch (error) {
    unread.push({ code: 'unreadable', file, line: 0, message: failureText(error) });
    return [];
  }
}

/** How the command finds the construct of what stands at a line of a file. */
function names(files: readonly AppliedFile[], recorded: Recorded, metadata: ValidationContext['metadata']) {
  const all = files.flatMap(({ manifests }) => manifests);
  return (file: string, line: number, otherwise: string): string => {
    const own = all.filter(({ source }) => source.file === file && source.line <= line);
    const manifest = own.reduce<Manifest | undefined>(
      (last, one) => (last === undefined || one.source.line >= last.source.line ? one : last),
      undefined,
    );
    return manifest === undefined ? otherwise : recorded.resourceName(manifest, all, metadata);
  };
}

/** Findings that say the same are one violation. */
function violations(
  { problems, findings }: Judged,
  tell: Severity,
  nameOf: (file: string, line: number, otherwise: string) => string,
): readonly ValidationViolation[] {
  const refused = problems.map(({ file, line, message }) => ({
    rule: 'not-accepted',
    recommendation: `error: ${message}`,
    fix: 'an API server refuses or drops this; write what it takes',
    file,
    place: placeOf(file, line),
    resourceName: nameOf(file, line, file),
  }));
  const found = findings.filter((one) => isAtLeast(one, tell)).map((one) => foundAt(one, nameOf));
  const grouped = new Map<string, (typeof refused)[number][]>();
  for (const one of [...refused, ...found]) {
    listIn(grouped, [one.rule, one.recommendation, one.fix].join('\n')).push(one);
  }
  return [...grouped.values()].map((group) => ({
    ruleName: group[0]?.rule ?? '',
    recommendation: group[0]?.recommendation ?? '',
    fix: group[0]?.fix ?? '',
    violatingResources: group.map(({ resourceName, place, file }) => ({
      resourceName,
      locations: [place],
      manifestPath: file,
    })),
  }));
}

function foundAt(
  { rule, severity, object, source, message, advice, docs, related }: WordedFinding,
  nameOf: (file: string, line: number, otherwise: string) => string,
) {
  const others = related.map((one) => `; ${one.message}, ${placeOf(one.source.file, one.source.line)}`).join('');
  return {
    rule,
    recommendation: `${severity}: ${message}${others}`,
    fix: `${advice}, see ${docs} of cdk8s-networking`,
    file: source.file,
    place: source.line === 0 ? source.file : `${source.file}:${source.line}:${source.column}`,
    resourceName: source.line === 0 ? object : nameOf(source.file, source.line, object),
  };
}

function fails({ problems, findings }: Judged, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && (problems.length > 0 || findings.some((one) => isAtLeast(one, failOn)));
}

function summary({ problems, findings, silenced }: Judged, tell: Severity): Readonly<Record<string, string>> {
  const { error, warning, info } = countsOf(findings);
  const told = (severity: Severity, count: number) =>
    `${count}${count > 0 && SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(tell) ? ', not told here' : ''}`;
  return {
    Errors: told('error', error + problems.length),
    Warnings: told('warning', warning),
    Info: told('info', info),
    Silenced: String(silenced),
  };
}
