import type { Manifest } from '../manifest';
import { ObjectReader } from '../manifest/object';
import type { Fields } from './fields';

const MADE = new WeakSet<Manifest>();

/** Objects that a controller makes, each at the place of what tells it to; nothing of one that would be none. */
export function madeBy(manifest: Manifest, objects: readonly Fields[]): readonly Manifest[] {
  return objects.flatMap((object) => {
    const { manifest: made } = new ObjectReader().read(object, manifest.source);
    if (made === undefined) {
      return [];
    }
    MADE.add(made);
    return [made];
  });
}

/** A manifest with other fields, at the same place. */
export function changed(manifest: Manifest, object: Fields): Manifest {
  return { ...manifest, object };
}

/** Whether a manifest stands nowhere, since a controller makes its object. */
export function isMade(manifest: Manifest): boolean {
  return MADE.has(manifest);
}

/** The manifest of a kind and name; `undefined` where there is none. */
export function named(
  manifests: readonly Manifest[],
  { group, kind, namespace, name }: Pick<Manifest, 'group' | 'kind' | 'name'> & { readonly namespace: string },
): Manifest | undefined {
  return manifests.find(
    (one) =>
      one.kind === kind && one.group === group && one.name === name && (one.namespace ?? 'default') === namespace,
  );
}

/** Some objects beside others, but for those that are there already. */
export function withNew(manifests: readonly Manifest[], made: readonly Manifest[]): readonly Manifest[] {
  const isThere = ({ group, kind, namespace = 'default', name }: Manifest) =>
    named(manifests, { group, kind, namespace, name }) !== undefined;
  return [...manifests, ...made.filter((one) => !isThere(one))];
}
