import type { Facts } from './facts';
import type { PolicyFacts } from './policies';

/**
 * The one namespace whose pods a policy fits where it fits none of its own. None where the workloads of its own namespace
 * are not among the manifests, unless it names no namespace at all while others do.
 */
export function otherHome({ pods }: Facts, { manifest, namespace, selector }: PolicyFacts): string | undefined {
  const isPlaced = manifest.namespace !== undefined;
  if (selector.length === 0 || pods.select(selector, namespace).length > 0) {
    return undefined;
  }
  if (isPlaced && pods.in(namespace).length === 0) {
    return undefined;
  }
  const homes = new Set(pods.namespaces.filter((name) => name !== namespace && pods.select(selector, name).length > 0));
  return homes.size === 1 ? [...homes][0] : undefined;
}
