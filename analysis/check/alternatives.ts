import { Cluster, type ClusterInput } from '../connectivity';
import type { InputDegree, Judged, Manifest, Problem } from '../manifest';
import { listIn } from '../manifest/lists';

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

/** Manifests by the file in which they stand. */
export function appliedFiles(
  manifests: readonly Manifest[],
  isAlternative: (file: string) => boolean,
): readonly AppliedFile[] {
  const files = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    listIn(files, manifest.source.file).push(manifest);
  }
  return [...files].map(([file, own]) => ({ manifests: own, isAlternative: isAlternative(file) }));
}

/**
 * What an API server has against sets of manifests, each of which may be on a cluster at one time.
 *
 * @param problems what is wrong with the texts of all of them
 */
export function refusedOf(
  sets: readonly (readonly Manifest[])[],
  problems: ClusterInput['problems'],
  input: InputDegree | undefined,
): Judged {
  const all = sets.map((manifests, at) =>
    Cluster.from({ manifests, problems: at === 0 ? (problems ?? []) : [] }, input === undefined ? {} : { input }),
  );
  return {
    problems: once(all.flatMap((cluster) => cluster.problems)),
    warnings: once(all.flatMap((cluster) => cluster.warnings)),
  };
}

function once<One extends Problem>(problems: readonly One[]): readonly One[] {
  return [...new Map(problems.map((one) => [`${one.file}:${one.line}: ${one.message}`, one])).values()];
}

function keyOf({ group, kind, namespace = 'default', name }: Manifest): string {
  return `${group}/${kind} ${namespace}/${name}`;
}
