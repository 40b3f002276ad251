import type { RoutingComparison } from '../../analysis';
import { jsonText } from '../json';
import type { Placed } from '../problems';
import { warningsOf } from '../warnings';
import { regionsOf } from './regions';

/** How two sets of routes differ, as JSON. */
export function* routesDiffJson(comparison: RoutingComparison, warnings: readonly Placed[] = []): Generator<string> {
  yield `${jsonText({ ...routesAnswer(comparison), warnings: warningsOf(warnings) }, 2)}\n`;
}

/** How two sets of routes differ, as scripts read it. */
export function routesAnswer(comparison: RoutingComparison) {
  const { same, proven, classes, differences, undecided, accepted, assumed } = comparison;
  return {
    same,
    proven,
    classes,
    different: differences.reduce((sum, one) => sum + one.different, 0),
    differences: regionsOf(differences).map(({ before, after, ...region }) => ({
      ...region,
      before: before.answer,
      after: after.answer,
    })),
    undecided,
    accepted: accepted.map(({ before, after, ...one }) => ({ ...one, before: before.answer, after: after.answer })),
    assumed,
  };
}
