import type { Manifest, Problem } from './manifest';
import { isMapping } from './value';

/** Objects without repetitions, and every object that is given twice with different content. */
export interface Distinct {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem<'duplicate-object'>[];
}

/**
 * Drops objects that are given more than once and are the same each time, as namespaces often are. Where they differ it
 * depends on the order in which they are applied which of them a cluster has: that is a problem, and the last is kept, as
 * where all are applied in the order in which they are read.
 */
export function distinct(manifests: readonly Manifest[]): Distinct {
  const places = new Map<string, number>();
  const kept: Manifest[] = [];
  const problems: Problem<'duplicate-object'>[] = [];
  for (const manifest of manifests) {
    const key = keyOf(manifest);
    const place = key === undefined ? undefined : places.get(key);
    if (place === undefined) {
      if (key !== undefined) {
        places.set(key, kept.length);
      }
      kept.push(manifest);
      continue;
    }
    const before = kept[place] as Manifest;
    if (!isSame(meaningOf(before), meaningOf(manifest))) {
      problems.push(duplicate(manifest, before));
      kept[place] = manifest;
    }
  }
  return { manifests: kept, problems };
}

/** Who leaves its name to the API server is never the same as another. */
function keyOf({ group, kind, namespace = 'default', name, object }: Manifest): string | undefined {
  const { metadata } = object;
  return isMapping(metadata) && metadata.name === name ? `${group}/${kind} ${namespace}/${name}` : undefined;
}

function duplicate(manifest: Manifest, before: Manifest): Problem<'duplicate-object'> {
  const { kind, namespace, name, source } = manifest;
  const place = before.source.line > 0 ? `${before.source.file}:${before.source.line}` : before.source.file;
  const who = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return {
    code: 'duplicate-object',
    severity: 'tolerable',
    file: source.file,
    line: source.line,
    message: `${who}: the same object stands at ${place} with other content; keep one of them; this one, which comes last, is taken`,
  };
}

/**
 * What an object says, without what only a server writes. How a Job is deployed and how long it is kept once done, as its
 * annotations and `ttlSecondsAfterFinished` tell, changes nothing about its Pods.
 */
export function meaningOf({ group, kind, object }: Manifest): unknown {
  const { metadata, spec } = object;
  if (!isMapping(metadata)) {
    return object;
  }
  const { managedFields: _, resourceVersion: __, generation: ___, uid: ____, ...own } = metadata;
  if (group !== 'batch' || kind !== 'Job' || !isMapping(spec)) {
    return { ...object, metadata: own };
  }
  const { annotations: _____, ...kept } = own;
  const { ttlSecondsAfterFinished: ______, ...runs } = spec;
  return { ...object, metadata: kept, spec: runs };
}

export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isMapping(a) || !isMapping(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}
