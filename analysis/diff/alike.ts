import type { Decision, Route } from '../routing';

/**
 * Whether two lists of routes are the same one by one, so that every request has the same answer from both, whatever their
 * regular expressions mean. Who made them does not count.
 */
export function areAlike(before: readonly Route[], after: readonly Route[]): boolean {
  return (
    before === after ||
    (before.length === after.length && before.every((route, index) => isAlike(route, after[index] as Route)))
  );
}

function isAlike(one: Route, other: Route): boolean {
  return (
    isEqual(one.path, other.path) &&
    isEqual(one.conditions, other.conditions) &&
    isEqual(one.notes, other.notes) &&
    isEqual(one.settings ?? NONE, other.settings ?? NONE) &&
    isEqual(one.unread ?? NONE, other.unread ?? NONE) &&
    isEqual(one.contests ?? NONE, other.contests ?? NONE) &&
    // What a controller answers by itself is told apart from what a rule makes it answer.
    (one.rule === undefined) === (other.rule === undefined) &&
    one.decisions.length === other.decisions.length &&
    one.decisions.every((decision, index) => isSameDecision(decision, other.decisions[index] as Decision))
  );
}

const NONE: readonly never[] = [];

function isSameDecision(one: Decision, other: Decision): boolean {
  return isEqual(one.when, other.when) && isEqual(one.outcome, other.outcome);
}

/** Whether two values of plain data are equal; a field that is `undefined` is as one that is left out. */
function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isEqual(item, other[index]))
    );
  }
  const [here, there] = [one, other] as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  for (const key of Object.keys(here)) {
    if (!isEqual(here[key], there[key])) {
      return false;
    }
  }
  return Object.keys(there).every((key) => key in here || there[key] === undefined);
}
