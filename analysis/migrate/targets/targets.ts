import { CILIUM } from './cilium';
import { ENVOY_GATEWAY } from './envoy-gateway';
import { ISTIO } from './istio';
import { KGATEWAY } from './kgateway';
import type { TargetName } from './names';
import { NGINX_GATEWAY_FABRIC } from './nginx-gateway-fabric';
import type { Target } from './target';
import { TRAEFIK } from './traefik';

/** The targets that a migration knows. */
export const TARGETS: readonly Target[] = [ENVOY_GATEWAY, NGINX_GATEWAY_FABRIC, KGATEWAY, ISTIO, TRAEFIK, CILIUM];

/** The target with a name. */
export function targetOf(name: TargetName): Target {
  return TARGETS.find((target) => target.name === name) as Target;
}
