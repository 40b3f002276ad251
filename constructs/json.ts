import { Lazy } from 'cdk8s';
import { type Problems, shown } from './values';

/** What of a value a manifest can't say: it holds text, numbers, yes and no, nothing, lists and objects. */
export function jsonProblems(what: string, value: unknown, around: readonly unknown[] = []): Problems {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return [];
  }
  if (value instanceof Lazy) {
    return [];
  }
  const isList = Array.isArray(value);
  if (typeof value !== 'object' || !(isList || isPlain(value))) {
    return [`${what} is ${shown(value)}; give text, a number, true, false, null, a list or an object`];
  }
  if (around.includes(value)) {
    return [`${what} holds itself; give a value that ends somewhere`];
  }
  return Object.entries(value).flatMap(([key, held]) =>
    // A field that is undefined is one that is left out.
    held === undefined && !isList
      ? []
      : jsonProblems(isList ? `${what}[${key}]` : `${what}.${key}`, held, [...around, value]),
  );
}

function isPlain(value: object): boolean {
  const made = Object.getPrototypeOf(value);
  return made === null || made === Object.prototype;
}
