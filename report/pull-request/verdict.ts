import { counted } from '../counted';
import { pairCounts } from '../diff/connections-rows';
import { untold } from '../diff/connections-text';
import { numberText } from '../numbers';
import type { PullRequestAnswer } from './answer';

/** Whether nothing differs. */
export function isSame({ connections, routes, findings }: PullRequestAnswer): boolean {
  return connections.same && (routes === undefined || routes.same) && (findings?.added.length ?? 0) === 0;
}

/** How many things the answer leaves open. */
export function openCount({ connections, routes, notes }: PullRequestAnswer): number {
  const unknown = connections.exposures.filter(({ after }) => after?.reachable === null).length;
  const onlySettingsDiffer =
    routes !== undefined && !routes.same && routes.undecided.length + routes.differences.length === 0;
  return (
    connections.undecided.length +
    unknown +
    (routes?.undecided.length ?? 0) +
    notes.length +
    (onlySettingsDiffer ? 1 : 0)
  );
}

/**
 * What a change does, in one sentence. It says "proven" where nothing goes elsewhere, every question is decided, and the answer rests on
 * nothing that manifests do not show; never otherwise.
 */
export function verdict(answer: PullRequestAnswer): string {
  const open = openCount(answer);
  const moved = answer.routes?.differences.length ?? 0;
  const parts = [requests(answer, open), connections(answer), findings(answer)].filter((part) => part !== '');
  const isProven = open === 0 && moved === 0 && (answer.routes?.same ?? isSame(answer));
  return `${isProven ? 'proven: ' : ''}${parts.join('; ')}${open > 0 ? `; ${numberText(open)} not decided` : ''}`;
}

function requests({ routes }: PullRequestAnswer, open: number): string {
  if (routes === undefined) {
    return '';
  }
  const moved = routes.differences.reduce((sum, { different }) => sum + different, 0);
  if (moved > 0) {
    return `${numberText(moved)} of ${counted(routes.classes, 'kind')} of requests ${moved === 1 ? 'goes' : 'go'} elsewhere`;
  }
  if (routes.settings.length > 0) {
    return `no request is seen to go elsewhere, but ${counted(routes.settings.length, 'setting')} of routes ${routes.settings.length === 1 ? 'differs' : 'differ'}`;
  }
  return open === 0 && routes.same
    ? 'every request goes where it went'
    : routes.classes > 0
      ? 'no request is known to go elsewhere'
      : 'where requests go is not decided';
}

function connections({ connections: comparison }: PullRequestAnswer): string {
  const { opened, closed, ports } = pairCounts(comparison);
  const { workloads, exposures } = comparison;
  const unseen = untold(comparison);
  const changes = [
    ...list('connection', [
      [opened, 'opened'],
      [closed, 'closed'],
      [ports, 'on other ports'],
    ]),
    ...list('workload', [
      [workloads.added.length, 'added'],
      [workloads.removed.length, 'removed'],
    ]),
    ...list(
      'way in',
      (['opened', 'closed', 'changed'] as const).map((change) => [
        exposures.filter((one) => one.change === change).length,
        change,
      ]),
    ),
    ...(unseen.length > 0 ? [`${counted(unseen.length, 'change')} for pods that no manifest shows`] : []),
  ];
  return changes.length > 0 ? changes.join('; ') : 'no connection changes';
}

/** `2 connections opened, 1 closed`. */
function list(thing: string, counts: readonly (readonly [number, string])[]): readonly string[] {
  const some = counts.filter(([count]) => count > 0);
  const plural = thing === 'way in' ? 'ways in' : `${thing}s`;
  const text = some.map(([count, what], at) => {
    const name = at === 0 ? `${count === 1 ? thing : plural} ` : '';
    return `${numberText(count)} ${name}${what}`;
  });
  return some.length === 0 ? [] : [text.join(', ')];
}

function findings({ findings: found }: PullRequestAnswer): string {
  const added = found?.added.length ?? 0;
  if (added === 0) {
    return '';
  }
  const errors = found?.added.filter(({ severity }) => severity === 'error').length ?? 0;
  const grave = errors > 0 ? `, ${errors === added && added > 1 ? 'all errors' : counted(errors, 'error')}` : '';
  return `${numberText(added)} new finding${added === 1 ? '' : 's'}${grave}`;
}
