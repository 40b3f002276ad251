import type { ChangedObject, ConnectivityComparison, RoutingComparison, UnseenChange } from '../../analysis';
import { unseenText } from '../connections/unseen';
import { printable } from '../printable';
import { type Annotation, workflowCommands } from '../workflow-commands';
import { answerText, ruleLine } from './answer';
import { becauseLine, undecidedWhy } from './because';
import { untold } from './connections-text';
import { exposureChangeText } from './exposure-change';
import { peersText, portsChange } from './peers';
import { regionsOf } from './regions';
import { requestText } from './text';

/** What a change does, as commands of a GitHub workflow which annotate the lines that did it: what opens is a warning. */
export function changeGithub(
  comparison: ConnectivityComparison,
  routes: RoutingComparison | undefined,
): Iterable<string> {
  return workflowCommands(changeAnnotations(comparison, routes));
}

/** What a change does, as annotations. */
export function changeAnnotations(
  comparison: ConnectivityComparison,
  routes: RoutingComparison | undefined,
): readonly Annotation[] {
  const { connections, exposures, undecided } = comparison;
  const found = [
    ...connections.map((one) =>
      because(
        one.change === 'closed' ? 'notice' : 'warning',
        `connection ${one.change === 'ports' ? 'on other ports' : one.change}`,
        `${peersText(one.from)} → ${peersText(one.to)}: ${portsChange(one)}`,
        one.because,
      ),
    ),
    ...untold(comparison).map((one) =>
      because(
        one.change === 'closed' ? 'notice' : 'warning',
        `${one.change === 'ports' ? 'other ports' : one.change} for pods that no manifest shows`,
        `${unseenText(unseenRow(one))}: ${portsChange({ before: one.before?.ports ?? null, after: one.after?.ports ?? null })}`,
        one.because,
      ),
    ),
    ...exposures.map(
      (one): Annotation => ({
        level: one.change === 'closed' ? 'notice' : 'warning',
        title: `way in ${one.change}`,
        message: exposureChangeText(one),
      }),
    ),
    ...regionsOf(routes?.differences ?? []).map(routeAnnotation),
    ...undecided.map((one) =>
      because('warning', 'not decided', `of what ${one.object} changes: ${undecidedWhy(one)}`, [one]),
    ),
    ...(routes?.settings ?? []).map(
      ({ what, after }): Annotation => ({
        level: 'warning',
        title: 'setting of routes differs',
        message: printable(what),
        file: after?.file,
        line: after?.line ?? 0,
      }),
    ),
    ...(routes?.undecided ?? []).map(
      ({ what, request }): Annotation => ({
        level: 'warning',
        title: 'not decided',
        message: printable(`${what}, e.g. ${requestText(request)}`),
      }),
    ),
  ];
  return found;
}

function routeAnnotation({ request, before, after }: ReturnType<typeof regionsOf>[number]): Annotation {
  const { place } = after;
  const sides = [before, after].map((side) => {
    const rule = ruleLine(side);
    return `${answerText(side.answer)}${rule === '' ? '' : ` (${rule})`}`;
  });
  return {
    level: 'warning',
    title: 'request goes elsewhere',
    message: printable(`${requestText(request)}: ${sides.join(' → ')}`),
    file: place?.file,
    line: place?.line ?? 0,
  };
}

/** What is removed stands in no file of the change: its place is told in words. */
function because(
  level: Annotation['level'],
  title: string,
  message: string,
  objects: readonly ChangedObject[],
): Annotation {
  const place = objects.find(({ change }) => change !== 'removed');
  const lines = [message, ...objects.map((one) => printable(becauseLine(one)))];
  return { level, title, message: lines.join('\n'), file: place?.file, line: place?.line ?? 0 };
}

function unseenRow({ before, after }: UnseenChange) {
  return (after ?? before) as NonNullable<typeof after>;
}
