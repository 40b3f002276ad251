import { Routes } from '../../../analysis';
import type { Fields } from '../../helpers/fields';
import { canary, deployment, GATEWAY, ingress, rollout, route, service } from './objects';

const URL = 'http://shop.example.com/';

/** Where a request goes, in percent by Service, at a step. */
function sharesOf(objects: readonly Fields[], step?: number, headers: Fields = {}): Record<string, number> {
  const routes = Routes.of(objects, step === undefined ? {} : { step: { step } });
  expect(routes.problems).toEqual([]);
  const answer = routes.route({ url: URL, headers });
  return 'backends' in answer
    ? Object.fromEntries(answer.backends.map((one) => [one.service, Math.round(one.probability * 100)]))
    : { [answer.outcome]: 100 };
}

function notesOf(objects: readonly Fields[], step?: number): readonly string[] {
  return Routes.of(objects, step === undefined ? {} : { step: { step } }).route({ url: URL }).notes ?? [];
}

const PODS = [deployment('web', { app: 'web' }), service('web', { app: 'web' }), service('web-canary', { app: 'web' })];
const STEPS = [{ setWeight: 5 }, { pause: { duration: '10m' } }, { setWeight: 50 }, { pause: {} }];
const NGINX = { nginx: { stableIngress: 'web' } };
const PLUGIN = { plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'web', namespace: 'shop' } } };

describe.each([
  ['ingress-nginx', [...PODS, ingress('web'), rollout(STEPS, NGINX)]],
  [
    'a Gateway',
    [
      ...PODS,
      GATEWAY,
      route([
        ['web', 100],
        ['web-canary', 0],
      ]),
      rollout(STEPS, PLUGIN),
    ],
  ],
])('a Rollout over %s', (_, objects) => {
  test('leaves requests to the stable Service before its first step', () => {
    expect(sharesOf(objects)).toEqual({ web: 100 });
    expect(notesOf(objects)).toContain(
      'it cannot be said whether Rollout shop/web is between two releases, as is taken, or at one of its 4 steps to the next; ask at a step, or at step 0',
    );
  });

  test('is certain of its stable Service where it is asked between two releases', () => {
    expect(sharesOf(objects, 0)).toEqual({ web: 100 });
    expect(notesOf(objects, 0)).toEqual([]);
  });

  test.each([
    [1, 5],
    [2, 5],
    [3, 50],
    [4, 50],
  ])('at step %d gives the canary Service %d of 100', (step, share) => {
    expect(sharesOf(objects, step)).toEqual({ web: 100 - share, 'web-canary': share });
  });

  test('says at which step an answer holds', () => {
    expect(notesOf(objects, 2)).toContain('at step 2 of 4 of Rollout shop/web: pause 10m');
    expect(notesOf(objects, 4)).toContain('at step 4 of 4 of Rollout shop/web: pause');
  });

  test('has no step but those that it has', () => {
    for (const step of [-1, 5, 99]) {
      expect(Routes.of(objects, { step: { step } }).problems).toMatchObject([
        {
          code: 'unknown-step',
          message: `Rollout shop/web has no step ${step}; it has 1 (setWeight 5), 2 (pause 10m), 3 (setWeight 50), 4 (pause)`,
        },
      ]);
    }
  });
});

describe('a step', () => {
  const over = [...PODS, ingress('web'), rollout(STEPS, NGINX)];

  test('of several Rollouts and Canaries has to be named', () => {
    const second = rollout(STEPS, NGINX);
    const objects = [...over, { ...second, metadata: { name: 'other', namespace: 'shop' } }];
    const [problem] = Routes.of(objects, { step: { step: 1 } }).problems;
    expect(problem?.message).toMatch(
      /^1 may be a step of several; say of which, as shop\/web=1; there are Rollout shop\/web with 1/,
    );
    expect(Routes.of(objects, { step: { step: 1, of: 'shop/web' } }).problems).toEqual([]);
  });

  test('is refused where nothing has steps, or not what is named', () => {
    expect(Routes.of([...PODS, ingress('web')], { step: { step: 1 } }).problems).toMatchObject([
      { message: 'no Rollout or Canary among the manifests has steps' },
    ]);
    expect(Routes.of(over, { step: { step: 1, of: 'shop/nope' } }).problems[0]?.message).toMatch(
      /^shop\/nope has no steps; there are/,
    );
  });
});

describe('a step for a header', () => {
  const header = {
    setHeaderRoute: { name: 'beta', match: [{ headerName: 'X-Beta', headerValue: { exact: 'yes' } }] },
  };
  const over = (steps: readonly Fields[], plugin: Fields = PLUGIN.plugins['argoproj-labs/gatewayAPI']) => [
    ...PODS,
    GATEWAY,
    route([
      ['web', 100],
      ['web-canary', 0],
    ]),
    rollout(steps, { managedRoutes: [{ name: 'beta' }], plugins: { 'argoproj-labs/gatewayAPI': plugin } }),
  ];
  const steps = [{ setCanaryScale: { replicas: 1 } }, header, { setWeight: 20 }, { setHeaderRoute: { name: 'beta' } }];

  test('sends requests with it to the canary Service, and others by weight', () => {
    expect(sharesOf(over(steps), 2, { 'X-Beta': 'yes' })).toEqual({ 'web-canary': 100 });
    expect(sharesOf(over(steps), 2, { 'X-Beta': 'no' })).toEqual({ web: 100 });
    expect(sharesOf(over(steps), 3, { 'X-Beta': 'yes' })).toEqual({ 'web-canary': 100 });
    expect(sharesOf(over(steps), 3)).toEqual({ web: 80, 'web-canary': 20 });
  });

  test('holds until a step without headers ends it', () => {
    expect(sharesOf(over(steps), 1, { 'X-Beta': 'yes' })).toEqual({ web: 100 });
    expect(sharesOf(over(steps), 4, { 'X-Beta': 'yes' })).toEqual({ web: 80, 'web-canary': 20 });
  });

  test.each([
    [{ prefix: 'ye' }, 'yes', true],
    [{ regex: 'y.s' }, 'yes', true],
    [{ regex: 'n.*' }, 'yes', false],
  ])('compares values in the way that it says: %j', (headerValue, value, isMoved) => {
    const own = { setHeaderRoute: { name: 'beta', match: [{ headerName: 'X-Beta', headerValue }] } };
    const shares = sharesOf(over([{ setCanaryScale: { replicas: 1 } }, own]), 2, { 'X-Beta': value });
    expect(shares).toEqual(isMoved ? { 'web-canary': 100 } : { web: 100 });
  });

  test('changes only HTTPRoutes that are to have routes for headers', () => {
    const plugin = { namespace: 'shop', httpRoutes: [{ name: 'web' }] };
    expect(sharesOf(over(steps, plugin), 2, { 'X-Beta': 'yes' })).toEqual({ web: 100 });
    const with_ = { namespace: 'shop', httpRoutes: [{ name: 'web', useHeaderRoutes: true }] };
    expect(sharesOf(over(steps, with_), 2, { 'X-Beta': 'yes' })).toEqual({ 'web-canary': 100 });
  });

  test('says that no Pod is there for it without a weight or a scale', () => {
    expect(notesOf(over([header]), 1)).toContain(
      'no Pod of the next version runs at this step, so that requests with its headers find none',
    );
    expect(notesOf(over(steps), 2)).toHaveLength(1);
  });

  test('is nothing with ingress-nginx, and the answer says so', () => {
    const objects = [...PODS, ingress('web'), rollout([{ setWeight: 5 }, header], NGINX)];
    expect(sharesOf(objects, 2, { 'X-Beta': 'yes' })).toEqual({ web: 95, 'web-canary': 5 });
    expect(notesOf(objects, 2)).toContain('Argo Rollouts does nothing about setHeaderRoute with ingress-nginx');
  });

  test('of ingress-nginx is an annotation of the canary Ingress', () => {
    const nginx = {
      stableIngress: 'web',
      additionalIngressAnnotations: { 'canary-by-header': 'X-Beta', 'canary-by-header-value': 'yes' },
    };
    const objects = [...PODS, ingress('web'), rollout([{ setCanaryScale: { replicas: 1 } }, { pause: {} }], { nginx })];
    expect(sharesOf(objects, 2, { 'X-Beta': 'yes' })).toEqual({ 'web-canary': 100 });
    expect(sharesOf(objects, 2)).toEqual({ web: 100 });
  });
});

describe('a Rollout whose requests are never divided says so:', () => {
  test.each([
    [
      'a plugin of another name',
      [
        GATEWAY,
        route([
          ['web', 100],
          ['web-canary', 0],
        ]),
      ],
      { plugins: { gatewayAPI: { httpRoute: 'web', namespace: 'shop' } } },
      'its plugin "gatewayAPI" is not evaluated; that of the Gateway API is called argoproj-labs/gatewayAPI',
    ],
    [
      'an HTTPRoute without the canary Service',
      [GATEWAY, route([['web', 100]])],
      PLUGIN,
      'the HTTPRoute shop/web does not lead to the Service web-canary, so that its requests are never divided',
    ],
    [
      'an Ingress that is not there',
      [ingress('web', { name: 'other' })],
      NGINX,
      'the Ingress shop/web that it divides is not among the manifests',
    ],
    ['another router', [ingress('web')], { istio: {} }, 'its trafficRouting by istio is not evaluated'],
    [
      'no router',
      [ingress('web')],
      undefined,
      'it has no trafficRouting: its Pods share the requests by their number, which is not evaluated',
    ],
  ])('%s', (_, objects: readonly Fields[], routing, note) => {
    const all = [...PODS, ...objects, rollout(STEPS, routing)];
    expect(Routes.of(all).notes.map(({ message }) => message)).toContain(`Rollout shop/web: ${note}`);
    expect(sharesOf(all, 3)).toEqual({ web: 100 });
  });
});

const FLAGGERS = [deployment('web', { app: 'web' })];
const BY_INGRESS = {
  provider: 'nginx',
  ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' },
};
const BY_GATEWAY = { provider: 'gatewayapi:v1' };
const HOSTS = { gatewayRefs: [{ name: 'web' }], hosts: ['shop.example.com'] };

describe.each([
  ['ingress-nginx', (analysis: Fields) => [...FLAGGERS, ingress('web'), canary(analysis, BY_INGRESS)], 'web'],
  ['a Gateway', (analysis: Fields) => [...FLAGGERS, GATEWAY, canary(analysis, BY_GATEWAY, HOSTS)], 'web-primary'],
])('a Canary over %s', (name, objects, primary) => {
  test('leads to the Service that Flagger makes, though no manifest has it', () => {
    expect(sharesOf(objects({ stepWeight: 10, maxWeight: 30 }))).toEqual({ [primary]: 100 });
  });

  test('gives the next version more with each check, by whole steps, also beyond the maximum', () => {
    const shares = [1, 2, 3].map((step) => sharesOf(objects({ stepWeight: 20, maxWeight: 50 }), step)['web-canary']);
    expect(shares).toEqual([20, 40, 60]);
    expect(Routes.of(objects({ stepWeight: 20, maxWeight: 50 }), { step: { step: 4 } }).problems).toHaveLength(1);
  });

  test('gives one share after the other', () => {
    const shares = [1, 2, 3].map((step) => sharesOf(objects({ stepWeights: [1, 10, 80] }), step)['web-canary']);
    expect(shares).toEqual([1, 10, 80]);
  });

  test('keeps requests until a blue-green deployment is checked, and moves all of them then', () => {
    expect(sharesOf(objects({ iterations: 2 }), 2)).toEqual({ [primary]: 100 });
    expect(sharesOf(objects({ iterations: 2 }), 3)).toEqual({ 'web-canary': 100 });
  });

  test('moves requests with a header in an A/B test, and no others', () => {
    const analysis = { iterations: 2, match: [{ headers: { 'x-group': { exact: 'b' } } }] };
    expect(sharesOf(objects(analysis), 1, { 'X-Group': 'b' })).toEqual({ 'web-canary': 100 });
    expect(sharesOf(objects(analysis), 2, { 'X-Group': 'a' })).toEqual({ [primary]: 100 });
    expect(sharesOf(objects(analysis), undefined, { 'X-Group': 'b' })).toEqual({ [primary]: 100 });
  });

  test('says what is moved', () => {
    expect(notesOf(objects({ stepWeight: 10, maxWeight: 30 }))).toContain(
      'it cannot be said whether Canary shop/web is between two releases, as is taken, or at one of its 3 steps to the next; ask at a step, or at step 0',
    );
    expect(name).not.toBe('');
  });
});

test('ingress-nginx is told the name of a cookie as the value of "cookie"', () => {
  const analysis = { iterations: 2, match: [{ headers: { cookie: { exact: 'beta' } } }] };
  const objects = [...FLAGGERS, ingress('web'), canary(analysis, BY_INGRESS)];
  expect(sharesOf(objects, 1, { Cookie: 'beta=always' })).toEqual({ 'web-canary': 100 });
  expect(sharesOf(objects, 1, { Cookie: 'beta=never' })).toEqual({ web: 100 });
});

test('what Flagger is told besides, and is not evaluated, is said', () => {
  const objects = [...FLAGGERS, GATEWAY, canary({ stepWeight: 10 }, BY_GATEWAY, { ...HOSTS, rewrite: { uri: '/' } })];
  expect(Routes.of(objects).notes.map(({ message }) => message)).toContain(
    'Canary shop/web: service.rewrite is not evaluated',
  );
});

test('step 0 asks all deliveries that have steps between two releases, or the one that is named', () => {
  const other = { ...rollout(STEPS, NGINX), metadata: { name: 'api', namespace: 'shop' } };
  const objects = [...PODS, ingress('web'), rollout(STEPS, NGINX), other];
  const problems = (step: number, of?: string) =>
    Routes.of(objects, { step: { step, ...(of === undefined ? {} : { of }) } }).problems.map(({ message }) => message);
  expect(problems(0)).toEqual([]);
  expect(problems(0, 'shop/web')).toEqual([]);
  expect(problems(0, 'shop/cart')[0]).toMatch(/^shop\/cart has no steps; there are Rollout shop\/web with/);
  expect(Routes.of([...PODS, ingress('web')], { step: { step: 0 } }).problems.map(({ message }) => message)).toEqual([
    'no Rollout or Canary among the manifests has steps',
  ]);
});
