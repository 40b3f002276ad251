import type { InputDegree, Judged } from '../analysis/manifest';
import { type Placed, problemLines } from '../report/problems';
import type { Output } from './output';
import { Refusal } from './refusal';

const LABEL = 'warning: ';

/** What is not as it should be, though the answer goes on: a line of standard error each. */
function warn(warnings: readonly Placed[], output: Output): void {
  for (const line of problemLines(warnings, { label: LABEL })) {
    output.sayOnce(line);
  }
}

/**
 * Says what is not as it should be, or refuses.
 *
 * @throws Refusal for everything in the input that is wrong, told beside the warnings; where some of it need not be wrong,
 * with the option that says so
 *
 * @param advice what else can be done about it, a line each
 */
export function settle(found: Judged, degree: InputDegree, output: Output, advice: readonly string[] = []): void {
  const { problems, warnings } = found;
  if (problems.length === 0) {
    warn(warnings, output);
    return;
  }
  const tolerable = problems.filter(({ severity }) => severity === 'tolerable').length;
  const all = tolerable === problems.length ? 'all of this' : `${tolerable} of these`;
  const lines = problemLines([...problems, ...warnings.map(labelled)]);
  const tolerant = tolerable > 0 && degree === 'strict' ? [`--input tolerant takes ${all} as warnings`] : [];
  throw new Refusal([...lines, ...advice, ...tolerant]);
}

function labelled(warning: Placed): Placed {
  return { ...warning, message: `${LABEL}${warning.message}` };
}
