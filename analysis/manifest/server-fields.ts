import type { Manifest, Path } from './manifest';
import { isMapping } from './value';

/** Fields with which an API server does not make an object, or only in the place of just this one. */
const FIELDS = ['managedFields', 'resourceVersion', 'uid'];

/**
 * Where an object was read from a server and not made ready to be applied; `undefined` where it could be applied.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export function serverField({ object: { metadata } }: Manifest): Path | undefined {
  if (isMapping(metadata)) {
    for (const field of FIELDS) {
      if (metadata[field] !== undefined && metadata[field] !== null) {
        return ['metadata', field];
      }
    }
  }
  return undefined;
}
