import type { ConnectivityComparison, RoutingComparison } from '../../analysis';
import { jsonText } from '../json';
import type { Placed } from '../problems';
import { warningsOf } from '../warnings';
import { pairsOf } from './connections-rows';
import { routesAnswer } from './json';

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
  const { workloads, exposures, undecided } = comparison;
  const rest = {
    workloads,
    exposures,
    undecided: undecided.map(({ object, change, file, line }) => ({ object, change, source: `${file}:${line}` })),
    ...(routes === undefined ? {} : { routes: routesAnswer(routes) }),
    warnings: warningsOf(warnings),
  };
  yield `${jsonText(rest, 2).slice(2)}\n`;
}
