import { byGroup } from '../by-group';
import type { Path } from '../manifest';
import { distanceOf, isNear } from '../near';
import { placeText } from '../place';
import { KINDS, TYPES } from './table';

/** A field that its kind does not have. */
export interface UnknownField {
  readonly path: Path;
  /** Behind the name of the object: what is wrong, and what may have been meant. */
  readonly message: string;
  /** Whether a field that there is has nearly this name. */
  readonly isNear: boolean;
}

/** The fields of a type, each with the number of what is in it. */
type Fields = ReadonlyMap<string, number>;

/** In place of that number, where anything may be in a field. */
const ANYTHING = -1;

/** Of so many fields, each is named where none is near. */
const MOST_NAMED = 12;

/** So many are offered in place of one that there is not. */
const MOST_MEANT = 3;

const NONE: readonly UnknownField[] = [];

const kinds = byGroup(KINDS);
const types: (Fields | undefined)[] = [];

/** Whether the names of the fields of a kind are known. */
export function hasFields(group: string, kind: string): boolean {
  return kinds.get(group)?.has(kind) === true;
}

/**
 * The fields of an object that its kind does not have, as kubectl refuses them and an API server drops them. Nothing is said
 * of kinds that are not known, and of what is below `status`.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export function unknownFields(group: string, kind: string, object: object): readonly UnknownField[] {
  const type = kinds.get(group)?.get(kind);
  // It is done for everything that is read, and hardly ever anything is found: nothing is made until then.
  if (type === undefined || !hasUnknown(object, type)) {
    return NONE;
  }
  const found: UnknownField[] = [];
  collect(object, type, [], found);
  return found;
}

/** Whether there may be something to collect. Keys that an object inherits count too, which are quicker to go through. */
function hasUnknown(value: object, type: number): boolean {
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at];
      if (typeof item === 'object' && item !== null && hasUnknown(item, type)) {
        return true;
      }
    }
    return false;
  }
  const fields = fieldsOf(type);
  for (const key in value) {
    const below = fields.get(key);
    if (below === undefined) {
      return true;
    }
    if (below === ANYTHING) {
      continue;
    }
    const inside = (value as Record<string, unknown>)[key];
    if (typeof inside === 'object' && inside !== null && hasUnknown(inside, below)) {
      return true;
    }
  }
  return false;
}

/** Walks through all that is there. */
function collect(value: unknown, type: number, path: (string | number)[], found: UnknownField[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      path.push(index);
      collect(item, type, path, found);
      path.pop();
    }
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const fields = fieldsOf(type);
  for (const key of Object.keys(value)) {
    const below = fields.get(key);
    if (below === undefined) {
      found.push(unknown([...path, key], fields));
    } else if (below !== ANYTHING) {
      path.push(key);
      collect((value as Record<string, unknown>)[key], below, path, found);
      path.pop();
    }
  }
}

function fieldsOf(type: number): Fields {
  types[type] ??= new Map(
    (TYPES[type] as string).split(' ').map((word) => {
      const [name, below] = word.split(':') as [string, string?];
      return [name, below === undefined ? ANYTHING : Number(below)];
    }),
  );
  return types[type];
}

function unknown(path: Path, fields: Fields): UnknownField {
  const names = [...fields.keys()];
  const near = nearest(String(path.at(-1)), names);
  const known = names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')}, …` : names.join(', ');
  const advice = near.length === 0 ? `known are ${known}` : `did you mean ${near.join(' or ')}?`;
  return { path, message: `${placeText(path)} is no field of this kind; ${advice}`, isNear: near.length > 0 };
}

/** The fields that may be meant: the same in other letters, a longer or shorter form of it, or few letters away. */
function nearest(typed: string, names: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase();
  const ranked = names.flatMap((name) => {
    const known = name.toLowerCase();
    const distance = isNear(known, wanted) ? 1 : distanceOf(wanted, known);
    const isForm =
      Math.min(wanted.length, known.length) > 3 &&
      (known.startsWith(wanted) || wanted.startsWith(known) || known.endsWith(wanted));
    const isMeant = isForm || distance <= Math.max(1, Math.floor(Math.min(wanted.length, known.length) / 4));
    return isMeant ? [{ name, distance }] : [];
  });
  const closest = ranked.filter(({ distance }) => distance <= 1);
  return (closest.length > 0 ? closest : ranked).slice(0, MOST_MEANT).map(({ name }) => name);
}
