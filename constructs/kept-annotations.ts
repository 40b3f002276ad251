import type { ApiObject } from 'cdk8s';
import { shown } from './values';

/**
 * Fails synthesis when annotations that the library owns say something else than what it wrote, by whatever came later: an
 * annotation that is added to the object, or a patch.
 *
 * @param object the object
 * @param written the annotations that the library wrote
 * @param own every annotation that it owns, and how a person asks for it
 */
export function keepAnnotations(
  object: ApiObject,
  written: Readonly<Record<string, string>>,
  own: ReadonlyMap<string, string>,
): void {
  const wanted = new Map(Object.entries(written));
  object.node.addValidation({
    validate: () => {
      const held = new Map(Object.entries(object.toJson().metadata?.annotations ?? {}));
      return [...own]
        .filter(([key]) => held.get(key) !== wanted.get(key))
        .map(([key, instead]) => {
          const [is, was] = [held.get(key), wanted.get(key)];
          const change = is === undefined ? `"${key}" is taken away` : `"${key}" is ${shown(is)}`;
          return `${change}${was === undefined ? '' : `, where this construct says ${shown(was)}`}; leave that out and ${instead}`;
        });
    },
  });
}
