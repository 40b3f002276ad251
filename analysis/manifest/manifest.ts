/**
 * One Kubernetes object as the analysis sees it: what every kind has in common, the object itself, and where it stands.
 */
export interface Manifest {
  /** Group and version as written, e.g. `apps/v1`. */
  readonly apiVersion: string;
  /** The group alone, e.g. `apps`; empty for the core group (`v1`). */
  readonly group: string;
  readonly kind: string;
  /** `metadata.name`; where an object has only a `generateName`, that prefix, e.g. `migrate-`. */
  readonly name: string;
  /** The namespace as written; `undefined` where the manifest names none (for namespaced kinds that means `default`). */
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** The whole object as parsed. Nothing below the fields above has been checked. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly source: Source;
}

/** Where an object stands in the input. */
export interface Source {
  /** The file as the user named it, `-` for standard input, or what the caller gave for objects in memory. */
  readonly file: string;
  /** The line, from 1, on which the object begins; 0 for an object that was never text. */
  readonly line: number;
  /**
   * The line of a field of the object, e.g. `lineOf(['spec', 'egress', 0, 'to'])`.
   * A path that the text does not have gives the line of its nearest ancestor.
   */
  lineOf(path: Path): number;
  /** The column, from 1, at which that field stands on that line: the key of a mapping, the item of a list. */
  columnOf(path: Path): number;
  /** Where a field is written, for who changes the text; undefined where the text does not have it as such. */
  spanOf(path: Path): Span | undefined;
}

/** Where a field of a mapping or an item of a list is written. */
export interface Span {
  /** Where it begins: at the key of a mapping, at the value of an item of a list. */
  readonly start: Position;
  /** Where the key ends; undefined for an item of a list. */
  readonly keyEnd: Position | undefined;
  /** Where its value is written, from its first character to behind its last; the same place twice for a null that is not written. */
  readonly value: readonly [Position, Position];
  /** Whether it stands inside of braces or brackets. */
  readonly inFlow: boolean;
}

/** A place in a text: line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The way from an object to one of its fields: keys of mappings and indices of lists. */
export type Path = readonly (string | number)[];

/**
 * How much a problem costs: an `error` the answer, always. What is `tolerable` is refused or dropped by an API server, but
 * can be understood; how strictly input is read decides whether it is an error or a warning. A `warning` never costs anything.
 */
export type ProblemSeverity = 'error' | 'tolerable' | 'warning';

/** Something in the input that cannot be used, or only with an assumption. */
export interface Problem<Code extends string = string> {
  /** What kind of mistake; each reader has a closed list of its own. */
  readonly code: Code;
  /** @default 'error' */
  readonly severity?: ProblemSeverity;
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
  /** What is wrong, the value, and what would be right or is assumed, without the place. */
  readonly message: string;
}
