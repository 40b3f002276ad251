import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CanaryIngress,
  type ExistingService,
  ExposedService,
  Exposure,
  Gateway,
  type GatewayExposureProps,
  GatewayImplementation,
  GatewayListener,
  type OnlineBoutique,
  type OnlineBoutiqueFrontend,
} from '../constructs';
import { canaryVariants } from './canary-variants';
import type { Settings } from './settings';

/** What the Gateway leads to. */
export interface Behind {
  readonly boutique: OnlineBoutique;
  readonly nextFrontend: OnlineBoutiqueFrontend;
  readonly game: ExistingService;
}

/** The same lessons by the Gateway API: one Gateway, and HTTPRoutes that send every request where the Ingresses do. */
export function gatewayApi(scope: Construct, settings: Settings, { boutique, nextFrontend, game }: Behind): void {
  const folder = new Construct(scope, 'gateway-api');
  const namespace = { name: 'default' };
  const place = { name: 'web', namespace };
  const implementation = GatewayImplementation.ENVOY_GATEWAY;
  const gateway = new Gateway(new Chart(folder, 'gateway'), place.name, {
    namespace,
    implementation,
    createClass: true,
  });

  const main = { ...boutique.frontend, namespace };
  const next = { ...nextFrontend.service, namespace };
  const shop = new Chart(folder, 'shop');
  const frontend = exposedFrontend(shop, main, settings, {
    gateway,
    routeName: 'online-boutique',
    tls: settings.shopTls,
  });
  new CanaryIngress(shop, 'canary', {
    main: frontend,
    canary: { existing: next },
    rule: settings.canaryRule,
  });
  const alone = (chart: Chart) =>
    exposedFrontend(chart, main, settings, {
      gateway: Gateway.existing({
        ...place,
        implementation,
        listeners: [GatewayListener.http(), GatewayListener.https({ hostname: settings.shopHost })],
      }),
      routeName: 'online-boutique',
    });
  const variants = canaryVariants(folder, next, alone);
  // An Ingress of a canary can be deleted; an HTTPRoute that holds one has to be replaced.
  alone(new Chart(variants, 'none'));

  new ExposedService(new Chart(folder, 'game-2048'), 'game', {
    existing: game,
    exposure: Exposure.gateway({ gateway, host: settings.gameHost }),
  });
}

/** The frontend by HTTPS alone. */
function exposedFrontend(
  chart: Chart,
  existing: ExistingService,
  { shopHost }: Settings,
  route: Pick<GatewayExposureProps, 'gateway' | 'routeName' | 'tls'>,
): ExposedService {
  return new ExposedService(chart, 'frontend', {
    existing,
    exposure: Exposure.gateway({ ...route, host: shopHost, httpsOnly: true }),
  });
}
