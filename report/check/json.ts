import { jsonText } from '../json';
import { type CheckAnswer, countsOf } from './answer';

/** Findings as JSON. */
export function checkJson({ findings, silenced }: CheckAnswer): string {
  return `${jsonText({ findings, counts: countsOf(findings), silenced }, 2)}\n`;
}
