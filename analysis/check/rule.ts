import type { Manifest, Path } from '../manifest';
import type { Facts } from './facts/facts';
import type { Edit } from './fix/edit';

/**
 * How sure a finding is to be a fault: certainly broken, nearly always wrong, or worth a look. A rule whose input is not
 * whole (pods, namespaces or classes that no manifest shows) lowers it to `info`.
 */
export type Severity = 'error' | 'warning' | 'info';

/** All severities, the gravest first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** A place in a manifest. */
export interface At {
  readonly manifest: Manifest;
  readonly path: Path;
}

/** What another place has to do with a finding. */
export type RelatedRole =
  /** The object that comes nearest to what was meant. */
  | 'nearest'
  /** Where something is declared that the finding speaks of. */
  | 'declared'
  /** What makes the finding: the other object of a contradiction. */
  | 'because'
  /** Who is cut off, let in, or not served by it. */
  | 'affected';

/** Another place that a finding speaks of. */
export interface Related extends At {
  readonly role: RelatedRole;
}

/** What a rule found at one place. */
export interface Found<Args extends object = object> extends At {
  /** What the sentence about it needs, as data. */
  readonly args: Args;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** The change of the manifests that mends it; left out where nobody can know. */
  readonly fix?: Fix;
}

/** A change of the text of manifests. */
export interface Fix {
  /** Whether it can be applied without a person looking at it: it changes nothing that worked. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** A rule of `check`. */
export interface Rule<Code extends string = string, Args extends object = object> {
  /** What people silence it by, and the name of its page. */
  readonly code: Code;
  readonly severity: Severity;
  /** Whether it has to be asked for. */
  readonly offByDefault?: boolean;
  /** The kinds that it looks at, for its page: `NetworkPolicy`, `Service`. */
  readonly reads: readonly string[];
  check(facts: Facts): Iterable<Found<Args>>;
}

/** Names a rule; its code and what its findings hold become part of its type. */
export function defineRule<const Code extends string, Args extends object>(rule: Rule<Code, Args>): Rule<Code, Args> {
  return rule;
}
