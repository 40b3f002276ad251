import { check, Routes } from '../../../analysis';
import {
  CanaryRule,
  type ExposedServiceProps,
  FlaggerStrategy,
  ProgressiveDelivery,
  RolloutStep,
  RolloutStrategy,
} from '../../../constructs';
import { around, CONTROLLER, manifestsOf } from './closed-shop';
import { ERRORS, FLAGGER, overGateway, ROLLOUT } from './services';

describe('in a closed namespace nobody but the controller reaches, and nothing but the backend is reached by', () => {
  test.each([
    ['the Pods that Flagger makes and that serve', FLAGGER, 'Deployment/frontend-primary'],
    ['the Pods of the next version that Flagger brings in', FLAGGER, 'Deployment/frontend'],
    ['the Pods of a Rollout', ROLLOUT, 'Rollout/frontend'],
  ])('%s', (_, delivery, workload) => {
    expect(around({ delivery }, workload)).toEqual({
      callers: [`${CONTROLLER} TCP 8080`],
      reaches: ['shop/Deployment/backend TCP 6379'],
    });
  });
});

const argo = (strategy: RolloutStrategy) => ProgressiveDelivery.argoRollouts({ strategy });
const flagger = (strategy: FlaggerStrategy) => ProgressiveDelivery.flagger({ strategy, analysis: ERRORS });
const DELIVERIES: [string, Partial<ExposedServiceProps>][] = [
  ['a canary of Argo Rollouts', { delivery: ROLLOUT }],
  ['a blue-green deployment of Argo Rollouts', { delivery: argo(RolloutStrategy.blueGreen()) }],
  ['an A/B test of Argo Rollouts', { delivery: argo(RolloutStrategy.abTest('X-Group', 'b')) }],
  ['a canary of Argo Rollouts over a Gateway', { delivery: ROLLOUT, exposure: overGateway() }],
  ['a canary of Flagger', { delivery: FLAGGER }],
  ['a canary of Flagger over a Gateway', { delivery: flagger(FlaggerStrategy.canary(5, 50)), exposure: overGateway() }],
  ['an A/B test of Flagger', { delivery: flagger(FlaggerStrategy.abTest(CanaryRule.cookie('beta'), 5)) }],
  ['a blue-green deployment of Flagger', { delivery: flagger(FlaggerStrategy.blueGreen(5)) }],
];

describe('check finds nothing about', () => {
  test.each(DELIVERIES)('%s', (_, props) => {
    const found = check(manifestsOf(props).manifests).findings.filter(({ severity }) => severity !== 'info');
    expect(found).toEqual([]);
  });
});

describe('each step of a strategy is what it says:', () => {
  const steps = RolloutStrategy.canary([
    RolloutStep.header('X-Beta', 'yes'),
    RolloutStep.pause(),
    RolloutStep.weight(20),
    RolloutStep.pause(),
  ]);

  function shares(props: Partial<ExposedServiceProps>, step: number, headers = {}): Record<string, number> {
    const chosen = props.exposure === undefined ? { ingressClass: 'nginx' } : { gateway: 'infra/web' };
    const routes = Routes.of(manifestsOf(props), { ...chosen, step: { step } });
    expect([routes.problems, routes.notes]).toEqual([[], []]);
    const answer = routes.route({ url: 'http://shop.example.com/', headers });
    const backends = 'backends' in answer ? answer.backends : [];
    return Object.fromEntries(backends.map((one) => [one.service, one.probability]));
  }

  test('a header over a Gateway, then a weight', () => {
    const props = { delivery: argo(steps), exposure: overGateway() };
    expect(shares(props, 3, { 'X-Beta': 'yes' })).toEqual({ 'frontend-canary': 1 });
    expect(shares(props, 3)).toEqual({ frontend: 1 });
    expect(shares(props, 6)).toEqual({ frontend: 0.8, 'frontend-canary': 0.2 });
  });

  test('an A/B test with ingress-nginx', () => {
    const props = { delivery: argo(RolloutStrategy.abTest('X-Group', 'b')) };
    expect(shares(props, 2, { 'X-Group': 'b' })).toEqual({ 'frontend-canary': 1 });
    expect(shares(props, 2)).toEqual({ frontend: 1 });
  });

  test('weights of Flagger, on both', () => {
    const strategy = FlaggerStrategy.weights([1, 25]);
    expect(shares({ delivery: flagger(strategy) }, 2)).toEqual({ frontend: 0.75, 'frontend-canary': 0.25 });
    expect(shares({ delivery: flagger(strategy), exposure: overGateway() }, 2)).toEqual({
      'frontend-primary': 0.75,
      'frontend-canary': 0.25,
    });
  });

  test('a cookie of Flagger, on both', () => {
    const delivery = flagger(FlaggerStrategy.abTest(CanaryRule.cookie('beta'), 2));
    for (const exposure of [undefined, overGateway()]) {
      const props = exposure === undefined ? { delivery } : { delivery, exposure };
      expect(shares(props, 1, { Cookie: 'a=b; beta=always' })).toEqual({ 'frontend-canary': 1 });
      expect(Object.keys(shares(props, 1))).not.toContain('frontend-canary');
    }
  });
});
