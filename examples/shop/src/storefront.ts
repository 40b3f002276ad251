import { Duration } from 'cdk8s';
import {
  DeliveryMetric,
  ExposedService,
  Exposure,
  FlaggerStrategy,
  type IGateway,
  ProgressiveDelivery,
  RolloutStep,
  RolloutStrategy,
  Tls,
} from 'cdk8s-networking';
import { StatefulSet } from 'cdk8s-plus-33';
import { Construct } from 'constructs';

export const HOST = 'shop.example.com';

export interface StorefrontProps {
  readonly gateway: IGateway;
  /** The URL of Prometheus, which says whether a release is good. */
  readonly prometheus: string;
}

/** What customers see: the frontend, the catalog behind it, and the sessions of both. */
export class Storefront extends Construct {
  public readonly frontend: ExposedService;
  public readonly catalog: ExposedService;
  public readonly sessions: ExposedService;

  constructor(scope: Construct, id: string, { gateway, prometheus }: StorefrontProps) {
    super(scope, id);
    const errors = (service: string) => ({
      prometheus,
      metrics: [
        DeliveryMetric.query('errors', `sum(rate(http_errors_total{service="${service}-canary"}[1m]))`, { max: 0.1 }),
      ],
    });

    // Argo Rollouts: testers first, by a header; then a tenth, then half of the customers.
    this.frontend = new ExposedService(this, 'frontend', {
      image: 'registry.example/frontend:1.4',
      port: 8080,
      replicas: 4,
      exposure: Exposure.gateway({ gateway, host: HOST, tls: Tls.secret('shop-tls') }),
      delivery: ProgressiveDelivery.argoRollouts({
        strategy: RolloutStrategy.canary([
          RolloutStep.header('X-Tester', 'yes'),
          RolloutStep.pause(),
          RolloutStep.weight(10),
          RolloutStep.pause(Duration.minutes(30)),
          RolloutStep.weight(50),
          RolloutStep.pause(Duration.minutes(30)),
        ]),
        analysis: errors('frontend'),
      }),
    });

    // Flagger: five checks, each with a tenth more of the requests.
    this.catalog = new ExposedService(this, 'catalog', {
      image: 'registry.example/catalog:7.0',
      port: 8080,
      exposure: Exposure.gateway({ gateway, host: HOST, path: '/api/catalog', httpsOnly: true }),
      delivery: ProgressiveDelivery.flagger({ strategy: FlaggerStrategy.canary(10, 50), analysis: errors('catalog') }),
    });

    this.sessions = new ExposedService(this, 'sessions', {
      workload: new StatefulSet(this, 'sessions-pods', {
        metadata: { name: 'sessions' },
        containers: [{ image: 'redis:8', portNumber: 6379 }],
        replicas: 3,
      }),
    });
    this.sessions.allowFrom(this.frontend);
    this.sessions.allowAmongItself();
    this.catalog.allowFrom(this.frontend);
  }
}
