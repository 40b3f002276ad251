import type { Manifest, Path } from './manifest';
import { isMapping } from './value';

/**
 * Where an object was read from a server and not made ready to be applied; `undefined` where it could be applied. With these
 * fields an API server does not make an object, or only in the place of just this one.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export function serverField({ object: { metadata } }: Manifest): Path | undefined {
  if (!isMapping(metadata)) {
    return undefined;
  }
  const { managedFields, resourceVersion, uid } = metadata;
  if (isGiven(managedFields)) {
    return ['metadata', 'managedFields'];
  }
  return isGiven(resourceVersion) ? ['metadata', 'resourceVersion'] : isGiven(uid) ? ['metadata', 'uid'] : undefined;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
