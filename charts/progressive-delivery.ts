import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DefaultDenyNamespace,
  type DeliveryAnalysis,
  DeliveryMetric,
  EgressDefault,
  ExposedService,
  Exposure,
  FlaggerStrategy,
  ProgressiveDelivery,
  RolloutStep,
  RolloutStrategy,
} from '../constructs';

/** A small server whose next version is as easily made as its argument is changed. */
const IMAGE = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

const ANALYSIS: DeliveryAnalysis = {
  prometheus: 'http://prometheus.monitoring:9090',
  metrics: [DeliveryMetric.successRate(99), DeliveryMetric.latency(Duration.millis(500))],
};

/** The same canary by each of the two controllers that promote one, in a closed namespace of its own. */
export function progressiveDelivery(scope: Construct): void {
  const folder = new Construct(scope, 'progressive-delivery');
  delivered(
    folder,
    'argo-rollouts',
    ProgressiveDelivery.argoRollouts({
      strategy: RolloutStrategy.canary([
        RolloutStep.weight(5),
        RolloutStep.pause(Duration.minutes(10)),
        RolloutStep.weight(50),
        RolloutStep.pause(),
      ]),
      analysis: ANALYSIS,
    }),
  );
  delivered(
    folder,
    'flagger',
    ProgressiveDelivery.flagger({ strategy: FlaggerStrategy.weights([5, 50]), analysis: ANALYSIS }),
  );
}

function delivered(scope: Construct, engine: string, delivery: ProgressiveDelivery): void {
  const chart = new Chart(scope, engine);
  const namespace = new DefaultDenyNamespace(chart, 'namespace', {
    name: `${engine}-demo`,
    egress: EgressDefault.DENY_EXCEPT_DNS,
  });
  new ExposedService(chart, 'web', {
    namespace,
    image: IMAGE,
    args: ['netexec', '--http-port=8080'],
    port: 8080,
    exposure: Exposure.ingress({ host: `${engine}.example.com` }),
    delivery,
  });
}
