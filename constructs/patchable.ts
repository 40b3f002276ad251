import { ApiObject } from 'cdk8s';

// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
type Fields = any;

/**
 * Has a typed object keep what patches add to it: its type knows a part of its kind, and would leave everything else out
 * without a word.
 *
 * @see https://cdk8s.io/docs/latest/basics/escape-hatches/
 */
export function patchable<T extends ApiObject>(object: T): T {
  const typed = object.toJson.bind(object);
  object.toJson = () => inOrderOf(typed(), ApiObject.prototype.toJson.call(object));
  return object;
}

/** A value with its fields in the order of another, and those that the other has not after them. */
function inOrderOf(model: Fields, value: Fields): Fields {
  if (Array.isArray(value)) {
    return value.map((entry, at) => inOrderOf(Array.isArray(model) ? model[at] : undefined, entry));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const known = Object.keys(Object(model)).filter((key) => Object.hasOwn(value, key));
  const keys = [...known, ...Object.keys(value).filter((key) => !known.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, inOrderOf(Object(model)[key], value[key])]));
}
