import type { Manifest, Problem } from './manifest';
import { isMapping } from './value';

/** Objects without repetitions, and every object that is given twice with different content. */
export interface Distinct {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem<'duplicate-object'>[];
}

/**
 * Drops objects that are given more than once and are the same each time, as namespaces often are. Where they differ it
 * depends on the order in which they are applied which of them a cluster has: that is a problem, and the first is kept.
 */
export function distinct(manifests: readonly Manifest[]): Distinct {
  const first = new Map<string, Manifest>();
  const kept: Manifest[] = [];
  const problems: Problem<'duplicate-object'>[] = [];
  for (const manifest of manifests) {
    const key = keyOf(manifest);
    const before = key === undefined ? undefined : first.get(key);
    if (before === undefined) {
      kept.push(manifest);
      if (key !== undefined) {
        first.set(key, manifest);
      }
    } else if (!isSame(meaningOf(before), meaningOf(manifest))) {
      problems.push(duplicate(manifest, before));
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
    file: source.file,
    line: source.line,
    message: `${who}: the same object stands at ${place} with other content; keep one of them`,
  };
}

/**
 * What an object says. How a Job is deployed and how long it is kept once done, as its annotations and
 * `ttlSecondsAfterFinished` tell, changes nothing about its Pods.
 */
function meaningOf({ group, kind, object }: Manifest): unknown {
  const { metadata, spec } = object;
  if (group !== 'batch' || kind !== 'Job' || !isMapping(metadata) || !isMapping(spec)) {
    return object;
  }
  const { annotations: _, ...kept } = metadata;
  const { ttlSecondsAfterFinished: __, ...runs } = spec;
  return { ...object, metadata: kept, spec: runs };
}

function isSame(a: unknown, b: unknown): boolean {
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
