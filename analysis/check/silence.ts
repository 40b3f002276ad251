import type { Manifest } from '../manifest';
import { listIn } from '../manifest/lists';
import { type Finding, type ObjectRef, objectRef, objectText, type Place } from './finding';
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
  /**
   * Whether it is there for other manifests too, as in a configuration file: that it silences nothing is told only where its
   * object is among the manifests.
   */
  readonly isShared?: boolean;
}

/** What is left of findings, and what silencers did to the others. */
export interface Silenced {
  readonly findings: readonly Finding[];
  readonly silenced: readonly Finding[];
  /** The silencers that silenced something. */
  readonly used: ReadonlySet<Silencer>;
}

/** Takes away what is silenced in findings. */
export function silence(findings: readonly Finding[], silencers: readonly Silencer[]): Silenced {
  const used = new Set<Silencer>();
  const byRule = new Map<string, Silencer[]>();
  for (const silencer of silencers) {
    listIn(byRule, silencer.rule).push(silencer);
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
  return { findings: left, silenced, used };
}

/** Whether a silencer that silences nothing is a mistake, and not one for other manifests. */
export function isMistake({ isShared = false, rule, object }: Silencer, manifests: readonly Manifest[]): boolean {
  return (
    !isShared || !isRule(rule) || (object !== undefined && manifests.some((one) => isNamed(object, objectRef(one))))
  );
}

/** What the annotation of an object silences. */
export function annotationSilencers(manifest: Manifest): readonly Silencer[] {
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
}

function isAbout({ object }: Silencer, finding: Finding): boolean {
  return object === undefined || isNamed(object, finding.object);
}

/** Whether a text names an object: `NetworkPolicy shop/backend`, `NetworkPolicy/shop/backend` or `shop/backend`. */
function isNamed(text: string, { kind, namespace, name }: ObjectRef): boolean {
  const place = `${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return text === `${kind} ${place}` || text === `${kind}/${place}` || text === place;
}

function isRule(code: string): boolean {
  return RULES.some((rule) => rule.code === code);
}

/** Says that a silencer silences nothing. */
export function unusedIgnore({ rule, object, source }: Silencer): Finding {
  const known = isRule(rule);
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
