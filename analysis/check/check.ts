import { deliveredManifests } from '../delivery/deliveries';
import { isMade } from '../delivery/made';
import type { Manifest } from '../manifest';
import { distinct } from '../manifest';
import { Facts } from './facts/facts';
import { type Finding, objectRef, objectText, type Place } from './finding';
import type { RuleCode } from './finding-args';
import { RULES } from './registry';
import type { At, Found, Rule, Severity } from './rule';
import { SEVERITIES } from './rule';
import { annotationSilencers, isMistake, type Silencer, silence, unusedIgnore } from './silence';

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
export function check(manifests: readonly Manifest[], options: CheckOptions = {}): CheckResult {
  return checkSets([manifests], options);
}

/**
 * Finds what is wrong with sets of manifests, each of which may be on a cluster at one time. What is wrong with one of them is wrong;
 * a silencer is of no use if it silences nothing in any of them.
 */
export function checkSets(
  sets: readonly (readonly Manifest[])[],
  { rules = new Map(), ignore = [] }: CheckOptions = {},
): CheckResult {
  const silencers = new Set(ignore);
  const used = new Set<Silencer>();
  const annotated = remembered(annotationSilencers);
  const findings = new Map<string, Finding>();
  const silenced = new Map<string, Finding>();
  const distinctSets = sets.map((manifests) => distinct(manifests).manifests);
  for (const manifests of distinctSets) {
    const own = manifests.flatMap(annotated);
    for (const silencer of own) {
      silencers.add(silencer);
    }
    const found = silence(foundIn(manifests, rules), [...own, ...ignore]);
    for (const silencer of found.used) {
      used.add(silencer);
    }
    add(findings, found.findings);
    add(silenced, found.silenced);
  }
  const unused =
    rules.get('unused-ignore') === 'off'
      ? []
      : [...silencers].filter((one) => !used.has(one) && distinctSets.some((manifests) => isMistake(one, manifests)));
  return {
    findings: [...findings.values(), ...unused.map(unusedIgnore)].sort(byPlace),
    silenced: [...silenced.values()],
  };
}

/** An object of several sets is annotated once. */
function remembered(
  silencersOf: (manifest: Manifest) => readonly Silencer[],
): (manifest: Manifest) => readonly Silencer[] {
  const known = new Map<Manifest, readonly Silencer[]>();
  return (manifest) => {
    const silencers = known.get(manifest) ?? silencersOf(manifest);
    known.set(manifest, silencers);
    return silencers;
  };
}

/** Adds what was not found in a set before. What a set has twice stays so. */
function add(known: Map<string, Finding>, found: readonly Finding[]): void {
  const counts = new Map<string, number>();
  for (const one of found) {
    const { code, object, source, args } = one;
    const text = JSON.stringify([code, objectText(object), source.file, source.line, source.column, args]);
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    const key = `${count} ${text}`;
    if (!known.has(key)) {
      known.set(key, one);
    }
  }
}

function foundIn(manifests: readonly Manifest[], rules: NonNullable<CheckOptions['rules']>): readonly Finding[] {
  const facts = new Facts(deliveredManifests(manifests));
  const settingOf = ({ code, offByDefault }: Rule<RuleCode>) =>
    rules.get(code) ?? (offByDefault === true ? 'off' : 'on');
  const found: Finding[] = [];
  for (const rule of RULES as readonly Rule<RuleCode>[]) {
    const setting = settingOf(rule);
    if (setting !== 'off') {
      for (const one of rule.check(facts)) {
        if (!isMade(one.manifest) || OF_MADE.has(rule.code)) {
          found.push(findingOf(rule, one, setting));
        }
      }
    }
  }
  return found;
}

/**
 * What is found about objects that a controller makes, at the place of what tells it to. How it writes them otherwise nobody can
 * mend.
 */
const OF_MADE: ReadonlySet<RuleCode> = new Set(['controller-closed', 'route-not-attached']);

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
