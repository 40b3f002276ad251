import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  BlueGreen,
  CanaryIngress,
  CanaryRule,
  ExposedService,
  Exposure,
  OnlineBoutique,
  OnlineBoutiqueFrontend,
  OnlineBoutiqueRelease,
} from '../constructs';
import type { Settings } from './settings';

/** Online Boutique and what leads to it, each a file of its own. */
export interface Shop {
  /** All services of release 0.8.0. */
  readonly services: Chart;
  /** The Ingress of its frontend. */
  readonly ingress: Chart;
  /** The frontend of release 0.9.0, with its share of the requests. */
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

  const canary = new Chart(scope, 'frontend-canary');
  const next = new OnlineBoutiqueFrontend(canary, 'frontend', { release: OnlineBoutiqueRelease.V0_9_0 });
  new CanaryIngress(canary, 'canary', {
    main: frontend,
    canary: { existing: next.service },
    rule: settings.canaryRule,
  });

  canaryVariants(new Construct(scope, 'canary-variants'), boutique, next, settings);
  return { services, ingress, canary, boutique, nextFrontend: next };
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

/** Other rules for the same canary, of which one at a time can take the place of the Ingress `canary`. */
const VARIANTS = new Map([
  ['header', CanaryRule.header('FOO', 'bar')],
  ['header-pattern', CanaryRule.headerPattern('User-Agent', '.*(Android|iPhone).*')],
  ['cookie', CanaryRule.cookie('canary')],
  ['header-or-weight', CanaryRule.header('FOO', 'bar').orWeight(5)],
  ['blue-green', CanaryRule.blueGreen(BlueGreen.GREEN, 'X-Green')],
  ['a-b', CanaryRule.abTestByCookie('group-b')],
]);

function canaryVariants(
  scope: Construct,
  boutique: OnlineBoutique,
  next: OnlineBoutiqueFrontend,
  settings: Settings,
): void {
  for (const [id, rule] of VARIANTS) {
    const chart = new Chart(scope, id);
    const main = exposedFrontend(chart, boutique, settings);
    new CanaryIngress(chart, `canary-${id}`, { main, canary: { existing: next.service }, rule });
  }
}
