import type { ApiObject } from 'cdk8s';
import { isAlternative, type Written } from './duplicates';
import { fileOf } from './file-of';

/**
 * What `cdk8s synth` and validation plugins read of an app beside its manifests: the path of the construct behind each object.
 *
 * cdk8s knows objects by their bare name, so that a Service and a ConfigMap of one name, or two namespaces, share one path. Each
 * object is therefore also there as `NetworkPolicy shop/backend`, and as `NetworkPolicy shop/backend of shop.k8s.yaml`.
 *
 * @param folder where the manifests end up; undefined where that is the folder that the command knows
 */
export function constructMetadata(files: readonly Written[], folder: string | undefined): object {
  const resources = new Map<string, { readonly path: string }>();
  const ambiguous = new Set<string>();
  for (const { chart, objects } of files) {
    for (const object of objects) {
      const { path } = object.node;
      const name = resourceName(object);
      resources.set(object.name, { path });
      for (const key of [name, `${name} of ${fileOf(chart)}`]) {
        if (resources.has(key)) {
          ambiguous.add(key);
        }
        resources.set(key, { path });
      }
    }
  }
  for (const key of ambiguous) {
    resources.delete(key);
  }
  return {
    version: '1.0.0',
    resources: Object.fromEntries(resources),
    networking: { folder, alternatives: files.flatMap(({ chart }) => (isAlternative(chart) ? [fileOf(chart)] : [])) },
  };
}

/** An object as its manifest names it: `NetworkPolicy shop/backend`. */
function resourceName({ kind, metadata, name }: ApiObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${name}`;
}
