import { findingAnnotation } from '../report/check/github';
import { changeAnnotations } from '../report/diff/github';
import type { PullRequestAnswer } from '../report/pull-request/answer';
import type { Annotation, Level } from '../report/workflow-commands';

/** GitHub shows so many of a kind in a step, and drops the rest without a word. */
const MOST = 10;

const LEVELS: readonly Level[] = ['error', 'warning', 'notice'];

/** What the lines of a change are marked with: errors first, and of each kind no more than are shown, the rest counted. */
export function annotationsOf({ connections, routes, findings }: PullRequestAnswer): readonly Annotation[] {
  return shown([...(findings?.added ?? []).map(findingAnnotation), ...changeAnnotations(connections, routes)]);
}

/** As many of each kind as are shown: the last says how many there are more. */
export function shown(annotations: readonly Annotation[]): readonly Annotation[] {
  return LEVELS.flatMap((level) => {
    const own = annotations.filter((one) => one.level === level);
    if (own.length <= MOST) {
      return own;
    }
    const rest = own.length - (MOST - 1);
    const message = `… and ${rest} more of the kind; the summary of the run tells them`;
    return [...own.slice(0, MOST - 1), { level, title: 'more', message }];
  });
}
