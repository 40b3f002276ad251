import { SEVERITIES, type Severity } from '../../analysis/check/rule';
import type { Placed } from '../problems';
import type { WordedFinding } from './worded';

/** What `check` found, as every form of the answer needs it. */
export interface CheckAnswer {
  readonly findings: readonly WordedFinding[];
  /** How many findings are silenced. */
  readonly silenced: number;
  /** How many objects were read. */
  readonly objects: number;
  /** The version of the package. */
  readonly version: string;
  /** What is not as an API server takes it, though it was understood. */
  readonly warnings?: readonly Placed[];
}

/** How many findings there are of each severity. */
export function countsOf(findings: readonly WordedFinding[]): Readonly<Record<Severity, number>> {
  const of = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  const [error, warning, info] = SEVERITIES.map(of) as [number, number, number];
  return { error, warning, info };
}

/** A text that stays the same when lines move: rule, object and message, numbered where several are alike. */
export function fingerprints(findings: readonly WordedFinding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, object, message }) => {
    const key = `${rule} ${object}: ${message}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key} (${count})`;
  });
}
