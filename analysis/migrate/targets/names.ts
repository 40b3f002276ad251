/** The names of the targets, as `--for` takes them. */
export type TargetName = 'envoy-gateway' | 'nginx-gateway-fabric' | 'kgateway' | 'istio' | 'traefik' | 'cilium';

/** The targets that a migration knows, apart from what it knows of them, which asking for help does not need. */
export const TARGET_NAMES: readonly TargetName[] = [
  'envoy-gateway',
  'nginx-gateway-fabric',
  'kgateway',
  'istio',
  'traefik',
  'cilium',
];
