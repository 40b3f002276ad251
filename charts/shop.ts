import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  CanaryIngress,
  ExposedService,
  Exposure,
  OnlineBoutique,
  OnlineBoutiqueFrontend,
  OnlineBoutiqueRelease,
} from '../constructs';
import { canaryVariants } from './canary-variants';
import type { Settings } from './settings';

/** Online Boutique and what leads to it, each a file of its own. */
export interface Shop {
  /** All services of release 0.8.0. */
  readonly services: Chart;
  /** The Ingress of its frontend. */
  readonly ingress: Chart;
  /** The frontend of release 0.9.0. */
  readonly next: Chart;
  /** Its share of the requests. */
  readonly canary: Chart;
  readonly boutique: OnlineBoutique;
  readonly nextFrontend: OnlineBoutiqueFrontend;
}

/**
 * Online Boutique on its host, with HTTPS alone, and the next release of its frontend.
 *
 * The files with an Ingress come before `ingress-nginx` in the alphabet, and so in `kubectl apply -f dist/`: as soon as
 * the webhook of the controller is there every Ingress is shown to it, and refused until the controller runs.
 */
export function shop(scope: Construct, settings: Settings): Shop {
  const services = new Chart(scope, 'online-boutique');
  const boutique = new OnlineBoutique(services, 'online-boutique');

  const ingress = new Chart(scope, 'frontend-ingress');
  const frontend = exposedFrontend(ingress, boutique, settings);

  const next = new Chart(scope, 'frontend-canary');
  const nextFrontend = new OnlineBoutiqueFrontend(next, 'frontend', { release: OnlineBoutiqueRelease.V0_9_0 });

  const canary = new Chart(scope, 'canary');
  new CanaryIngress(canary, 'canary', {
    main: frontend,
    canary: { existing: nextFrontend.service },
    rule: settings.canaryRule,
  });
  canaryVariants(scope, nextFrontend.service, (chart) => exposedFrontend(chart, boutique, settings));
  return { services, ingress, next, canary, boutique, nextFrontend };
}

function exposedFrontend(chart: Chart, boutique: OnlineBoutique, { shopHost, shopTls }: Settings): ExposedService {
  return new ExposedService(chart, 'frontend', {
    existing: boutique.frontend,
    exposure: Exposure.ingress({
      ingressName: 'online-boutique-ing',
      host: shopHost,
      tls: shopTls,
      httpsOnly: true,
    }),
  });
}
