import { kindOf } from './kinds';
import type { Path } from './manifest';
import { isMapping } from './value';

/** Lists in lists are read up to this length of a path: an object in memory may contain itself. */
const DEEPEST = 100;

/** An object with its place in the document, or what is wrong with a list. */
export interface Unfolded {
  readonly object: unknown;
  readonly path: Path;
  readonly mistake?: string;
}

/**
 * The objects of a document: itself, or the items of a `List` or a typed list such as `PodList`, whose items may leave
 * out what the list says of all of them.
 */
export function* unfolded(object: unknown, path: Path = []): Generator<Unfolded> {
  if (path.length === 0 && isListOfObjects(object)) {
    for (const [index, item] of object.entries()) {
      yield* unfolded(item, [index]);
    }
    return;
  }
  if (!isMapping(object) || typeof object.kind !== 'string' || !isList(object.kind, object)) {
    yield { object, path };
    return;
  }
  const { kind, apiVersion, items } = object;
  if (path.length > DEEPEST) {
    yield { object, path, mistake: `a ${kind} stands in a List more than ${DEEPEST / 2} times over` };
    return;
  }
  if (items === null || items === undefined) {
    return;
  }
  if (!Array.isArray(items)) {
    yield { object, path: [...path, 'items'], mistake: `the items of a ${kind} are not a list` };
    return;
  }
  const shared = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  for (const [index, item] of items.entries()) {
    yield* unfolded(isMapping(item) ? { ...shared, ...item } : item, [...path, 'items', index]);
  }
}

function isList(kind: string, { apiVersion, items }: Readonly<Record<string, unknown>>): boolean {
  if (kind === 'List') {
    return apiVersion === 'v1';
  }
  // `List` is the last word of other kinds too, e.g. of a custom IPAllowList.
  const item = kind.endsWith('List') ? kind.slice(0, -'List'.length) : '';
  return (
    item !== '' && (Array.isArray(items) || (typeof apiVersion === 'string' && kindOf(apiVersion, item) !== undefined))
  );
}

/** Whether a document is a list of objects, which kubectl refuses, and which can mean one thing only. */
export function isListOfObjects(value: unknown): value is readonly unknown[] {
  const isObject = (item: unknown) =>
    isMapping(item) && typeof item.kind === 'string' && typeof item.apiVersion === 'string';
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
