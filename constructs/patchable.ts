import { isDeepStrictEqual } from 'node:util';
import { ApiObject } from 'cdk8s';

// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
type Fields = any;

/**
 * Has a typed object keep what patches add to it: its type knows a part of its kind, or an older release of it, and would leave
 * everything else out without a word.
 *
 * @see https://cdk8s.io/docs/latest/basics/escape-hatches/
 */
export function patchable<T extends ApiObject>(object: T): T {
  const typed = object.toJson.bind(object);
  // What somebody else has it write already is not what cdk8s would write.
  if (!Object.hasOwn(object, 'toJson')) {
    object.toJson = () => (isPatched(object) ? withAdded(typed(), untyped(object), unpatched(object)) : typed());
  }
  return object;
}

/** Patches are private to an object, and nothing else tells whether there are any. */
function isPatched(object: ApiObject): boolean {
  const { patches } = object as unknown as { readonly patches?: readonly unknown[] };
  return patches !== undefined && patches.length > 0;
}

/** An object as it is before its type has a say: some fields have other names then, and some values are objects still. */
function untyped(object: ApiObject): Fields {
  return ApiObject.prototype.toJson.call(object);
}

function unpatched(object: ApiObject): Fields {
  return untyped(Object.create(object, { patches: { value: [] } }));
}

/** A value with what is in it now and was not before, as far as it was left out. */
function withAdded(value: Fields, now: Fields, before: Fields): Fields {
  if (isDeepStrictEqual(now, before)) {
    return value;
  }
  if (Array.isArray(value) && Array.isArray(now)) {
    const known: readonly Fields[] = Array.isArray(before) ? before : [];
    return value.map((entry, at) => {
      const same = known.find((one) => isDeepStrictEqual(one, now[at]));
      return withAdded(entry, now[at], same ?? known[at]);
    });
  }
  if (!isObject(value) || !isObject(now)) {
    return value;
  }
  const added = Object.keys(now).filter((key) => value[key] === undefined && !(isObject(before) && key in before));
  return Object.fromEntries([
    ...Object.entries(value).map(([key, held]) => [key, withAdded(held, now[key], Object(before)[key])]),
    ...added.map((key) => [key, now[key]]),
  ]);
}

function isObject(value: Fields): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
