import { Yaml } from 'cdk8s';
import { Routes } from '../../../analysis';
import {
  BlueGreen,
  CanaryIngress,
  CanaryRule,
  ExposedService,
  Exposure,
  GatewayImplementation,
} from '../../../constructs';
import { find } from '../../helpers/synth';
import { ENVOY, failureOf, frontendOf, gatewayObjectsOf, HOST, IMAGE, objectsOf, parts, webOf } from './apps';

const CANARY = { image: 'registry.example/frontend:1.5' };

/** The rules of the HTTPRoute of a service with a canary. */
function rulesWith(rule: CanaryRule): unknown[] {
  const all = parts();
  new CanaryIngress(all.shop, 'canary', { main: frontendOf(all, webOf(all)), canary: CANARY, rule });
  return find(gatewayObjectsOf(all.app), 'HTTPRoute', 'frontend').spec.rules;
}

/** What makes synthesis fail with this rule, on a Gateway of this implementation. */
function failureWith(rule: CanaryRule, implementation: GatewayImplementation | undefined): string {
  const all = parts();
  const gateway = webOf(all, { className: 'any', implementation });
  new CanaryIngress(all.shop, 'canary', { main: frontendOf(all, gateway), canary: CANARY, rule });
  return failureOf(all.app);
}

const ref = (name: string, weight = 1) => ({ group: '', kind: 'Service', name, port: 8080, weight });
const MAIN = 'frontend';
const OTHER = 'frontend-canary';
const path = { type: 'PathPrefix', value: '/' };
const header = (type: string, name: string, value: string, to: string) => ({
  matches: [{ path, headers: [{ type, name, value }] }],
  backendRefs: [ref(to)],
});
const others = (...backendRefs: object[]) => ({ matches: [{ path }], backendRefs });

describe('rules', () => {
  test.each<[string, CanaryRule, object[]]>([
    ['weights are those of the backends', CanaryRule.weight(5), [others(ref(MAIN, 95), ref(OTHER, 5))]],
    ['weights are out of the total', CanaryRule.weight(1, { total: 1000 }), [others(ref(MAIN, 999), ref(OTHER, 1))]],
    [
      'a weight of nobody keeps both, so that it can grow',
      CanaryRule.weight(0),
      [others(ref(MAIN, 100), ref(OTHER, 0))],
    ],
    [
      'a header that says always goes before the others',
      CanaryRule.header('X-Canary'),
      [header('Exact', 'X-Canary', 'always', OTHER), others(ref(MAIN))],
    ],
    [
      'a header that says never stays where a weight would take it',
      CanaryRule.header('X-Canary').orWeight(5),
      [
        header('Exact', 'X-Canary', 'always', OTHER),
        header('Exact', 'X-Canary', 'never', MAIN),
        others(ref(MAIN, 95), ref(OTHER, 5)),
      ],
    ],
    [
      'a value of a header',
      CanaryRule.header('FOO', 'bar').orWeight(5),
      [header('Exact', 'FOO', 'bar', OTHER), others(ref(MAIN, 95), ref(OTHER, 5))],
    ],
    [
      'a pattern that is found anywhere is one of the whole value',
      CanaryRule.headerPattern('X-Region', 'eu|us'),
      [header('RegularExpression', 'X-Region', '^.*(?:eu|us).*$', OTHER), others(ref(MAIN))],
    ],
    [
      'header, then cookie, then weight',
      CanaryRule.header('X-Canary').orCookie('beta').orWeight(5),
      [
        header('Exact', 'X-Canary', 'always', OTHER),
        header('Exact', 'X-Canary', 'never', MAIN),
        header('RegularExpression', 'Cookie', '^(.*; )?[bB][eE][tT][aA]=always(;.*)?$', OTHER),
        header('RegularExpression', 'Cookie', '^(.*; )?[bB][eE][tT][aA]=never(;.*)?$', MAIN),
        others(ref(MAIN, 95), ref(OTHER, 5)),
      ],
    ],
    [
      'blue: all but those who ask for green',
      CanaryRule.blueGreen(BlueGreen.BLUE, 'X-Side'),
      [header('Exact', 'X-Side', 'always', OTHER), others(ref(MAIN, 100), ref(OTHER, 0))],
    ],
    [
      'green: all but those who ask for blue',
      CanaryRule.blueGreen(BlueGreen.GREEN, 'X-Side'),
      [
        header('Exact', 'X-Side', 'always', OTHER),
        header('Exact', 'X-Side', 'never', MAIN),
        others(ref(MAIN, 0), ref(OTHER, 100)),
      ],
    ],
  ])('%s', (_, rule, rules) => {
    expect(rulesWith(rule)).toEqual(rules);
  });
});

test('a canary has no route of its own', () => {
  const all = parts();
  new CanaryIngress(all.shop, 'canary', { main: frontendOf(all, webOf(all)), canary: CANARY });
  expect(objectsOf(all.app).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'GatewayClass eg',
    'Gateway web',
    'Deployment frontend',
    'Service frontend',
    'HTTPRoute frontend',
    'Deployment frontend-canary',
    'Service frontend-canary',
  ]);
});

test('the main service may be exposed after its canary is made', () => {
  const all = parts();
  const main = new ExposedService(all.shop, 'frontend', IMAGE);
  new CanaryIngress(all.shop, 'canary', { main, canary: CANARY, rule: CanaryRule.weight(5) });
  main.expose(Exposure.gateway({ gateway: webOf(all), host: HOST }));
  expect(find(gatewayObjectsOf(all.app), 'HTTPRoute', 'frontend').spec.rules).toEqual([
    others(ref(MAIN, 95), ref(OTHER, 5)),
  ]);
});

test('a service with both targets has the canary in both', () => {
  const all = parts();
  const main = new ExposedService(all.shop, 'frontend', {
    ...IMAGE,
    exposure: Exposure.ingress({ host: HOST }).and(Exposure.gateway({ gateway: webOf(all), host: HOST })),
  });
  new CanaryIngress(all.shop, 'canary', { main, canary: CANARY, rule: CanaryRule.header('FOO', 'bar').orWeight(5) });
  const routes = objectsOf(all.app).filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute');
  expect(Yaml.stringify(...routes)).toMatchSnapshot();
});

test('a route in another namespace is allowed to refer to the canary too', () => {
  const all = parts();
  const main = frontendOf(all, webOf(all), { routeNamespace: { name: 'infra' } });
  new CanaryIngress(all.shop, 'canary', { main, canary: CANARY, rule: CanaryRule.weight(5) });
  const objects = gatewayObjectsOf(all.app);
  expect(find(objects, 'HTTPRoute', 'frontend').spec.rules[0].backendRefs).toEqual([
    { ...ref(MAIN, 95), namespace: 'shop' },
    { ...ref(OTHER, 5), namespace: 'shop' },
  ]);
  expect(objects.filter(({ kind }) => kind === 'ReferenceGrant').map(({ spec }) => spec.to[0].name)).toEqual([
    MAIN,
    OTHER,
  ]);
});

test('the service of a canary may be exposed by a Gateway itself, for those who test it', () => {
  const all = parts();
  const gateway = webOf(all);
  const next = new ExposedService(all.shop, 'next', {
    ...IMAGE,
    exposure: Exposure.gateway({ gateway, host: 'next.example.com' }),
  });
  const main = frontendOf(all, gateway);
  new CanaryIngress(all.shop, 'canary', { main, canary: { service: next }, rule: CanaryRule.weight(5) });
  expect(failureOf(all.app)).toBe('');
});

describe('fails at synth', () => {
  test.each([
    [
      'if the rule has a cookie and nobody says what serves the Gateway',
      CanaryRule.header('FOO').orCookie('beta'),
      undefined,
      'shop/canary: rule has the cookie "beta", which takes a regular expression, and not every implementation has these; give the Gateway an implementation that has them, or use CanaryRule.header(name)',
    ],
    [
      'if the rule has a cookie and the implementation is not known to have regular expressions',
      CanaryRule.cookie('beta'),
      GatewayImplementation.KONG,
      'shop/canary: rule has the cookie "beta", which takes a regular expression, and Kong is not known to have these; give the Gateway an implementation that has them, or use CanaryRule.header(name)',
    ],
    [
      'if the rule has a pattern and the implementation is not known to have regular expressions',
      CanaryRule.headerPattern('FOO', 'b.r'),
      GatewayImplementation.of({ controllerName: 'example.com/gateways', className: 'other' }),
      'shop/canary: rule has the pattern "b.r" of the header FOO, which takes a regular expression, and example.com/gateways is not known to have these; give the Gateway an implementation that has them, or use CanaryRule.header(name, value)',
    ],
    [
      'if the pattern means different things to implementations',
      CanaryRule.headerPattern('FOO', 'b(?=ar)'),
      ENVOY,
      'shop/canary: header pattern is "b(?=ar)"; implementations of the Gateway API differ about groups that begin with "(?", other than "(?:"',
    ],
  ])('%s', (_, rule, implementation, message) => {
    expect(failureWith(rule, implementation)).toBe(message);
  });

  test('if annotations are given and there is no Ingress that could have them', () => {
    const all = parts();
    const main = frontendOf(all, webOf(all));
    new CanaryIngress(all.shop, 'canary', { main, canary: CANARY, annotations: { 'example.com/team': 'shop' } });
    expect(failureOf(all.app)).toBe(
      'shop/canary: annotations are given, and shop/frontend has no Ingress; over a Gateway the canary has no object for them',
    );
  });

  test('if a service has a second canary', () => {
    const all = parts();
    const main = frontendOf(all, webOf(all));
    new CanaryIngress(all.shop, 'one', { main, canary: CANARY });
    new CanaryIngress(all.shop, 'two', { main, canary: { ...CANARY, name: 'other' } });
    expect(failureOf(all.app)).toBe(
      'shop/two: shop/one and shop/two: both are canaries of the Service "frontend"; the controller takes one, leave one out',
    );
  });
});

test('a service that a Gateway exposes twice may have two canaries, each on a route of its own', () => {
  const all = parts();
  const gateway = webOf(all);
  const first = frontendOf(all, gateway);
  new CanaryIngress(all.shop, 'canary', { main: first, canary: CANARY });
  const existing = {
    name: 'frontend',
    port: 8080,
    targetPort: 8080,
    podLabels: { app: 'frontend' },
    namespace: { name: 'shop' },
  };
  const exposure = Exposure.gateway({ gateway, host: 'other.example.com', routeName: 'other' });
  const second = new ExposedService(all.shop, 'second', { existing, exposure });
  const canary = { existing: { ...existing, name: OTHER, podLabels: { app: OTHER } } };
  new CanaryIngress(all.shop, 'second-canary', { main: second, canary, rule: CanaryRule.weight(30) });
  const routes = Routes.ofGateway(objectsOf(all.app));
  const share = (host: string) => routes.route({ url: `http://${host}/` });
  expect(share('other.example.com')).toMatchObject({ backends: [{ probability: 0.7 }, { probability: 0.3 }] });
  expect(share(HOST)).toMatchObject({ backends: [{ service: 'frontend', probability: 1 }] });
});

test('whatever the core of the Gateway API can say is taken by any implementation', () => {
  for (const rule of [CanaryRule.weight(5), CanaryRule.header('A').orWeight(5), CanaryRule.header('A', 'b')]) {
    expect(failureWith(rule, undefined)).toBe('');
  }
});
