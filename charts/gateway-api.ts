import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ExistingService } from '../constructs';
import {
  CanaryIngress,
  ExposedService,
  Exposure,
  Gateway,
  GatewayImplementation,
  type OnlineBoutique,
  type OnlineBoutiqueFrontend,
} from '../constructs';
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
  const gateway = new Gateway(new Chart(folder, 'gateway'), 'web', {
    namespace,
    implementation: GatewayImplementation.ENVOY_GATEWAY,
  });

  const shop = new Chart(folder, 'shop');
  const frontend = new ExposedService(shop, 'frontend', {
    existing: { ...boutique.frontend, namespace },
    exposure: Exposure.gateway({
      gateway,
      routeName: 'online-boutique',
      host: settings.shopHost,
      tls: settings.shopTls,
      httpsOnly: true,
    }),
  });
  new CanaryIngress(shop, 'canary', {
    main: frontend,
    canary: { existing: { ...nextFrontend.service, namespace } },
    rule: settings.canaryRule,
  });

  new ExposedService(new Chart(folder, 'game-2048'), 'game', {
    existing: game,
    exposure: Exposure.gateway({ gateway, host: settings.gameHost }),
  });
}
