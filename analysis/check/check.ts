import type { Manifest } from '../manifest';
import { distinct } from '../manifest';
import { Facts } from './facts/facts';
import { type Finding, objectRef, type Place } from './finding';
import type { RuleCode } from './finding-args';
import { RULES } from './registry';
import type { At, Found, Rule, Severity } from './rule';
import { SEVERITIES } from './rule';
import { annotationSilencers, type Silencer, silence } from './silence';

/** What a rule counts for: a severity, `off`, or `on` for its own severity. */
export type RuleSetting = Severity | 'off' | 'on';

/** Settings of `check`. */
export interface CheckOptions {
  /**
   * What single rules count for.
   *
   * @default - each rule as it is documented
   */
  readonly rules?: ReadonlyMap<RuleCode, RuleSetting>;
  /**
   * What silences findings, beside the annotation `cdk8s-networking/ignore` of objects.
   *
   * @default - nothing
   */
  readonly ignore?: readonly Silencer[];
}

/** What `check` found. */
export interface CheckResult {
  /** By file, line, column and rule. */
  readonly findings: readonly Finding[];
  /** What was found and is silenced. */
  readonly silenced: readonly Finding[];
}

/** Finds what is wrong with manifests: those that `readManifests` gave. */
export function check(
  manifests: readonly Manifest[],
  { rules = new Map(), ignore = [] }: CheckOptions = {},
): CheckResult {
  const { manifests: once } = distinct(manifests);
  const facts = new Facts(once);
  const settingOf = ({ code, offByDefault }: Rule<RuleCode>) =>
    rules.get(code) ?? (offByDefault === true ? 'off' : 'on');
  const found: Finding[] = [];
  for (const rule of RULES as readonly Rule<RuleCode>[]) {
    const setting = settingOf(rule);
    if (setting !== 'off') {
      for (const one of rule.check(facts)) {
        found.push(findingOf(rule, one, setting));
      }
    }
  }
  const { findings, silenced, unused } = silence(found, [...annotationSilencers(once), ...ignore], once);
  const told: readonly Finding[] = rules.get('unused-ignore') === 'off' ? [] : unused;
  return { findings: [...findings, ...told].sort(byPlace), silenced };
}

/** A severity that is set overrides the rule's own, but a finding that a rule lowered stays where it is. */
function findingOf(rule: Rule<RuleCode>, found: Found, setting: Exclude<RuleSetting, 'off'>): Finding {
  const severity = found.severity ?? (setting === 'on' ? rule.severity : setting);
  return {
    code: rule.code,
    severity,
    object: objectRef(found.manifest),
    source: placeOf(found),
    args: found.args,
    related: (found.related ?? []).map((related) => ({
      role: related.role,
      object: objectRef(related.manifest),
      source: placeOf(related),
    })),
    fix: found.fix,
  } as Finding;
}

function placeOf({ manifest, path }: At): Place {
  const { source } = manifest;
  return { file: source.file, line: source.lineOf(path), column: source.columnOf(path) };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.source.file, b.source.file) ||
    a.source.line - b.source.line ||
    a.source.column - b.source.column ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.code, b.code)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
