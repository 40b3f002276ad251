import type { InputDegree, Problem } from '../analysis/manifest';
import { type Placed, problemLines } from '../report/problems';
import type { Output } from './output';
import { Refusal } from './refusal';

/** What is not as it should be, though the answer goes on: a line of standard error each. */
export function warn(warnings: readonly Placed[], output: Output): void {
  for (const line of problemLines(warnings, { label: 'warning: ' })) {
    output.say(line);
  }
}

/**
 * @throws Refusal for everything in the input that is wrong; where some of it need not be, with the option that says so
 */
export function refuse(problems: readonly Problem[], degree: InputDegree): void {
  if (problems.length === 0) {
    return;
  }
  const tolerable = problems.filter(({ severity }) => severity === 'tolerable').length;
  const all = tolerable === problems.length ? 'all of this' : `${tolerable} of these`;
  const advice = `--input tolerant takes ${all} as warnings`;
  throw new Refusal([...problemLines(problems), ...(degree === 'strict' && tolerable > 0 ? [advice] : [])]);
}
