import type { ConnectivityComparison, LoneWorkload, RoutingComparison } from '../../analysis';
import { jsonText } from '../json';
import type { Placed } from '../problems';
import { warningsOf } from '../warnings';
import { becauseRows, pairsOf } from './connections-rows';
import { routesAnswer } from './json';

/** Each with its connections, a workload at a time: together they may be more than memory holds. */
function* workloadsJson(workloads: readonly LoneWorkload[]): Generator<string> {
  let separator = '\n';
  for (const { connections, ...workload } of workloads) {
    const { incoming, outgoing } = connections();
    yield `${separator}      ${jsonText({ ...workload, connections: [...incoming, ...outgoing] })}`;
    separator = ',\n';
  }
  yield separator === '\n' ? '' : '\n    ';
}

/** What a change does, as JSON: a pair a line, since there may be millions. */
export function* changeJson(
  comparison: ConnectivityComparison,
  routes: RoutingComparison | undefined,
  warnings: readonly Placed[],
): Generator<string> {
  const same = comparison.same && (routes === undefined || routes.same);
  yield `{\n  "same": ${same},\n  "connections": [`;
  let separator = '\n';
  for (const row of pairsOf(comparison)) {
    yield `${separator}    ${jsonText(row)}`;
    separator = ',\n';
  }
  yield separator === '\n' ? '],\n' : '\n  ],\n';
  yield '  "workloads": {\n    "added": [';
  yield* workloadsJson(comparison.workloads.added);
  yield '],\n    "removed": [';
  yield* workloadsJson(comparison.workloads.removed);
  yield ']\n  },\n';
  const { exposures, unseen, undecided } = comparison;
  const rest = {
    exposures,
    unseen: unseen.map(({ because, isMet: _, ...row }) => ({ ...row, because: becauseRows(because) })),
    undecided: undecided.map(({ object, change, file, line, why }) => ({
      object,
      change,
      source: `${file}:${line}`,
      why,
    })),
    ...(routes === undefined ? {} : { routes: routesAnswer(routes) }),
    warnings: warningsOf(warnings),
  };
  yield `${jsonText(rest, 2).slice(2)}\n`;
}
