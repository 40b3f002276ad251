import type { Manifest } from '../analysis/manifest';

/** Manifests that were read of one file. */
export interface AppliedFile {
  readonly manifests: readonly Manifest[];
  /** Whether it is applied in the place of another one. */
  readonly isAlternative: boolean;
}

/**
 * What may be on a cluster at one time: everything that is no alternative, and that with alternatives in the place of the objects
 * which they write too. Alternatives that have no object in common are taken together, so that there are few sets.
 */
export function appliedSets(files: readonly AppliedFile[]): readonly (readonly Manifest[])[] {
  const usual = files.filter(({ isAlternative }) => !isAlternative).flatMap(({ manifests }) => manifests);
  const groups: Map<string, Manifest>[] = [];
  for (const { manifests } of files.filter(({ isAlternative }) => isAlternative)) {
    const own = new Map(manifests.map((manifest) => [keyOf(manifest), manifest]));
    const group = groups.find((one) => ![...own.keys()].some((key) => one.has(key)));
    if (group === undefined) {
      groups.push(own);
    } else {
      for (const [key, manifest] of own) {
        group.set(key, manifest);
      }
    }
  }
  const replaced = groups.map((group) => [
    ...usual.filter((manifest) => !group.has(keyOf(manifest))),
    ...group.values(),
  ]);
  return usual.length === 0 && replaced.length > 0 ? replaced : [usual, ...replaced];
}

function keyOf({ group, kind, namespace = 'default', name }: Manifest): string {
  return `${group}/${kind} ${namespace}/${name}`;
}
