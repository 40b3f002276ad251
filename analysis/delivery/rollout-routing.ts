import type { Manifest } from '../manifest';
import type { DividedRoute } from './delivery';
import { type Fields, mappingAt, mappingsIn, numberIn, textIn } from './fields';
import { named } from './made';

/** The one key of the plugin for the Gateway API. */
export const GATEWAY_PLUGIN = 'argoproj-labs/gatewayAPI';

/** Who a Rollout of the canary strategy has divide its requests. */
export interface RolloutRouting {
  readonly stableService: string;
  readonly canaryService: string;
  readonly ingresses: readonly string[];
  readonly nginx: Fields;
  readonly maxTrafficWeight: number | undefined;
  readonly httpRoutes: readonly { readonly name: string; readonly hasHeaders: boolean }[];
  /** That of the HTTPRoutes. */
  readonly namespace: string;
}

/** Reads who divides the requests of a Rollout. */
export function routingOf({ namespace = 'default' }: Manifest, canary: Fields): RolloutRouting {
  const traffic = mappingAt(canary, 'trafficRouting');
  const nginx = mappingAt(traffic, 'nginx');
  const several = Array.isArray(nginx.stableIngresses) ? nginx.stableIngresses : [nginx.stableIngress];
  const plugin = mappingAt(traffic, 'plugins', GATEWAY_PLUGIN);
  const single = textIn(plugin.httpRoute);
  return {
    stableService: textIn(canary.stableService) ?? '',
    canaryService: textIn(canary.canaryService) ?? '',
    ingresses: several.flatMap((one) => textIn(one) ?? []),
    nginx,
    maxTrafficWeight: numberIn(traffic.maxTrafficWeight),
    httpRoutes: [
      ...(single === undefined ? [] : [{ name: single, hasHeaders: true }]),
      ...mappingsIn(plugin.httpRoutes).flatMap((route) => {
        const name = textIn(route.name);
        return name === undefined ? [] : [{ name, hasHeaders: route.useHeaderRoutes === true }];
      }),
    ],
    namespace: textIn(plugin.namespace) ?? namespace,
  };
}

const GROUPS = { HTTPRoute: 'gateway.networking.k8s.io', Ingress: 'networking.k8s.io' };

/** Why the controller can't divide the requests of a route: it fails then, and the route stays as it is. */
export function routeNotes(
  { stableService, canaryService }: RolloutRouting,
  routes: readonly DividedRoute[],
  manifests: readonly Manifest[],
): readonly string[] {
  return routes.flatMap(({ kind, namespace, name }) => {
    const text = `${kind} ${namespace}/${name}`;
    const route = named(manifests, { group: GROUPS[kind], kind, namespace, name });
    if (route === undefined) {
      return [`the ${text} that it divides is not among the manifests`];
    }
    const rules = mappingsIn(mappingAt(route.object, 'spec').rules);
    const led =
      kind === 'HTTPRoute'
        ? rules.flatMap((rule) => mappingsIn(rule.backendRefs).map((ref) => ref.name))
        : rules.flatMap((rule) =>
            mappingsIn(mappingAt(rule, 'http').paths).map((path) => mappingAt(path, 'backend', 'service').name),
          );
    return [stableService, ...(kind === 'HTTPRoute' ? [canaryService] : [])]
      .filter((service) => !led.includes(service))
      .map((service) => `the ${text} does not lead to the Service ${service}, so that its requests are never divided`);
  });
}
