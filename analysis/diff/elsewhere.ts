import type { ElsewhereRoute, Routes } from '../routing';
import { brief } from '../routing/brief';
import type { Undecided } from './comparison';

/**
 * What routes leave open whose Gateways are not among the manifests: each that is not the same on both sides, and all of
 * them where a side has no others.
 *
 * @param isBlind whether a side has no others
 * @param assumed is told of those that are the same
 */
export function elsewhereUndecided(
  before: Routes,
  after: Routes,
  isBlind: boolean,
  assumed: Set<string>,
): readonly Undecided[] {
  const sides = [before, after].map(({ elsewhere }) => new Map(elsewhere.map((route) => [textOf(route), route])));
  const [one, other] = sides as [Map<string, ElsewhereRoute>, Map<string, ElsewhereRoute>];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((what): Undecided[] => {
    const [here, there] = [one.get(what), other.get(what)];
    const isSame = here?.text === there?.text;
    if (isSame && !isBlind) {
      assumed.add(what);
      return [];
    }
    const request = { url: (here ?? there)?.example ?? 'http://other.example/' };
    return [{ what, request, before: noteOf(here, isSame), after: noteOf(there, isSame) }];
  });
}

function textOf({ name, why }: ElsewhereRoute): string {
  return `${name} ${why}`;
}

function noteOf(route: ElsewhereRoute | undefined, isSame: boolean): readonly string[] {
  return route === undefined
    ? []
    : [isSame ? 'it may be served or not' : `it may be served or not: ${brief(route.text, true)}`];
}
