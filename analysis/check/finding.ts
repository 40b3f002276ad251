import type { Manifest } from '../manifest';
import { kindOf } from '../manifest/kinds';
import type { FindingArgs, RuleCode } from './finding-args';
import type { Fix, RelatedRole, Severity } from './rule';

/** A place in the input. */
export interface Place {
  readonly file: string;
  /** From 1; 0 where there is no text. */
  readonly line: number;
  /** From 1; 0 where there is no text. */
  readonly column: number;
}

/** An object of the manifests. */
export interface ObjectRef {
  readonly kind: string;
  /** Undefined for kinds without namespaces. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Another place that a finding speaks of. */
export interface RelatedPlace {
  readonly role: RelatedRole;
  readonly object: ObjectRef;
  readonly source: Place;
}

/** A finding of one rule. */
export interface FindingOf<Code extends RuleCode> {
  readonly code: Code;
  readonly severity: Severity;
  readonly object: ObjectRef;
  readonly source: Place;
  /** What the sentence about it needs. */
  readonly args: FindingArgs[Code];
  readonly related: readonly RelatedPlace[];
  /** The change of the text that mends it; undefined where nobody can know. */
  readonly fix: Fix | undefined;
}

/** Something that is wrong with manifests, as data; `report/` has the words. */
export type Finding = { [Code in RuleCode]: FindingOf<Code> }[RuleCode];

/** An object as people call it: `NetworkPolicy shop/backend`. */
export function objectText({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** An object by its manifest. */
export function objectRef({ apiVersion, kind, namespace, name }: Manifest): ObjectRef {
  const known = kindOf(apiVersion, kind);
  const isNamespaced = known !== undefined && 'kind' in known && known.kind.namespaced;
  return { kind, namespace: isNamespaced ? (namespace ?? 'default') : undefined, name };
}
