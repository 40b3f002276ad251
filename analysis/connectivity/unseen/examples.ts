import { listIn } from '../../manifest/lists';
import { meets, type Requirement, type Selector } from '../selector';

/** Labels by key. */
export type Labels = ReadonlyMap<string, string>;

/** A value that no selector is likely to name. */
const OTHER = 'another-value';

/**
 * Labels that meet a selector: with each value of its lists once, and where a label may be there or not, both. `undefined` where
 * no labels are found that meet it.
 */
export function labelsMeeting(selector: Selector): readonly Labels[] | undefined {
  const keys = [...byKey(selector)].map(([key, own]) => ({ key, values: candidates(own).filter(isMeeting(key, own)) }));
  const base = keys.map(({ key, values }) => [key, values[0]] as const);
  return keys.every(({ values }) => values.length > 0)
    ? [labelsOf(base), ...keys.flatMap(({ key, values }) => values.slice(1).map((value) => changed(base, key, value)))]
    : undefined;
}

/** Labels that miss a selector by the label of one key alone. */
export function labelsMissing(selector: Selector): readonly Labels[] {
  const keys = [...byKey(selector)].map(([key, own]) => {
    const isMet = isMeeting(key, own);
    const all = candidates(own);
    return { key, met: all.find(isMet), missing: all.filter((value) => !isMet(value)) };
  });
  const base = keys.map(({ key, met }) => [key, met] as const);
  return keys.flatMap(({ key, missing }) => missing.map((value) => changed(base, key, value)));
}

function byKey(selector: Selector): ReadonlyMap<string, readonly Requirement[]> {
  const keys = new Map<string, Requirement[]>();
  for (const requirement of selector) {
    listIn(keys, requirement.key).push(requirement);
  }
  return keys;
}

/** Values of a label that make a difference to requirements; `undefined` for a label that is missing. */
function candidates(requirements: readonly Requirement[]): readonly (string | undefined)[] {
  const parts = requirements.flatMap(({ values }) => [...values]);
  const whole = parts.length > 1 ? [parts.join('')] : [];
  return [...new Set([undefined, ...parts, ...whole, OTHER])];
}

function isMeeting(key: string, requirements: readonly Requirement[]): (value: string | undefined) => boolean {
  return (value) => {
    const labels = labelsOf([[key, value]]);
    return requirements.every((requirement) => meets(requirement, labels));
  };
}

type Entry = readonly [string, string | undefined];

function labelsOf(entries: readonly Entry[]): Labels {
  return new Map(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

function changed(entries: readonly Entry[], key: string, value: string | undefined): Labels {
  return labelsOf(entries.map((entry) => (entry[0] === key ? [key, value] : entry)));
}
