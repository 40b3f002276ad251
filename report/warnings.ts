import { type Placed, placeOf } from './problems';

/** A warning as JSON answers carry it. */
export interface Warning {
  /** `FILE:LINE`; only the file where there is no line; empty where no file is to blame. */
  readonly source: string;
  readonly message: string;
}

/** Warnings for a JSON answer, each once. */
export function warningsOf(found: Iterable<Placed>): readonly Warning[] {
  const warnings = new Map<string, Warning>();
  for (const { file, line, message } of found) {
    const source = placeOf(file, line);
    warnings.set(`${source} ${message}`, { source, message });
  }
  return [...warnings.values()];
}

/** An answer with its warnings, where it has any. */
export function withWarnings(answer: object, warnings: readonly Placed[]): object {
  return warnings.length === 0 ? answer : { ...answer, warnings: warningsOf(warnings) };
}
