import { App, Chart, type ChartProps, Duration } from 'cdk8s';
import { HorizontalPodAutoscaler, k8s } from 'cdk8s-plus-27';
import {
  CanaryIngress,
  CanaryRule,
  DeliveryMetric,
  type ExposedServiceProps,
  Exposure,
  FlaggerStrategy,
  FlaggerWebhook,
  Gateway,
  GatewayImplementation,
  ProgressiveDelivery,
  RolloutStep,
  RolloutStrategy,
} from '../../../constructs';
import { refusal } from '../../helpers/synth';
import { failureOf } from '../canary/shop';
import { ANALYSIS, ERRORS, FLAGGER, frontend, overGateway, ROLLOUT, STEPS } from './services';

const { argoRollouts, flagger } = ProgressiveDelivery;
const rollout = (strategy: RolloutStrategy) => argoRollouts({ strategy });

const REFUSED: [string, Partial<ExposedServiceProps>, string][] = [
  [
    'a service is not made from an image',
    {
      image: undefined,
      port: undefined,
      servicePort: undefined,
      existing: { name: 'x', port: 1, targetPort: 1, podLabels: { a: 'b' } },
      delivery: ROLLOUT,
    },
    'shop/frontend: delivery is given with existing; a controller delivers a Deployment, give it as workload',
  ],
  [
    'nothing of the next version runs at the first step',
    { delivery: rollout(RolloutStrategy.canary([RolloutStep.pause(), RolloutStep.weight(5)])) },
    'shop/frontend: steps of delivery.strategy begin with pause; no Pod of the next version runs by then, begin with RolloutStep.weight or RolloutStep.header',
  ],
  [
    'a weight is not above the one before',
    { delivery: rollout(RolloutStrategy.canary([RolloutStep.weight(20), RolloutStep.weight(5)])) },
    'shop/frontend: steps of delivery.strategy go back to the weight 5; give weights that grow',
  ],
  [
    'a weight is above 100',
    { delivery: rollout(RolloutStrategy.canary([RolloutStep.weight(105)])) },
    'shop/frontend: percent of steps of delivery.strategy[0] is 105; give an integer from 1 to 100',
  ],
  [
    'a step measures what nobody has named',
    { delivery: rollout(RolloutStrategy.canary([RolloutStep.weight(5), RolloutStep.analysis(3)])) },
    'shop/frontend: delivery.strategy has an analysis, and nothing says what is measured; give analysis',
  ],
  [
    'a blue-green deployment measures requests that it does not get',
    {
      delivery: argoRollouts({
        strategy: RolloutStrategy.blueGreen(),
        analysis: { ...ANALYSIS, metrics: [DeliveryMetric.successRate(99)] },
      }),
    },
    'shop/frontend: delivery.analysis has success-rate; the next version of a blue-green deployment takes no requests before it moves, use DeliveryMetric.query',
  ],
  [
    'two metrics have one name',
    {
      delivery: argoRollouts({
        strategy: STEPS,
        analysis: { ...ANALYSIS, metrics: [DeliveryMetric.successRate(99), DeliveryMetric.successRate(95)] },
      }),
    },
    'shop/frontend: delivery.analysis.metrics has "success-rate" twice; give one of each name',
  ],
  [
    'the maximum weight is one that Flagger goes beyond',
    { delivery: flagger({ strategy: FlaggerStrategy.canary(20, 50), analysis: ANALYSIS }) },
    'shop/frontend: maxWeight of delivery.strategy is 50; give a multiple of the step, 20',
  ],
  [
    'Flagger is to tell requests by a rule that it can not tell',
    { delivery: flagger({ strategy: FlaggerStrategy.abTest(CanaryRule.header('FOO'), 5), analysis: ANALYSIS }) },
    'shop/frontend: the rule of delivery.strategy is not one that Flagger can tell; give CanaryRule.header with a value, CanaryRule.headerPattern or CanaryRule.cookie, alone',
  ],
  [
    'webhooks take longer than the next check waits',
    {
      delivery: flagger({
        strategy: FlaggerStrategy.canary(5, 50),
        analysis: ANALYSIS,
        webhooks: [
          FlaggerWebhook.rollout('load', 'http://tester.test/', { timeout: Duration.seconds(50) }),
          FlaggerWebhook.rollout('more', 'http://tester.test/'),
          FlaggerWebhook.preRollout('before', 'http://tester.test/', { timeout: Duration.minutes(5) }),
        ],
      }),
    },
    'shop/frontend: delivery.webhooks may take 60 seconds with each check, and a check comes every 60; give shorter timeouts, or a longer analysis.interval',
  ],
  [
    'two webhooks have one name',
    {
      delivery: flagger({
        strategy: FlaggerStrategy.canary(5, 50),
        analysis: ANALYSIS,
        webhooks: [FlaggerWebhook.event('chat', 'http://a.test/'), FlaggerWebhook.rollback('chat', 'http://b.test/')],
      }),
    },
    'shop/frontend: delivery.webhooks has "chat" twice; give one of each name',
  ],
  [
    'a URL of a webhook is none',
    {
      delivery: flagger({
        strategy: FlaggerStrategy.canary(5, 50),
        analysis: ANALYSIS,
        webhooks: [FlaggerWebhook.event('chat', 'chat.test')],
      }),
    },
    'shop/frontend: url of delivery.webhooks[0] is "chat.test"; give a URL such as "http://flagger-loadtester.test/"',
  ],
  [
    'a cookie is to hold those who are sent by a rule',
    {
      delivery: flagger({
        strategy: FlaggerStrategy.abTest(CanaryRule.cookie('beta'), 5),
        analysis: ANALYSIS,
        sessionAffinity: { cookieName: 'version' },
      }),
    },
    'shop/frontend: delivery.sessionAffinity is given with a strategy that sends no share of the requests; use FlaggerStrategy.canary or weights, or leave it out',
  ],
  [
    'Flagger finds no label to tell the workload by',
    { delivery: FLAGGER, labels: { tier: 'web' } },
    'shop/frontend: labels have none by which Flagger tells workloads apart; give one of "app", "name" and "app.kubernetes.io/name"',
  ],
  [
    'Flagger is given more ports than its Services have',
    { delivery: FLAGGER, portName: 'http', ports: [{ name: 'metrics', port: 9090 }] },
    'shop/frontend: ports are given; the Services that Flagger makes have one, leave them out',
  ],
  [
    'a load balancer leads to the service, past whatever divides requests',
    { delivery: ROLLOUT, exposure: Exposure.loadBalancer() },
    'shop/frontend: exposure is loadBalancer; delivery divides the requests of an Ingress or a Gateway, expose the service so',
  ],
];

describe('is refused, and makes nothing, since', () => {
  test.each(REFUSED)('%s', (_, props, message) => {
    expect(refusal((at) => frontend(at, props))).toBe(message);
  });
});

function failureWith(make: (at: Chart) => unknown, props: ChartProps = { namespace: 'shop' }): string {
  const app = new App();
  make(new Chart(app, 'shop', props));
  return failureOf(app);
}

const gateway = () =>
  Gateway.existing({ name: 'web', namespace: { name: 'infra' }, implementation: GatewayImplementation.CONTOUR });

describe('synthesis fails if', () => {
  test('nothing leads requests to the service', () => {
    const message =
      '[shop/frontend/delivery] nothing leads requests to frontend, so that none can be divided; expose it with Exposure.ingress or Exposure.gateway';
    expect(failureWith((at) => frontend(at, { delivery: ROLLOUT, exposure: undefined }))).toBe(message);
    expect(failureWith((at) => frontend(at, { delivery: FLAGGER, exposure: undefined }))).toContain(message);
  });

  test('a header is a step over ingress-nginx, about which Argo Rollouts does nothing', () => {
    const delivery = rollout(RolloutStrategy.canary([RolloutStep.header('FOO', 'bar'), RolloutStep.weight(5)]));
    expect(failureWith((at) => frontend(at, { delivery }))).toBe(
      '[shop/frontend/delivery] delivery has a step for a header, about which Argo Rollouts does nothing with ingress-nginx; use RolloutStrategy.abTest, or a Gateway',
    );
  });

  test('the plugin can not be told the namespace of the HTTPRoute', () => {
    const message = failureWith((at) => frontend(at, { delivery: ROLLOUT, exposure: overGateway() }), {});
    expect(message).toContain(
      'the plugin for the Gateway API has to be told the namespace of the HTTPRoute; give the service a namespace',
    );
  });

  test('no metric of the Gateway tells the requests of the next version', () => {
    const delivery = argoRollouts({ strategy: STEPS, analysis: ANALYSIS });
    expect(failureWith((at) => frontend(at, { delivery, exposure: overGateway() }))).toContain(
      '[shop/frontend/delivery] delivery measures "success-rate", and no metric of the Gateway is known that tells the requests of the next version; use DeliveryMetric.query',
    );
  });

  test('a CanaryIngress divides the same requests', () => {
    const make = (at: Chart) =>
      new CanaryIngress(at, 'canary', {
        main: frontend(at, { delivery: ROLLOUT }),
        canary: { image: 'a:2' },
        rule: CanaryRule.weight(5),
      });
    expect(failureWith(make)).toContain(
      'shop/frontend/delivery and shop/canary: both are canaries of the Service "frontend"; the controller takes one, leave one out',
    );
  });

  test.each([
    ['Service', 'frontend-canary'],
    ['Service', 'frontend'],
  ])('something else makes the %s %s, which Flagger makes', (kind, name) => {
    const make = (at: Chart) => {
      frontend(at, { delivery: FLAGGER });
      new k8s.KubeService(at, 'other', { metadata: { name }, spec: { ports: [{ port: 80 }] } });
    };
    expect(failureWith(make)).toBe(
      `[shop/frontend/delivery] shop/other makes the ${kind} "${name}", which Flagger makes itself; leave it out or give it another name`,
    );
  });

  test('something else makes the Deployment that serves', () => {
    const make = (at: Chart) => {
      frontend(at, { delivery: FLAGGER });
      new k8s.KubeDeployment(at, 'other', { metadata: { name: 'frontend-primary' } });
    };
    expect(failureWith(make)).toContain('makes the Deployment "frontend-primary", which Flagger makes itself');
  });

  test('an autoscaler scales the Deployment that the controller scales', () => {
    const make = (at: Chart) =>
      new HorizontalPodAutoscaler(at, 'scaler', {
        target: frontend(at, { delivery: ROLLOUT, resources: { requests: { cpu: '1' }, limits: { cpu: '1' } } })
          .deployment,
        maxReplicas: 5,
      });
    expect(failureWith(make)).toContain(
      'shop/scaler/Resource scales the Deployment "frontend", of which Argo Rollouts leaves no Pods; scale the Rollout: scaleTargetRef { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "frontend" }',
    );
  });

  test('an autoscaler of the Rollout and replicas both say how many Pods there are', () => {
    const make = (at: Chart) => {
      frontend(at, { delivery: ROLLOUT, replicas: 3 });
      new k8s.KubeHorizontalPodAutoscalerV2(at, 'scaler', {
        spec: {
          maxReplicas: 5,
          scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'frontend' },
        },
      });
    };
    expect(failureWith(make)).toBe(
      '[shop/frontend/delivery] replicas is given, and shop/scaler says how many Pods the Rollout has; leave replicas out',
    );
  });

  test('Flagger is to take one of two autoscalers, or makes one that is there', () => {
    const scaler = (at: Chart, name: string) =>
      new k8s.KubeHorizontalPodAutoscalerV2(at, name, {
        metadata: { name },
        spec: { maxReplicas: 5, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'frontend' } },
      });
    const make = (at: Chart) => {
      frontend(at, { delivery: FLAGGER });
      scaler(at, 'one');
      scaler(at, 'one-primary');
    };
    const message = failureWith(make);
    expect(message).toContain(
      'shop/one and shop/one-primary scale "frontend", and Flagger takes one; leave the others out',
    );
    expect(message).toContain(
      'shop/one-primary makes the HorizontalPodAutoscaler "one-primary", which Flagger makes itself; leave it out or give it another name',
    );
  });

  test('a cookie is to hold those who were sent over ingress-nginx, or a Gateway without regular expressions', () => {
    const settings = {
      strategy: FlaggerStrategy.canary(5, 50),
      analysis: ERRORS,
      sessionAffinity: { cookieName: 'v' },
    };
    expect(failureWith((at) => frontend(at, { delivery: flagger(settings) }))).toBe(
      '[shop/frontend/delivery] sessionAffinity is given over ingress-nginx, for which Flagger has none; use a Gateway, or leave it out',
    );
    const bare = Gateway.existing({ name: 'web', namespace: { name: 'infra' }, admittedElsewhere: true });
    const exposure = Exposure.gateway({ gateway: bare, host: 'shop.example.com' });
    expect(failureWith((at) => frontend(at, { delivery: flagger(settings), exposure }))).toContain(
      'sessionAffinity takes a regular expression, which the Gateway is not known to have; give it an implementation that has them, or leave it out',
    );
  });

  test('Flagger is to move the requests of two Ingresses', () => {
    const make = (at: Chart) =>
      frontend(at, { delivery: FLAGGER }).expose(Exposure.ingress({ host: 'eu.example.com', ingressName: 'eu' }));
    expect(failureWith(make)).toContain(
      'the service is exposed more than once, and Flagger moves the requests of one Ingress or HTTPRoute; leave the others out',
    );
  });

  test('the HTTPRoute that Flagger makes is to have another name', () => {
    const exposure = Exposure.gateway({ gateway: gateway(), host: 'shop.example.com', routeName: 'shop' });
    const delivery = flagger({ strategy: FlaggerStrategy.canary(5, 50), analysis: ERRORS });
    expect(failureWith((at) => frontend(at, { delivery, exposure }))).toContain(
      'Flagger makes the HTTPRoute "frontend" beside the service, not "shop" elsewhere; leave routeName and routeNamespace out',
    );
  });

  test('a Gateway has no regular expressions for an A/B test by cookie', () => {
    const bare = Gateway.existing({ name: 'web', namespace: { name: 'infra' }, admittedElsewhere: true });
    const exposure = Exposure.gateway({ gateway: bare, host: 'shop.example.com' });
    const delivery = flagger({ strategy: FlaggerStrategy.abTest(CanaryRule.cookie('beta'), 5), analysis: ERRORS });
    expect(failureWith((at) => frontend(at, { delivery, exposure }))).toContain(
      'the A/B test takes a regular expression, which the Gateway is not known to have; give it an implementation that has them, or use CanaryRule.header(name, value)',
    );
  });
});

test('a quantile is a part of the requests, and a latency whole milliseconds', () => {
  const delivery = (metric: DeliveryMetric) =>
    argoRollouts({ strategy: STEPS, analysis: { ...ANALYSIS, metrics: [metric] } });
  expect(refusal((at) => frontend(at, { delivery: delivery(DeliveryMetric.latency(Duration.millis(500), 99)) }))).toBe(
    'shop/frontend: quantile of delivery.analysis.metrics[0] is 99; give a number above 0 and below 1, such as 0.99',
  );
});
