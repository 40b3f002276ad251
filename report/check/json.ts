import { jsonText } from '../json';
import { warningsOf } from '../warnings';
import { type CheckAnswer, countsOf } from './answer';

/** Findings as JSON. */
export function checkJson({ findings, silenced, warnings = [] }: CheckAnswer): string {
  return `${jsonText({ findings, counts: countsOf(findings), silenced, warnings: warningsOf(warnings) }, 2)}\n`;
}
