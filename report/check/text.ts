import type { Severity } from '../../analysis/check';
import { counted } from '../counted';
import { printable } from '../printable';
import type { Style } from '../style';
import { type CheckAnswer, countsOf } from './answer';
import { placeText } from './place';
import type { WordedFinding } from './worded';

/** Findings for people: place, what is wrong, what to do. */
export function* checkText(answer: CheckAnswer, style: Style): Generator<string> {
  for (const finding of answer.findings) {
    yield* findingLines(finding, style).map((line) => `${line}\n`);
  }
  yield `${summary(answer, style)}\n`;
}

/** A finding for people, as lines; the last one is empty. */
export function findingLines(
  { rule, severity, object, source, message, advice, related }: WordedFinding,
  style: Style,
): readonly string[] {
  return [
    `${style.bold(printable(placeText(source)))} ${marked(severity, style)} ${printable(object)} ${style.dim(`[${rule}]`)}`,
    `  ${printable(message)}`,
    `  ${style.dim('→')} ${printable(advice)}`,
    ...related.map(({ source: place, message: about }) => `  ${style.dim(printable(`${placeText(place)} ${about}`))}`),
    '',
  ];
}

function marked(severity: Severity, style: Style): string {
  return severity === 'error' ? style.red(severity) : severity === 'warning' ? style.bold(severity) : severity;
}

function summary({ findings, silenced, objects }: CheckAnswer, style: Style): string {
  const { error, warning, info } = countsOf(findings);
  const counts = [
    ...(error > 0 ? [style.red(counted(error, 'error'))] : []),
    ...(warning > 0 ? [counted(warning, 'warning')] : []),
    ...(info > 0 ? [`${info} info`] : []),
    ...(silenced > 0 ? [`${silenced} silenced`] : []),
  ];
  return `${counts.length === 0 ? style.green('nothing found') : counts.join(', ')} in ${counted(objects, 'object')}`;
}
