import { Chart, Duration, JsonPatch } from 'cdk8s';
import {
  Exposure,
  GatewayImplementation,
  NetworkingApp,
  ProgressiveDelivery,
  RolloutStep,
  RolloutStrategy,
} from '../../../constructs';
import { find } from '../../helpers/synth';
import { ANALYSIS, ERRORS, frontend, INGRESS, made, objectsOf, overGateway, ROLLOUT, STEPS } from './services';

const { argoRollouts } = ProgressiveDelivery;
const specOf = (props: Parameters<typeof made>[1]) => made('Rollout', props)[0]?.spec;

describe('a service that Argo Rollouts delivers', () => {
  test('has a Rollout that runs the Pods of its Deployment, and scales that down once its own are ready', () => {
    const objects = objectsOf((at) => frontend(at, { delivery: ROLLOUT, replicas: 3 }));
    const { workloadRef, replicas } = find(objects, 'Rollout', 'frontend').spec;
    expect(workloadRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'frontend',
      scaleDown: 'onsuccess',
    });
    expect(replicas).toBe(3);
    expect(find(objects, 'Deployment', 'frontend').spec).not.toHaveProperty('replicas');
  });

  test('may have by a patch what no setting says', () => {
    const chart = new Chart(new NetworkingApp(), 'chart', { namespace: 'shop' });
    const patch = JsonPatch.add('/spec/strategy/canary/maxSurge', '25%');
    frontend(chart, { delivery: ROLLOUT }).deliveryObject.addJsonPatch(patch);
    expect(find(chart.toJson(), 'Rollout', 'frontend').spec.strategy.canary).toMatchObject({
      maxSurge: '25%',
      canaryService: 'frontend-canary',
    });
  });

  test('leaves the number of Pods to an autoscaler unless it says one', () => {
    expect(specOf({ delivery: ROLLOUT })).not.toHaveProperty('replicas');
  });

  test('has a stable and a canary Service, alike but for the name', () => {
    const [stable, canary, ...others] = made('Service', { delivery: ROLLOUT });
    expect(others).toEqual([]);
    expect([stable?.metadata.name, canary?.metadata.name]).toEqual(['frontend', 'frontend-canary']);
    expect(canary?.spec).toEqual(stable?.spec);
  });

  test('has a canary Service of another name if one is given', () => {
    const delivery = argoRollouts({ strategy: STEPS, canaryName: 'next' });
    expect(made('Service', { delivery }).map(({ metadata }) => metadata.name)).toEqual(['frontend', 'next']);
    expect(specOf({ delivery })?.strategy.canary).toMatchObject({ canaryService: 'next', stableService: 'frontend' });
  });

  test('has every port behind both Services', () => {
    const ports = [{ name: 'metrics', port: 9090 }];
    const [stable, canary] = made('Service', { delivery: ROLLOUT, portName: 'http', ports });
    expect(stable?.spec.ports).toHaveLength(2);
    expect(canary?.spec.ports).toEqual(stable?.spec.ports);
  });

  test('has the steps as they are given', () => {
    expect(specOf({ delivery: ROLLOUT })?.strategy.canary.steps).toEqual([
      { setWeight: 5 },
      { pause: {} },
      { setWeight: 50 },
    ]);
  });

  test.each([
    [Duration.minutes(10), '10m'],
    [Duration.seconds(90), '90s'],
    [Duration.hours(2), '120m'],
  ])('pauses for so long', (duration, written) => {
    const strategy = RolloutStrategy.canary([RolloutStep.weight(5), RolloutStep.pause(duration)]);
    expect(specOf({ delivery: argoRollouts({ strategy }) })?.strategy.canary.steps[1]).toEqual({
      pause: { duration: written },
    });
  });

  test('has its Ingress named to the controller, which makes the canary Ingress itself', () => {
    expect(made('Ingress', { delivery: ROLLOUT })).toHaveLength(1);
    expect(specOf({ delivery: ROLLOUT })?.strategy.canary.trafficRouting).toEqual({
      nginx: { stableIngress: 'frontend' },
    });
  });

  test('has all its Ingresses named, also those that are added later', () => {
    const objects = objectsOf((at) =>
      frontend(at, { delivery: ROLLOUT }).expose(Exposure.ingress({ host: 'eu.example.com', ingressName: 'shop-eu' })),
    );
    expect(find(objects, 'Rollout', 'frontend').spec.strategy.canary.trafficRouting).toEqual({
      nginx: { stableIngresses: ['frontend', 'shop-eu'] },
    });
  });

  test('has its HTTPRoute lead to both Services, all requests to the stable one', () => {
    const [route] = made('HTTPRoute', { delivery: ROLLOUT, exposure: overGateway() });
    expect(route?.spec.rules).toHaveLength(1);
    expect(route?.spec.rules[0].backendRefs).toEqual([
      { group: '', kind: 'Service', name: 'frontend', port: 80, weight: 100 },
      { group: '', kind: 'Service', name: 'frontend-canary', port: 80, weight: 0 },
    ]);
  });

  test('has the HTTPRoute named to the plugin for the Gateway API, by the one key that there is', () => {
    expect(specOf({ delivery: ROLLOUT, exposure: overGateway() })?.strategy.canary.trafficRouting).toEqual({
      plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'shop', httpRoutes: [{ name: 'frontend' }] } },
    });
  });

  test('may be reached by an Ingress and over a Gateway, and both are moved', () => {
    const { trafficRouting } =
      specOf({ delivery: ROLLOUT, exposure: INGRESS.and(overGateway()) })?.strategy.canary ?? {};
    expect(Object.keys(trafficRouting)).toEqual(['nginx', 'plugins']);
  });
});

describe('requests with a header', () => {
  const strategy = RolloutStrategy.canary([
    RolloutStep.header('X-Beta', 'yes'),
    RolloutStep.pause(),
    RolloutStep.weight(50),
  ]);
  const canary = () => specOf({ delivery: argoRollouts({ strategy }), exposure: overGateway() })?.strategy.canary;

  test('find a Pod of the next version, which a weight of 0 would not run', () => {
    expect(canary()?.steps).toEqual([
      { setCanaryScale: { replicas: 1 } },
      {
        setHeaderRoute: {
          name: 'frontend-by-x-beta',
          match: [{ headerName: 'X-Beta', headerValue: { exact: 'yes' } }],
        },
      },
      { pause: {} },
      { setCanaryScale: { matchTrafficWeight: true } },
      { setWeight: 50 },
    ]);
  });

  test('have a route that the controller may manage', () => {
    expect(canary()?.trafficRouting).toEqual({
      managedRoutes: [{ name: 'frontend-by-x-beta' }],
      plugins: {
        'argoproj-labs/gatewayAPI': { namespace: 'shop', httpRoutes: [{ name: 'frontend', useHeaderRoutes: true }] },
      },
    });
  });

  test('behind a weight need no scale of their own', () => {
    const steps = [RolloutStep.weight(5), RolloutStep.header('X-Beta', 'yes')];
    const delivery = argoRollouts({ strategy: RolloutStrategy.canary(steps) });
    const { steps: written } = specOf({ delivery, exposure: overGateway() })?.strategy.canary ?? {};
    expect(written.map((step: object) => Object.keys(step)[0])).toEqual(['setWeight', 'setHeaderRoute']);
  });

  test('are told apart in an A/B test by an annotation of the canary Ingress', () => {
    const delivery = argoRollouts({ strategy: RolloutStrategy.abTest('X-Group', 'b', Duration.hours(1)) });
    expect(specOf({ delivery })?.strategy.canary).toMatchObject({
      steps: [{ setCanaryScale: { replicas: 1 } }, { pause: { duration: '60m' } }],
      trafficRouting: {
        nginx: { additionalIngressAnnotations: { 'canary-by-header': 'X-Group', 'canary-by-header-value': 'b' } },
      },
    });
  });

  test('are told apart in an A/B test over a Gateway by a step', () => {
    const delivery = argoRollouts({ strategy: RolloutStrategy.abTest('X-Group', 'b') });
    const { steps } = specOf({ delivery, exposure: overGateway() })?.strategy.canary ?? {};
    expect(steps.map((step: object) => Object.keys(step)[0])).toEqual(['setCanaryScale', 'setHeaderRoute', 'pause']);
  });
});

describe('a blue-green deployment', () => {
  test('has an active and a preview Service, and waits for a person', () => {
    const delivery = argoRollouts({ strategy: RolloutStrategy.blueGreen() });
    expect(specOf({ delivery })?.strategy).toEqual({
      blueGreen: { activeService: 'frontend', previewService: 'frontend-preview', autoPromotionEnabled: false },
    });
    expect(made('Service', { delivery }).map(({ metadata }) => metadata.name)).toEqual([
      'frontend',
      'frontend-preview',
    ]);
  });

  test('moves by itself after a time, keeps the former version, and measures before', () => {
    const strategy = RolloutStrategy.blueGreen({ promoteAfter: Duration.minutes(5), keepFormer: Duration.minutes(10) });
    const delivery = argoRollouts({ strategy, analysis: ERRORS });
    expect(specOf({ delivery })?.strategy.blueGreen).toMatchObject({
      autoPromotionEnabled: true,
      autoPromotionSeconds: 300,
      scaleDownDelaySeconds: 600,
      prePromotionAnalysis: { templates: [{ templateName: 'frontend-analysis-1' }] },
    });
    expect(made('AnalysisTemplate', { delivery })).toMatchSnapshot();
  });

  test('leaves the HTTPRoute to the active Service', () => {
    const delivery = argoRollouts({ strategy: RolloutStrategy.blueGreen() });
    const [route] = made('HTTPRoute', { delivery, exposure: overGateway() });
    expect(route?.spec.rules[0].backendRefs.map(({ name }: { name: string }) => name)).toEqual(['frontend']);
  });
});

describe('what is measured of the next version', () => {
  const strategy = RolloutStrategy.canary([RolloutStep.weight(5), RolloutStep.analysis(3), RolloutStep.weight(50)]);

  test('is measured from the first step on, and so many times by a step', () => {
    const { canary } = specOf({ delivery: argoRollouts({ strategy, analysis: ANALYSIS }) })?.strategy ?? {};
    expect(canary.analysis).toEqual({ startingStep: 1, templates: [{ templateName: 'frontend-analysis' }] });
    expect(canary.steps[1]).toEqual({ analysis: { templates: [{ templateName: 'frontend-analysis-3' }] } });
  });

  test('with ingress-nginx are the requests that its canary has taken', () => {
    expect(made('AnalysisTemplate', { delivery: argoRollouts({ strategy, analysis: ANALYSIS }) })).toMatchSnapshot();
  });

  test('with Istio are the requests to the canary Service', () => {
    const delivery = argoRollouts({ strategy: STEPS, analysis: ANALYSIS });
    const exposure = overGateway(GatewayImplementation.ISTIO);
    expect(made('AnalysisTemplate', { delivery, exposure })).toMatchSnapshot();
  });

  test('may be a query of any kind, over any Gateway', () => {
    const delivery = argoRollouts({ strategy: STEPS, analysis: ERRORS });
    const [template] = made('AnalysisTemplate', { delivery, exposure: overGateway() });
    expect(template?.spec.metrics).toEqual([
      {
        name: 'errors',
        interval: '90s',
        failureLimit: 2,
        successCondition: 'len(result) > 0 && result[0] >= 0 && result[0] <= 0.5',
        failureCondition: 'len(result) > 0 && (result[0] < 0 || result[0] > 0.5)',
        provider: {
          prometheus: { address: 'http://prometheus.monitoring:9090', query: 'sum(rate(shop_errors_total[1m]))' },
        },
      },
    ]);
  });
});
