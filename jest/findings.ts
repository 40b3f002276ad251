import type { CheckOptions, RuleCode, RuleSetting, Severity, Silencer } from '../analysis/check';
import { RULES } from '../analysis/check/registry';
import { SEVERITIES } from '../analysis/check/rule';
import { countsOf } from '../report/check/answer';
import { findingLines } from '../report/check/text';
import { type WordedFinding, worded } from '../report/check/worded';
import { nearest } from '../report/near';
import { checkMembers, shownArgument } from './arguments';
import { asking, type Call, type MatcherContext, type MatcherResult, message, styleOf, Unanswerable } from './failure';
import { Manifests } from './manifests';
import type { FindingsQuestion } from './types';

/** So many findings are told in one message. */
const MOST = 10;

export function toHaveNoFindings(this: MatcherContext, subject: unknown, question?: FindingsQuestion): MatcherResult {
  const given = question === undefined ? '' : shownArgument(question);
  const call: Call = { context: this, matcher: 'toHaveNoFindings', given };
  return asking(
    call,
    () => ask(subject, question ?? {}),
    (asked) => ({ pass: asked.findings.length === 0, message: () => findingsText(call, asked) }),
  );
}

interface Asked {
  /** What counts, by file and line. */
  readonly findings: readonly WordedFinding[];
  /** How many were found beside, that do not count. */
  readonly milder: number;
  readonly silenced: number;
  readonly severity: Severity;
}

function ask(subject: unknown, question: FindingsQuestion): Asked {
  checkMembers('the question', question, ['rules', 'ignore', 'severity', 'alternatives'], '{ severity: "warning" }');
  const severity = severityOf(question.severity);
  const options: CheckOptions = { rules: rulesOf(question.rules), ignore: silencersOf(question.ignore) };
  const manifests = Manifests.of(subject);
  const { findings, silenced } = manifests.findings(options, alternativesOf(question.alternatives));
  if (manifests.objects().length === 0) {
    throw new Unanswerable('there is no object in the manifests, and so nothing to find');
  }
  const counting = findings.filter((finding) => SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(severity));
  return {
    findings: counting.map(worded),
    milder: findings.length - counting.length,
    silenced: silenced.length,
    severity,
  };
}

function severityOf(severity: unknown = 'info'): Severity {
  if (!(SEVERITIES as readonly unknown[]).includes(severity)) {
    throw new Unanswerable(`severity is ${shownArgument(severity)}; give ${choices(SEVERITIES)}`);
  }
  return severity as Severity;
}

function rulesOf(rules: unknown = {}): ReadonlyMap<RuleCode, RuleSetting> {
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) {
    throw new Unanswerable(
      `rules is ${shownArgument(rules)}; give settings by rule, such as { "service-open-to-world": "off" }`,
    );
  }
  const settings = ['on', 'off', ...SEVERITIES];
  return new Map(
    Object.entries(rules).map(([code, setting]) => {
      known(code);
      if (!settings.includes(setting as string)) {
        throw new Unanswerable(`the rule ${code} is set to ${shownArgument(setting)}; give ${choices(settings)}`);
      }
      return [code as RuleCode, setting as RuleSetting];
    }),
  );
}

function silencersOf(ignore: unknown = []): readonly Silencer[] {
  if (!Array.isArray(ignore)) {
    throw new Unanswerable(
      `ignore is ${shownArgument(ignore)}; give a list such as ["service-open-to-world=Service shop/web"]`,
    );
  }
  return ignore.map((text: unknown, index) => {
    const [, rule, object] = (typeof text === 'string' && /^([^=\s]+)(?:=(.*\S.*))?$/.exec(text)) || [];
    if (rule === undefined) {
      throw new Unanswerable(
        `ignore[${index}] is ${shownArgument(text)}; give RULE or RULE=OBJECT, such as "service-open-to-world=shop/web"`,
      );
    }
    known(rule);
    return { rule, object, source: { file: `ignore[${index}]`, line: 0, column: 0 } };
  });
}

function alternativesOf(alternatives: unknown = []): readonly string[] {
  if (!Array.isArray(alternatives) || !alternatives.every((path) => typeof path === 'string' && path !== '')) {
    throw new Unanswerable(
      `alternatives is ${shownArgument(alternatives)}; give a list of files and folders, such as ["dist/variants"]`,
    );
  }
  return alternatives;
}

/** @throws Unanswerable for what is no rule: it would silence nothing, and nobody would see it */
function known(code: string): void {
  const codes = RULES.map((rule): string => rule.code).concat('unused-ignore');
  if (!codes.includes(code)) {
    const near = nearest(code, codes);
    const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'docs/checks lists the rules';
    throw new Unanswerable(`there is no rule ${code}; ${advice}`);
  }
}

function choices(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function findingsText(call: Call, { findings, milder, silenced, severity }: Asked): string {
  const what =
    severity === 'info' ? 'finding' : `finding of severity ${severity}${severity === 'error' ? '' : ' or error'}`;
  const beside = [
    ...(milder > 0 ? [`${milder} of less severity`] : []),
    ...(silenced > 0 ? [`${silenced} silenced`] : []),
  ];
  const counts = [...counted(findings), ...beside].join(', ');
  const expected = call.context.isNot ? `some ${what}` : `no ${what}`;
  const told = findings.slice(0, MOST).map((one) => findingLines(one, styleOf(call.context)).join('\n').trimEnd());
  const more = findings.length - MOST;
  return message(call, expected, counts === '' ? 'none' : counts, [
    ...told,
    ...(more > 0 ? [`… and ${more} more`] : []),
  ]);
}

function counted(findings: readonly WordedFinding[]): readonly string[] {
  const { error, warning, info } = countsOf(findings);
  const count = (many: number, what: string) => (many === 0 ? [] : [`${many} ${what}${many === 1 ? '' : 's'}`]);
  return [...count(error, 'error'), ...count(warning, 'warning'), ...(info === 0 ? [] : [`${info} info`])];
}
