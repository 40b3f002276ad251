import type { RoutingComparison, SettingSide } from '../../analysis';
import { jsonText } from '../json';
import type { Placed } from '../problems';
import { warningsOf } from '../warnings';
import { placeText } from './place';
import { regionsOf } from './regions';

/** How two sets of routes differ, as JSON. */
export function* routesDiffJson(comparison: RoutingComparison, warnings: readonly Placed[] = []): Generator<string> {
  yield `${jsonText({ ...routesAnswer(comparison), warnings: warningsOf(warnings) }, 2)}\n`;
}

/** How two sets of routes differ, as scripts read it. */
export function routesAnswer(comparison: RoutingComparison) {
  const { same, proven, classes, differences, settings, undecided, accepted, assumed } = comparison;
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
    settings: settings.map(({ what, request, before, after }) => ({
      what,
      ...(request === undefined ? {} : { request }),
      before: settingSide(before),
      after: settingSide(after),
    })),
    undecided,
    accepted: accepted.map(({ before, after, ...one }) => ({ ...one, before: before.answer, after: after.answer })),
    assumed,
  };
}

function settingSide(side: SettingSide | undefined) {
  return side === undefined ? null : { says: side.says, source: placeText(side) };
}
