import type { Manifest } from '../manifest';
import { type Finding, objectRef, objectText, type Place } from './finding';
import type { RuleCode } from './finding-args';
import { RULES } from './registry';

/** The annotation that silences rules on its object: their codes with commas between them. */
export const IGNORE_ANNOTATION = 'cdk8s-networking/ignore';

/** Something that silences findings. */
export interface Silencer {
  /** The code of a rule, which may be none. */
  readonly rule: string;
  /** The only object that it is about, as `NetworkPolicy shop/backend` or `shop/backend`; every object where it is left out. */
  readonly object?: string | undefined;
  /** Where it is written. */
  readonly source: Place;
}

/** What is left of findings, and what silencers did to the others. */
export interface Silenced {
  readonly findings: readonly Finding[];
  readonly silenced: readonly Finding[];
  /** Those that silenced nothing, each as a finding. */
  readonly unused: readonly Finding[];
}

/** Takes away what is silenced. */
export function silence(findings: readonly Finding[], silencers: readonly Silencer[]): Silenced {
  const used = new Set<Silencer>();
  const byRule = new Map<string, Silencer[]>();
  for (const silencer of silencers) {
    byRule.set(silencer.rule, [...(byRule.get(silencer.rule) ?? []), silencer]);
  }
  const left: Finding[] = [];
  const silenced: Finding[] = [];
  for (const finding of findings) {
    const by = (byRule.get(finding.code) ?? []).filter((silencer) => isAbout(silencer, finding));
    for (const silencer of by) {
      used.add(silencer);
    }
    (by.length > 0 ? silenced : left).push(finding);
  }
  return { findings: left, silenced, unused: silencers.filter((silencer) => !used.has(silencer)).map(unusedIgnore) };
}

/** What the annotations of manifests silence. */
export function annotationSilencers(manifests: readonly Manifest[]): readonly Silencer[] {
  return manifests.flatMap((manifest) => {
    const { annotations, source } = manifest;
    const path = ['metadata', 'annotations', IGNORE_ANNOTATION];
    return (annotations.get(IGNORE_ANNOTATION) ?? '')
      .split(',')
      .map((code) => code.trim())
      .filter((code) => code !== '')
      .map((rule) => ({
        rule,
        object: objectText(objectRef(manifest)),
        source: { file: source.file, line: source.lineOf(path), column: source.columnOf(path) },
      }));
  });
}

function isAbout({ object }: Silencer, finding: Finding): boolean {
  const { kind, namespace, name } = finding.object;
  const place = `${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return object === undefined || object === `${kind} ${place}` || object === `${kind}/${place}` || object === place;
}

/** Says that a silencer silences nothing. */
export function unusedIgnore({ rule, object, source }: Silencer): Finding {
  const known = RULES.some(({ code }) => code === (rule as RuleCode));
  return {
    code: 'unused-ignore',
    severity: 'info',
    object: { kind: 'ignore', namespace: undefined, name: object === undefined ? rule : `${rule}=${object}` },
    source,
    args: { rule, object, known },
    related: [],
    fix: undefined,
  };
}
