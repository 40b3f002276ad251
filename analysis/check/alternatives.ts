import { Cluster, type ClusterInput } from '../connectivity';
import { type InputDegree, type Judged, judged, type Manifest, type Problem } from '../manifest';
import { listIn } from '../manifest/lists';
import { refusedWorkloads } from '../manifest/refused-workloads';
import { refusedRoutes } from '../routing/refused';

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
  const groups: { readonly keys: Set<string>; readonly manifests: Manifest[] }[] = [];
  for (const { manifests } of files.filter(({ isAlternative }) => isAlternative)) {
    const keys = manifests.map(keyOf);
    let group = groups.find((one) => !keys.some((key) => one.keys.has(key)));
    if (group === undefined) {
      group = { keys: new Set(), manifests: [] };
      groups.push(group);
    }
    for (const [at, manifest] of manifests.entries()) {
      group.keys.add(keys[at] as string);
      group.manifests.push(manifest);
    }
  }
  const replaced = groups.map(({ keys, manifests }) => [
    ...usual.filter((manifest) => !keys.has(keyOf(manifest))),
    ...manifests,
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

/**
 * The same, and what an API server has against them on which no answer about connections rests: routes, and what workloads are
 * made of.
 */
export function refusedByServer(
  sets: readonly (readonly Manifest[])[],
  given: ClusterInput['problems'],
  input: InputDegree | undefined,
): Judged {
  const { problems, warnings } = refusedOf(sets, given, input);
  const manifests = [...new Set(sets.flat())];
  const others = judged<string>([...refusedRoutes(manifests), ...refusedWorkloads(manifests)], input);
  const told = new Set([...problems, ...warnings].map(fieldOf));
  const untold = (one: Problem) => !told.has(fieldOf(one));
  return {
    problems: [...problems, ...others.problems.filter(untold)],
    warnings: [...warnings, ...others.warnings.filter(untold)],
  };
}

/** Where a problem is, with the field that it names: several readers of an object may dislike the same. */
function fieldOf({ file, line, message }: Problem): string {
  return `${file}:${line} ${message.split(' is ')[0]}`;
}

function once<One extends Problem>(problems: readonly One[]): readonly One[] {
  return [...new Map(problems.map((one) => [`${one.file}:${one.line}: ${one.message}`, one])).values()];
}

function keyOf({ group, kind, namespace = 'default', name }: Manifest): string {
  return `${group}/${kind} ${namespace}/${name}`;
}
