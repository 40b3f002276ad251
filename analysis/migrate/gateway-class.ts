import type { Manifest } from '../manifest';

/**
 * A name that stands for one that is still to be given, as in the documentation of the Gateway API.
 *
 * The name of the ingress class would be taken for a class of somebody: `nginx` is that of NGINX Gateway Fabric.
 */
export const PLACEHOLDER_CLASS = 'example';

/** The GatewayClass where none was given: the only one among the manifests, or else a placeholder. */
export function gatewayClassOf(manifests: readonly Manifest[]): string {
  const [only, ...others] = manifests.filter(
    ({ kind, group }) => kind === 'GatewayClass' && group === 'gateway.networking.k8s.io',
  );
  return only === undefined || others.length > 0 ? PLACEHOLDER_CLASS : only.name;
}
