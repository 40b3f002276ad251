import { findingAnnotation } from '../report/check/github';
import { changeAnnotations } from '../report/diff/github';
import type { PullRequestAnswer } from '../report/pull-request/answer';
import { type Annotation, shown } from '../report/workflow-commands';

/** What the lines of a change are marked with: errors first, and of each kind no more than are shown, the rest counted. */
export function annotationsOf({ connections, routes, findings }: PullRequestAnswer): readonly Annotation[] {
  return shownAlone([...(findings?.added ?? []).map(findingAnnotation), ...changeAnnotations(connections, routes)]);
}

/** As many of each kind as are shown: the last says how many there are more. */
export function shownAlone(annotations: readonly Annotation[]): readonly Annotation[] {
  return shown(annotations, 'the summary of the run tells them').flatMap((kind) => kind.first);
}
