import { type Problems, record, shown } from './values';

/** What is wrong with a value that is known as `what`. */
export type Check = (what: string, value: unknown) => Problems;

/**
 * Checks an object field by field. A field that is left out is right, one that nobody knows is not: whoever writes
 * `serviceCIDRs` for `serviceCidrs` would otherwise get something else without a word.
 */
export function fields(checks: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(checks));
  return (what, value) => {
    const problems = record(what === '' ? 'props' : what, value);
    if (problems.length > 0) {
      return problems;
    }
    return Object.entries(value as object).flatMap(([key, held]) => {
      const at = what === '' ? key : `${what}.${key}`;
      const check = known.get(key);
      if (!check) {
        return [`${at} is not known; give ${[...known.keys()].join(', ')}`];
      }
      return held === undefined ? [] : check(at, held);
    });
  };
}

/** Checks the same and that these fields are there. */
export function fieldsWith(required: readonly string[], checks: Readonly<Record<string, Check>>): Check {
  const known = fields(checks);
  return (what, value) => {
    const problems = known(what, value);
    const held = new Map(Object.entries(Object(value) as object));
    const missing = record(what, value).length > 0 ? [] : required.filter((key) => held.get(key) === undefined);
    return [...missing.map((key) => `${what === '' ? key : `${what}.${key}`} is missing`), ...problems];
  };
}

/** Checks a list that is not empty, entry by entry. */
export function listOf(check: Check, example: string): Check {
  return (what, value) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((entry, at) => check(`${what}[${at}]`, entry))
      : [
          `${what} is ${Array.isArray(value) ? 'empty' : shown(value)}; give a list such as ${example}, or leave it out`,
        ];
}

/** Text that a pattern describes. */
export function pattern(expected: RegExp, advice: string): Check {
  return (what, value) =>
    typeof value === 'string' && expected.test(value) ? [] : [`${what} is ${shown(value)}; ${advice}`];
}

/** Checks an object whose keys are free, such as labels. */
export function recordOf(check: (what: string, value: Readonly<Record<string, unknown>>) => Problems): Check {
  return (what, value) => {
    const problems = record(what, value);
    return problems.length > 0 ? problems : check(what, value as Record<string, unknown>);
  };
}
