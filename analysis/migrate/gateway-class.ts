import type { Manifest } from '../manifest';
import type { SourceIngress } from './source';

/** The GatewayClass where none was given: the only one among the manifests, or else one with the name of the ingress class. */
export function gatewayClassOf(manifests: readonly Manifest[], sources: readonly SourceIngress[]): string {
  const [only, ...others] = manifests.filter(
    ({ kind, group }) => kind === 'GatewayClass' && group === 'gateway.networking.k8s.io',
  );
  return only === undefined || others.length > 0 ? ingressClassOf(sources) : only.name;
}

function ingressClassOf(sources: readonly SourceIngress[]): string {
  const names = sources.flatMap(
    ({ ingress: { className, manifest } }) =>
      className ?? manifest.annotations.get('kubernetes.io/ingress.class') ?? [],
  );
  return names[0] ?? 'nginx';
}
