import { CILIUM } from './cilium';
import { ENVOY_GATEWAY } from './envoy-gateway';
import { ISTIO } from './istio';
import { KGATEWAY } from './kgateway';
import { NGINX_GATEWAY_FABRIC } from './nginx-gateway-fabric';
import type { Target, TargetName } from './target';
import { TRAEFIK } from './traefik';

/** The targets that a migration knows. */
export const TARGETS: readonly Target[] = [ENVOY_GATEWAY, NGINX_GATEWAY_FABRIC, KGATEWAY, ISTIO, TRAEFIK, CILIUM];

/** Their names. */
export const TARGET_NAMES: readonly TargetName[] = TARGETS.map(({ name }) => name);

/** The target with a name. */
export function targetOf(name: TargetName): Target {
  return TARGETS.find((target) => target.name === name) as Target;
}
