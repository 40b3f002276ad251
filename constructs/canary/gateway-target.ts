import type { Construct } from 'constructs';
import { backendOf, type GatewayRoute } from '../gateway/gateway-route';
import type { Problems } from '../values';
import { canaryRules, gatewayRuleProblems } from './gateway-rules';
import type { Canary } from './ingress-target';

/**
 * Divides the rules of the main service's HTTPRoute, so that the canary has no object of its own there.
 *
 * @returns what of the canary's rule the Gateway can't say
 */
export function divideRoute(scope: Construct, { service, rule, namespace }: Canary, route: GatewayRoute): Problems {
  const canary = backendOf(scope, { name: service.name, port: service.port, namespace }, route.namespace);
  route.alsoLeadsTo(service.name);
  route.rules.divide((path, main) => canaryRules(rule, { path, main, canary }));
  return gatewayRuleProblems(rule, route.gateway.implementation);
}
