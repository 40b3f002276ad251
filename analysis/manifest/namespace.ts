import { kindOf } from './kinds';
import type { Manifest } from './manifest';

/** Gives those objects a namespace that name none, as `kubectl apply -n` does. */
export function inNamespace(manifests: readonly Manifest[], namespace: string): readonly Manifest[] {
  return manifests.map((manifest) =>
    manifest.namespace === undefined && isNamespaced(manifest) ? { ...manifest, namespace } : manifest,
  );
}

function isNamespaced({ apiVersion, kind }: Manifest): boolean {
  const known = kindOf(apiVersion, kind);
  return known !== undefined && 'kind' in known && known.kind.namespaced;
}
