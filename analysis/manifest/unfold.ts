import { kindOf } from './kinds';
import type { Path } from './manifest';
import { isMapping } from './value';

/** Lists in lists are read up to this length of a path: an object in memory may contain itself. */
const DEEPEST = 100;

/** Takes an object, or what is wrong with a list: its place is that of the list, and the index in it where it stands in one. */
export type Visit = (object: unknown, list: Path, index: number | undefined, mistake?: string) => void;

/**
 * Visits the objects of a document: itself, or the items of a `List` or a typed list such as `PodList`, whose items may leave
 * out what the list says of all of them.
 */
export function unfold(object: unknown, visit: Visit): void {
  if (isListOfObjects(object)) {
    for (const [index, item] of object.entries()) {
      unfoldAt(item, NOWHERE, index, visit);
    }
  } else {
    unfoldAt(object, NOWHERE, undefined, visit);
  }
}

const NOWHERE: Path = [];

/** A list may have a hundred thousand items: a path is made for the list, and nothing for any of them. */
function unfoldAt(object: unknown, list: Path, index: number | undefined, visit: Visit): void {
  if (!isMapping(object) || typeof object.kind !== 'string' || !isList(object.kind, object)) {
    visit(object, list, index);
    return;
  }
  const { kind, apiVersion, items } = object;
  if (list.length > DEEPEST) {
    visit(object, list, index, `a ${kind} stands in a List more than ${DEEPEST / 2} times over`);
    return;
  }
  if (items === null || items === undefined) {
    return;
  }
  const below = [...pathOf(list, index), 'items'];
  if (!Array.isArray(items)) {
    visit(object, below, undefined, `the items of a ${kind} are not a list`);
    return;
  }
  const shared = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) };
  for (let at = 0; at < items.length; at++) {
    const item: unknown = items[at];
    unfoldAt(shared !== undefined && isMapping(item) ? { ...shared, ...item } : item, below, at, visit);
  }
}

/** The path of an item of a list, or of what stands in none. */
export function pathOf(list: Path, index: number | undefined): Path {
  return index === undefined ? list : [...list, index];
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
