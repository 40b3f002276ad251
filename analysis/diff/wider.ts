import type { Answer, Route, VirtualHost } from '../routing';
import { covers } from '../routing/gateway-api/hostnames';
import { hostText } from '../routing/host-index';
import type { Place } from './place';
import type { End, Steps } from './steps';

/**
 * The name of a host that both sides have, each with rules of its own; `undefined` where that is not so. What no such rule takes,
 * some leave to rules of wider hosts, and others answer 404.
 */
export function sharedName({ host: { before, after } }: Pick<Place, 'host'>): string | undefined {
  const [one, other] = [before, after].map((host) => (host === undefined ? null : hostText(host.name)));
  return one !== null && one !== undefined && one === other && isRuled(before, one) && isRuled(after, one)
    ? one
    : undefined;
}

function isRuled(host: VirtualHost | undefined, name: string): boolean {
  return host?.routes.some(({ rule }) => rule?.ref.host === name) ?? false;
}

/** Whether a rule is of hosts that are all those of a name, and more. */
function isWider(host: string | null, name: string): boolean {
  return host === null || (host !== name && covers(host, name));
}

/** Tells of two ends whether one is a 404, and the other one of a wider host than that which they are of. */
export function widerEnds(place: Place, name: string, steps: Steps): (before: End, after: End) => boolean {
  const { path } = place.path;
  // An end that rules of the host may lead to as well is not told apart.
  const ownIds = (routes: readonly Route[]) => {
    const own = routes.filter(({ rule }) => rule === undefined || !isWider(rule.ref.host, name));
    return new Set(steps.of(own).map(({ end }) => end.id));
  };
  const [before, after] = [ownIds(place.before.of(path)), ownIds(place.after.of(path))];
  const isNothing = ({ outcome, isByItself }: End) => outcome.kind === 'not-found' && !isByItself;
  return (one, other) => (isNothing(one) && !after.has(other.id)) || (isNothing(other) && !before.has(one.id));
}

/** The same of two answers. */
export function widerAnswers(name: string): (before: Answer, after: Answer) => boolean {
  const isFound = (answer: Answer) => 'rule' in answer && answer.rule !== undefined && isWider(answer.rule.host, name);
  return (before, after) =>
    (before.outcome === 'not-found' && isFound(after)) || (after.outcome === 'not-found' && isFound(before));
}
