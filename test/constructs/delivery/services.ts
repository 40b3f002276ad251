import { Chart, Duration } from 'cdk8s';
import {
  type DeliveryAnalysis,
  DeliveryMetric,
  ExposedService,
  type ExposedServiceProps,
  Exposure,
  FlaggerStrategy,
  Gateway,
  GatewayImplementation,
  NetworkingApp,
  ProgressiveDelivery,
  RolloutStep,
  RolloutStrategy,
} from '../../../constructs';
import { crdProblems } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';

export const INGRESS = Exposure.ingress({ host: 'shop.example.com' });
export const ANALYSIS: DeliveryAnalysis = {
  prometheus: 'http://prometheus.monitoring:9090',
  metrics: [DeliveryMetric.successRate(99), DeliveryMetric.latency(Duration.millis(500), 0.95)],
};
export const ERRORS: DeliveryAnalysis = {
  prometheus: 'http://prometheus.monitoring:9090',
  metrics: [DeliveryMetric.query('errors', 'sum(rate(shop_errors_total[1m]))', { min: 0, max: 0.5 })],
  interval: Duration.seconds(90),
  failures: 2,
};
export const STEPS = RolloutStrategy.canary([RolloutStep.weight(5), RolloutStep.pause(), RolloutStep.weight(50)]);
export const ROLLOUT = ProgressiveDelivery.argoRollouts({ strategy: STEPS });
export const FLAGGER = ProgressiveDelivery.flagger({ strategy: FlaggerStrategy.canary(10, 50), analysis: ANALYSIS });

/** An exposure over a Gateway that is there. */
export function overGateway(implementation = GatewayImplementation.ENVOY_GATEWAY, path = '/'): Exposure {
  const gateway = Gateway.existing({ name: 'web', namespace: { name: 'infra' }, implementation });
  return Exposure.gateway({ gateway, host: 'shop.example.com', path });
}

/** A service of the namespace `shop`. */
export function frontend(at: Chart, props: Partial<ExposedServiceProps>): ExposedService {
  const image = { image: 'registry.example/frontend:1.4', port: 8080, servicePort: 80, exposure: INGRESS };
  return new ExposedService(at, 'frontend', { ...image, ...props });
}

/** All objects of an app that `make` fills a chart of, which no API server would refuse or change. */
export function objectsOf(make: (at: Chart) => unknown): readonly Fields[] {
  const chart = new Chart(new NetworkingApp(), 'chart', { namespace: 'shop' });
  make(chart);
  const objects: Fields[] = chart.toJson();
  const ours = objects.filter(({ apiVersion }) => /^(argoproj\.io|flagger\.app|gateway\.)/.test(apiVersion));
  expect(ours.flatMap(crdProblems)).toEqual([]);
  return objects;
}

/** What the service is delivered by: objects of this kind. */
export function made(kind: string, props: Partial<ExposedServiceProps>): readonly Fields[] {
  return objectsOf((at) => frontend(at, props)).filter((object) => object.kind === kind);
}
