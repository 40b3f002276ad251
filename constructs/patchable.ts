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
    object.toJson = () => (isPatched(object) ? withOthers(typed(), ApiObject.prototype.toJson.call(object)) : typed());
  }
  return object;
}

/** Patches are private to an object, and nothing else tells whether there are any. */
function isPatched(object: ApiObject): boolean {
  const { patches } = object as unknown as { readonly patches?: readonly unknown[] };
  return patches === undefined || patches.length > 0;
}

/** A value with what another has beside it. */
function withOthers(value: Fields, whole: Fields): Fields {
  if (Array.isArray(whole)) {
    return whole.map((entry, at) => withOthers(Array.isArray(value) ? value[at] : undefined, entry));
  }
  if (typeof whole !== 'object' || whole === null) {
    return value ?? whole;
  }
  const known = Object.keys(Object(value)).filter((key) => value[key] !== undefined);
  const keys = [...known, ...Object.keys(whole).filter((key) => !known.includes(key))];
  return Object.fromEntries(
    keys.map((key) => [key, key in whole ? withOthers(Object(value)[key], whole[key]) : value[key]]),
  );
}
