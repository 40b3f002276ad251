import { Duration, Yaml } from 'cdk8s';
import { CONFORMANCE } from '../../../analysis/routing/gateway-api/conformance';
import {
  BackendTls,
  CanaryIngress,
  CanaryRule,
  DefaultDenyNamespace,
  DeliveryMetric,
  ExposedService,
  Exposure,
  FlaggerStrategy,
  type GatewayExposureProps,
  GatewayFeature,
  GatewayImplementation,
  ProgressiveDelivery,
  Tls,
} from '../../../constructs';
import '../../../jest';
import { crdProblems, withCrdDefaults } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import { find } from '../../helpers/synth';
import { frontendOf, gatewayObjectsOf, HOST, IMAGE, messageOf, parts, webOf } from './apps';

// What a Gateway does with requests besides leading them, as far as the report of its implementation has it.

const ALL: Partial<GatewayExposureProps> = {
  timeouts: { request: Duration.seconds(90), backendRequest: Duration.millis(1500) },
  cors: {
    allowOrigins: ['https://shop.example.com', 'https://*.example.org:8443'],
    allowMethods: ['PUT', 'DELETE'],
    allowHeaders: ['X-Request-Id'],
    exposeHeaders: ['*'],
    allowCredentials: true,
    maxAge: Duration.hours(1),
  },
  backendTls: BackendTls.configMap('frontend.internal.example', 'internal-ca'),
};

/** The objects of the Gateway API for shop/frontend under Envoy Gateway. */
function exposed(props: Partial<GatewayExposureProps>): Fields[] {
  const all = parts();
  frontendOf(all, webOf(all), props);
  return gatewayObjectsOf(all.app);
}

const VARIANTS: [string, Partial<GatewayExposureProps>][] = [
  ['all of it', ALL],
  [
    'one timeout, all sites, and the authorities of the internet',
    {
      timeouts: { backendRequest: Duration.minutes(61) },
      cors: { allowOrigins: ['*'] },
      backendTls: BackendTls.systemCertificates('frontend.example.com'),
    },
  ],
];

describe('a route with', () => {
  test.each(VARIANTS)('%s', (_, props) => {
    const kinds = ['HTTPRoute', 'BackendTLSPolicy'];
    expect(Yaml.stringify(...exposed(props).filter(({ kind }) => kinds.includes(kind)))).toMatchSnapshot();
  });

  test.each(VARIANTS)('%s is as the CustomResourceDefinitions want it, and nothing is filled in', (_, props) => {
    for (const object of exposed(props)) {
      expect(crdProblems(object)).toEqual([]);
      expect(withCrdDefaults(object)).toEqual(object);
    }
  });

  test('HTTPS only has the settings where requests go to the Service, and not where they are redirected', () => {
    const objects = exposed({ ...ALL, tls: Tls.secret('shop-tls') });
    const [main, redirect] = ['frontend', 'frontend-redirect'].map(
      (name) => find(objects, 'HTTPRoute', name).spec.rules,
    );
    expect(main).toMatchObject([{ timeouts: { request: '1m30s', backendRequest: '1s500ms' } }]);
    expect(redirect.map(({ timeouts }: Fields) => timeouts)).toEqual([undefined]);
    expect(redirect[0].filters.map(({ type }: Fields) => type)).toEqual(['RequestRedirect']);
  });
});

test('requests go where they went, and a closed namespace opens just the port of the Pods to the Gateway', () => {
  const all = parts();
  new DefaultDenyNamespace(all.shop, 'closed', { name: 'shop' });
  frontendOf(all, webOf(all), ALL);
  const from = 'envoy-gateway-system/envoy';
  new ExposedService(all.infra, 'envoy', {
    ...IMAGE,
    namespace: { name: 'envoy-gateway-system' },
    labels: {
      'app.kubernetes.io/component': 'proxy',
      'app.kubernetes.io/managed-by': 'envoy-gateway',
      'app.kubernetes.io/name': 'envoy',
      'gateway.envoyproxy.io/owning-gateway-name': 'web',
      'gateway.envoyproxy.io/owning-gateway-namespace': 'infra',
    },
  });
  expect(all.app)
    .toRoute({ url: `http://${HOST}/cart` })
    .toBackend('frontend');
  expect(all.app).toDenyAllConnections({ to: 'shop/frontend', except: [{ from, port: 8080 }], exceptUnseen: 8080 });
});

describe('a canary', () => {
  const divided = () => {
    const all = parts();
    const main = frontendOf(all, webOf(all), ALL);
    const canary = { image: 'registry.example/frontend:1.5' };
    new CanaryIngress(all.shop, 'canary', { main, canary, rule: CanaryRule.header('FOO', 'bar').orWeight(5) });
    return gatewayObjectsOf(all.app);
  };

  test('has the same settings in each of its rules', () => {
    const { rules } = find(divided(), 'HTTPRoute', 'frontend').spec;
    expect(rules.length).toBeGreaterThan(1);
    for (const rule of rules) {
      expect(rule.timeouts).toEqual({ request: '1m30s', backendRequest: '1s500ms' });
      expect(rule.filters.map(({ type }: Fields) => type)).toEqual(['CORS']);
    }
  });

  test('is spoken to by TLS as its main service is', () => {
    const { targetRefs } = find(divided(), 'BackendTLSPolicy', 'frontend').spec;
    expect(targetRefs.map(({ name }: Fields) => name)).toEqual(['frontend', 'frontend-canary']);
  });
});

test('a port with a name has a policy of its own, so that others are spoken to as before', () => {
  const all = parts();
  const gateway = webOf(all);
  const exposure = Exposure.gateway({
    gateway,
    host: HOST,
    backendTls: BackendTls.systemCertificates('a.example.com'),
  });
  const ports = [
    { name: 'plain', port: 9000, exposure: Exposure.gateway({ gateway, host: 'b.example.com', routeName: 'b' }) },
  ];
  new ExposedService(all.shop, 'frontend', { ...IMAGE, portName: 'https', ports, exposure });
  const { spec } = find(gatewayObjectsOf(all.app), 'BackendTLSPolicy', 'frontend-https');
  expect(spec.targetRefs).toEqual([{ group: '', kind: 'Service', name: 'frontend', sectionName: 'https' }]);
});

describe('a Service has one policy for TLS', () => {
  const twice = (second: BackendTls) => {
    const all = parts();
    const gateway = webOf(all);
    const backendTls = BackendTls.systemCertificates('a.example.com');
    const frontend = frontendOf(all, gateway, { backendTls });
    const more = { gateway, host: 'second.example.com', routeName: 'second', backendTls: second };
    frontend.expose(Exposure.gateway(more));
    return gatewayObjectsOf(all.app).filter(({ kind }) => kind === 'BackendTLSPolicy');
  };

  test('also where several routes lead to it', () => {
    expect(twice(BackendTls.systemCertificates('a.example.com'))).toHaveLength(1);
  });

  test('and fails where they say different things', () => {
    expect(messageOf(() => twice(BackendTls.systemCertificates('b.example.com')))).toBe(
      'shop/frontend: backendTls of the Service "frontend" is said otherwise by shop/frontend; a Gateway knows one for all routes, give the same',
    );
  });
});

describe('what a report lacks is refused', () => {
  const refusedBy = (implementation: GatewayImplementation | undefined, props: Partial<GatewayExposureProps>) => {
    const all = parts();
    const gateway = webOf(all, implementation === undefined ? { className: 'some' } : { implementation });
    return messageOf(() => frontendOf(all, gateway, props));
  };
  const { NGINX_GATEWAY_FABRIC, TRAEFIK, CONTOUR } = GatewayImplementation;

  test.each<[string, string]>([
    [
      refusedBy(NGINX_GATEWAY_FABRIC, { timeouts: { request: Duration.seconds(5) } }),
      'exposure.timeouts.request is given, and the conformance report of NGINX Gateway Fabric v2.7.0 for Gateway API v1.6.1 does not have HTTPRouteRequestTimeout; leave it out, or take one of Cilium, Contour, Envoy Gateway, Istio, kgateway',
    ],
    [
      refusedBy(TRAEFIK, { cors: { allowOrigins: ['*'] } }),
      'exposure.cors is given, and the conformance report of Traefik v3.7 for Gateway API v1.6.3 does not have HTTPRouteCORS; leave it out, or take one of Cilium, Envoy Gateway, Istio, NGINX Gateway Fabric, kgateway',
    ],
    [
      refusedBy(CONTOUR, { backendTls: BackendTls.systemCertificates('a.example.com') }),
      'exposure.backendTls is given, and the conformance report of Contour v1.33.0 for Gateway API v1.3.0 does not have BackendTLSPolicy; leave it out, or take one of Cilium, Envoy Gateway, Istio, NGINX Gateway Fabric, Traefik, kgateway',
    ],
    [
      refusedBy(undefined, { cors: { allowOrigins: ['*'] } }),
      'exposure.cors is given, and not every Gateway has HTTPRouteCORS; name its implementation, such as Cilium, Envoy Gateway, Istio, NGINX Gateway Fabric, kgateway',
    ],
    [
      refusedBy(GatewayImplementation.of({ controllerName: 'example.com/gateway', className: 'own' }), {
        cors: { allowOrigins: ['*'] },
      }),
      'exposure.cors is given, and example.com/gateway is not known to have HTTPRouteCORS; give GatewayImplementation.of features, or leave it out',
    ],
  ])('%s', (message, problem) => {
    expect(message).toBe(`shop/frontend: ${problem}`);
  });

  test('and what somebody says that their own has is taken', () => {
    const features = [GatewayFeature.CORS];
    const own = GatewayImplementation.of({ controllerName: 'example.com/gateway', className: 'own', features });
    expect(refusedBy(own, { cors: { allowOrigins: ['*'] } })).toBe('');
  });
});

test('constructs and engines know the same reports', () => {
  const implementations = new Map(
    [
      GatewayImplementation.CILIUM,
      GatewayImplementation.ENVOY_GATEWAY,
      GatewayImplementation.ISTIO,
      GatewayImplementation.KGATEWAY,
      GatewayImplementation.NGINX_GATEWAY_FABRIC,
      GatewayImplementation.TRAEFIK,
    ].map((one) => [one._name, one._report]),
  );
  const compared = [
    GatewayFeature.REQUEST_TIMEOUT,
    GatewayFeature.BACKEND_TIMEOUT,
    GatewayFeature.CORS,
    GatewayFeature.BACKEND_TLS,
    GatewayFeature.LISTENER_SET,
  ];
  for (const { implementation, release, gatewayApi, features } of CONFORMANCE) {
    const own = implementations.get(implementation);
    const has = compared.filter((feature) => features.has(feature));
    expect({ ...own, features: own?.features.filter((feature) => compared.includes(feature)) }).toEqual({
      release,
      gatewayApi,
      features: has,
    });
  }
  expect(CONFORMANCE.map(({ implementation }) => implementation).sort()).toEqual([...implementations.keys()].sort());
});

describe('fails, and makes nothing, for', () => {
  test.each<[string, Partial<GatewayExposureProps>, string]>([
    [
      'no time',
      { timeouts: { request: Duration.millis(0) } },
      'timeouts.request is 0 milliseconds; give whole milliseconds, from 1, at most 99999 hours',
    ],
    ['timeouts that say nothing', { timeouts: {} }, 'timeouts says nothing; give request or backendRequest'],
    [
      'an answer that may take longer than all of them',
      { timeouts: { request: Duration.seconds(5), backendRequest: Duration.seconds(6) } },
      'timeouts.backendRequest is 6s; give at most what the whole request may take, 5s',
    ],
    [
      'a site without its scheme',
      { cors: { allowOrigins: ['shop.example.com'] } },
      'cors.allowOrigins[0] is "shop.example.com"; give a site with its scheme such as "https://shop.example.com", or "*"',
    ],
    [
      '"*" beside a site',
      { cors: { allowOrigins: ['*', 'https://a.example.com'] } },
      'cors.allowOrigins has "*" beside others; give it alone',
    ],
    [
      'cookies for any site',
      { cors: { allowOrigins: ['*'], allowCredentials: true } },
      'cors.allowCredentials is true, and any site is allowed; name the sites',
    ],
    [
      'half a second in a browser',
      { cors: { allowOrigins: ['*'], maxAge: Duration.millis(500) } },
      'cors.maxAge is 500 milliseconds; give whole seconds, from 1, at most 99999 hours',
    ],
    [
      'a certificate for many names',
      { backendTls: BackendTls.systemCertificates('*.example.com') },
      'the hostname of exposure.backendTls is "*.example.com"; give one name, without "*"',
    ],
  ])('%s', (_, props, problem) => {
    const message = messageOf(() => exposed(props));
    expect(message).toBe(`shop/frontend: ${problem.startsWith('the ') ? '' : 'exposure.'}${problem}`);
  });
});

test.each(['timeouts', 'cors', 'backendTls'] as const)('fails with %s where Flagger makes the HTTPRoute', (setting) => {
  const all = parts();
  const exposure = Exposure.gateway({ gateway: webOf(all), host: HOST, [setting]: ALL[setting] });
  const analysis = { prometheus: 'http://prometheus:9090', metrics: [DeliveryMetric.successRate(99)] };
  const delivery = ProgressiveDelivery.flagger({ strategy: FlaggerStrategy.canary(10, 50), analysis });
  expect(messageOf(() => new ExposedService(all.shop, 'frontend', { ...IMAGE, exposure, delivery }))).toContain(
    `exposure.${setting} is given, and Flagger makes the HTTPRoute and the Services that it leads to; leave it out`,
  );
});
