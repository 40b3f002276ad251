import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import { HorizontalPodAutoscaler } from 'cdk8s-plus-27';
import {
  CanaryRule,
  FlaggerStrategy,
  FlaggerWebhook,
  GatewayImplementation,
  NetworkingApp,
  ProgressiveDelivery,
} from '../../../constructs';
import { find } from '../../helpers/synth';
import { ANALYSIS, ERRORS, FLAGGER, frontend, made, objectsOf, overGateway } from './services';

const flagger = (strategy: FlaggerStrategy, analysis = ANALYSIS) => ProgressiveDelivery.flagger({ strategy, analysis });
const specOf = (props: Parameters<typeof made>[1]) => made('Canary', props)[0]?.spec;

describe('a service that Flagger delivers', () => {
  test('has nothing that Flagger makes itself', () => {
    const kinds = objectsOf((at) => frontend(at, { delivery: FLAGGER })).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['Canary', 'Deployment', 'Ingress', 'MetricTemplate', 'MetricTemplate']);
    const over = objectsOf((at) =>
      frontend(at, { delivery: flagger(FlaggerStrategy.canary(5, 50), ERRORS), exposure: overGateway() }),
    );
    expect(over.map(({ kind }) => kind).sort()).toEqual(['Canary', 'Deployment', 'MetricTemplate']);
  });

  test('has a Canary over its Deployment and its Ingress', () => {
    expect(made('Canary', { delivery: FLAGGER })).toMatchSnapshot();
  });

  test('has a Canary that tells the HTTPRoute which Flagger makes', () => {
    const { provider, service } =
      specOf({ delivery: flagger(FlaggerStrategy.canary(5, 50), ERRORS), exposure: overGateway(undefined, '/cart') }) ??
      {};
    expect(provider).toBe('gatewayapi:v1');
    expect(service).toEqual({
      port: 80,
      targetPort: 8080,
      gatewayRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web', namespace: 'infra' }],
      hosts: ['shop.example.com'],
      match: [{ uri: { prefix: '/cart' } }],
    });
  });

  test('has MetricTemplates that ask for the requests of the canary', () => {
    expect(made('MetricTemplate', { delivery: FLAGGER })).toMatchSnapshot();
  });

  test('is taken back by the bad check after those that are put up with', () => {
    expect(specOf({ delivery: FLAGGER })?.analysis.threshold).toBe(1);
    const { threshold, interval } =
      specOf({ delivery: flagger(FlaggerStrategy.canary(5, 50), ERRORS) })?.analysis ?? {};
    expect([threshold, interval]).toEqual([3, '90s']);
  });

  test('keeps a label that Flagger leaves alone, for policies to select', () => {
    const { selector, template } = find(
      objectsOf((at) => frontend(at, { delivery: FLAGGER })),
      'Deployment',
      'frontend',
    ).spec;
    expect(selector.matchLabels).toEqual({ app: 'frontend' });
    expect(template.metadata.labels).toEqual({ app: 'frontend', service: 'frontend' });
  });

  test('is known to others by the labels that stay, all of them', () => {
    const labels = { 'app.kubernetes.io/name': 'shop', tier: 'web', name: 'frontend' };
    objectsOf((at) => {
      expect(frontend(at, { delivery: FLAGGER, labels }).podLabels).toEqual({
        'app.kubernetes.io/name': 'shop',
        tier: 'web',
        service: 'frontend',
      });
    });
  });
});

describe('while a version comes in', () => {
  const settings = { strategy: FlaggerStrategy.canary(5, 50), analysis: ERRORS };

  test('webhooks are asked and told, each at its moment', () => {
    const { confirmRollout, preRollout, rollout, confirmTrafficIncrease } = FlaggerWebhook;
    const { confirmPromotion, postRollout, rollback, event } = FlaggerWebhook;
    const webhooks = [
      confirmRollout('consent', 'http://tester.test/gate/check'),
      preRollout('smoke', 'https://tester.test:8443/?a=b', { timeout: Duration.minutes(3) }),
      rollout('load', 'http://tester.test/', { metadata: { cmd: 'hey http://frontend-canary.shop/' } }),
      confirmTrafficIncrease('more', 'http://tester.test/more'),
      confirmPromotion('promote', 'http://tester.test/promote'),
      postRollout('after', 'http://tester.test/after'),
      rollback('back', 'http://tester.test/rollback/check'),
      event('chat', 'http://chat.test/'),
    ];
    const delivery = ProgressiveDelivery.flagger({ ...settings, webhooks });
    expect(specOf({ delivery })?.analysis.webhooks).toMatchSnapshot();
  });

  test('a cookie holds those who were sent to it, for a day unless something else is said', () => {
    const affinity = (maxAge?: Duration) =>
      specOf({
        delivery: ProgressiveDelivery.flagger({ ...settings, sessionAffinity: { cookieName: 'version', maxAge } }),
        exposure: overGateway(),
      })?.analysis.sessionAffinity;
    expect(affinity()).toEqual({ cookieName: 'version', maxAge: 86400 });
    expect(affinity(Duration.hours(1))).toEqual({ cookieName: 'version', maxAge: 3600 });
  });

  test('it has so long to be ready, and is not measured where that is said', () => {
    const delivery = ProgressiveDelivery.flagger({
      ...settings,
      progressDeadline: Duration.minutes(5),
      skipAnalysis: true,
    });
    expect(specOf({ delivery })).toMatchObject({ progressDeadlineSeconds: 300, skipAnalysis: true });
    expect(specOf({ delivery: ProgressiveDelivery.flagger({ ...settings, skipAnalysis: false }) })).not.toHaveProperty(
      'skipAnalysis',
    );
  });

  test('an autoscaler of its Deployment is one that Flagger knows of', () => {
    const objects = objectsOf((at) => {
      const resources = { requests: { cpu: '1' }, limits: { cpu: '1' } };
      const { deployment } = frontend(at, { delivery: FLAGGER, resources });
      new HorizontalPodAutoscaler(at, 'scaler', { target: deployment, maxReplicas: 5, metadata: { name: 'frontend' } });
    });
    expect(find(objects, 'Canary', 'frontend').spec.autoscalerRef).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      name: 'frontend',
    });
    const scaled = objectsOf((at) => {
      frontend(at, { delivery: FLAGGER });
      new ApiObject(at, 'scaled', {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'frontend' },
        spec: { scaleTargetRef: { name: 'frontend' } },
      });
    });
    expect(find(scaled, 'Canary', 'frontend').spec.autoscalerRef).toMatchObject({ kind: 'ScaledObject' });
  });

  test('what no setting says is said by a patch of its Canary', () => {
    const chart = new Chart(new NetworkingApp(), 'chart', { namespace: 'shop' });
    frontend(chart, { delivery: FLAGGER }).deliveryObject.addJsonPatch(JsonPatch.add('/spec/suspend', true));
    expect(find(chart.toJson(), 'Canary', 'frontend').spec).toMatchObject({ suspend: true, provider: 'nginx' });
  });
});

describe('the next version takes', () => {
  test.each([
    ['a share that grows', FlaggerStrategy.canary(5, 50), { stepWeight: 5, maxWeight: 50 }],
    ['one share after the other', FlaggerStrategy.weights([1, 10, 50]), { stepWeights: [1, 10, 50] }],
    [
      'requests with a header',
      FlaggerStrategy.abTest(CanaryRule.header('X-Group', 'b'), 5),
      { iterations: 5, match: [{ headers: { 'X-Group': { exact: 'b' } } }] },
    ],
    [
      'requests in whose header a pattern is found',
      FlaggerStrategy.abTest(CanaryRule.headerPattern('X-Group', '^b'), 5),
      { iterations: 5, match: [{ headers: { 'X-Group': { regex: '^b' } } }] },
    ],
    [
      'requests with a cookie, of which ingress-nginx is told the name',
      FlaggerStrategy.abTest(CanaryRule.cookie('beta'), 5),
      { iterations: 5, match: [{ headers: { cookie: { exact: 'beta' } } }] },
    ],
  ])('%s', (_, strategy, expected) => {
    const { interval, threshold, metrics, ...growth } = specOf({ delivery: flagger(strategy) })?.analysis ?? {};
    expect(growth).toEqual(expected);
  });

  test('no request until it is checked, in a blue-green deployment', () => {
    const analysis = specOf({ delivery: flagger(FlaggerStrategy.blueGreen(5), ERRORS) })?.analysis;
    expect(analysis).toMatchObject({ iterations: 5 });
    expect(analysis).not.toHaveProperty('maxWeight');
  });

  test('requests with a cookie, which a Gateway finds by a regular expression', () => {
    const delivery = flagger(FlaggerStrategy.abTest(CanaryRule.cookie('beta'), 5), ERRORS);
    const { match } = specOf({ delivery, exposure: overGateway(GatewayImplementation.ISTIO) })?.analysis ?? {};
    expect(match).toEqual([{ headers: { Cookie: { regex: '^(.*; )?[bB][eE][tT][aA]=always(;.*)?$' } } }]);
  });
});
