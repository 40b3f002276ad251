import { Routes, readManifests, sameRouting } from '../../../analysis';

// What is not evaluated, and may change what becomes of requests: that it differs is said, with both places.

const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec:
  gatewayClassName: any
  listeners:
    - { name: http, port: 80, protocol: HTTP }
    - { name: db, port: 5432, protocol: TCP }
    - { name: dns, port: 53, protocol: UDP }
    - { name: pass, port: 8443, protocol: TLS, hostname: "*.shop.test", tls: { mode: Passthrough } }
`;
const ROUTE = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: web }]
  hostnames: [shop.test]
  rules:
    - backendRefs: [{ name: web, port: 80 }]
`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

const routesOf = (file: string, ...texts: readonly string[]) => {
  const routes = Routes.ofGateway(readManifests(texts.join('---'), file));
  expect(routes.problems).toEqual([]);
  return routes;
};

/** What is said of two sets of manifests, one of which has a text more or another one. */
function settingsOf(before: readonly string[], after: readonly string[]) {
  const compared = sameRouting(routesOf('before.yaml', ...before), routesOf('after.yaml', ...after));
  expect(compared.differences).toEqual([]);
  return compared;
}

const BASE = [GATEWAY, ROUTE, SERVICE];

const policy = (apiVersion: string, kind: string, spec: string, name = 'one') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`;

const ROUTE_TARGET = 'targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: web }]';
const SERVICE_TARGET = 'targetRefs: [{ group: "", kind: Service, name: web }]';
const GATEWAY_TARGET = 'targetRef: { group: gateway.networking.k8s.io, kind: Gateway, name: web }';

/** A policy, with something of it that changes. */
const POLICIES: readonly (readonly [string, string, string, string, string])[] = [
  [
    'gateway.networking.k8s.io/v1',
    'BackendTLSPolicy',
    SERVICE_TARGET,
    'validation: { hostname: a.test }',
    'validation: { hostname: b.test }',
  ],
  [
    'gateway.envoyproxy.io/v1alpha1',
    'SecurityPolicy',
    ROUTE_TARGET,
    'basicAuth: { users: { name: a } }',
    'basicAuth: { users: { name: b } }',
  ],
  [
    'gateway.envoyproxy.io/v1alpha1',
    'BackendTrafficPolicy',
    ROUTE_TARGET,
    'timeout: { http: { requestTimeout: 5s } }',
    'timeout: { http: { requestTimeout: 6s } }',
  ],
  ['gateway.envoyproxy.io/v1alpha1', 'ClientTrafficPolicy', GATEWAY_TARGET, 'http3: {}', 'http10: {}'],
  [
    'security.istio.io/v1',
    'RequestAuthentication',
    ROUTE_TARGET,
    'jwtRules: [{ issuer: a }]',
    'jwtRules: [{ issuer: b }]',
  ],
  [
    'security.istio.io/v1',
    'AuthorizationPolicy',
    'selector: { matchLabels: { app: web } }',
    'action: ALLOW',
    'action: DENY',
  ],
  ['networking.istio.io/v1', 'VirtualService', 'hosts: [web]', 'http: [{ timeout: 5s }]', 'http: [{ timeout: 6s }]'],
  [
    'networking.istio.io/v1',
    'DestinationRule',
    'host: web',
    'trafficPolicy: { tls: { mode: SIMPLE } }',
    'trafficPolicy: { tls: { mode: DISABLE } }',
  ],
  [
    'gateway.kgateway.dev/v1alpha1',
    'TrafficPolicy',
    ROUTE_TARGET,
    'transformation: { a: b }',
    'transformation: { a: c }',
  ],
  [
    'gateway.nginx.org/v1alpha1',
    'ClientSettingsPolicy',
    GATEWAY_TARGET,
    'body: { maxSize: 1m }',
    'body: { maxSize: 2m }',
  ],
  ['policy.example.com/v1', 'SomePolicy', ROUTE_TARGET, 'a: 1', 'a: 2'],
];

describe('a policy', () => {
  test.each(POLICIES)(
    '%s %s that is not the same is named, with both places',
    (apiVersion, kind, target, one, other) => {
      const made = (own: string) => policy(apiVersion, kind, `{ ${target}, ${own} }`);
      const { same, proven, settings } = settingsOf([...BASE, made(one)], [...BASE, made(other)]);
      expect({ same, proven }).toEqual({ same: false, proven: false });
      expect(settings).toHaveLength(1);
      expect(settings[0]?.what).toMatch(`${kind} shop/one, which is `);
      expect(settings[0]?.before).toMatchObject({ file: 'before.yaml', line: 27 });
      expect(settings[0]?.after).toMatchObject({ file: 'after.yaml', line: 27 });
      expect(settings[0]?.before?.says).not.toEqual(settings[0]?.after?.says);
    },
  );

  test.each(POLICIES)('%s %s that one side does not have is named', (apiVersion, kind, target, one) => {
    const made = policy(apiVersion, kind, `{ ${target}, ${one} }`);
    const { same, settings } = settingsOf(BASE, [...BASE, made]);
    expect(same).toBe(false);
    expect(settings).toMatchObject([{ before: undefined, after: { file: 'after.yaml' } }]);
  });

  test.each(POLICIES)(
    '%s %s that is the same on both sides is said to be taken so',
    (apiVersion, kind, target, one) => {
      const made = policy(apiVersion, kind, `{ ${target}, ${one} }`);
      const { same, proven, assumed } = settingsOf([...BASE, made], [...BASE, made]);
      expect({ same, proven }).toEqual({ same: true, proven: true });
      expect(assumed).toContainEqual(expect.stringContaining(`${kind} shop/one`));
    },
  );

  test('is still listed where settings are accepted', () => {
    const limits = policy('gateway.envoyproxy.io/v1alpha1', 'BackendTrafficPolicy', `{ ${ROUTE_TARGET} }`);
    const [one, other] = [routesOf('before.yaml', ...BASE), routesOf('after.yaml', ...BASE, limits)];
    const { same, proven, settings } = sameRouting(one, other, { accept: ['settings'] });
    expect({ same, proven }).toEqual({ same: true, proven: true });
    expect(settings).toHaveLength(1);
  });

  test('is noted by each answer that it is about, and by no other', () => {
    const limits = policy('gateway.envoyproxy.io/v1alpha1', 'BackendTrafficPolicy', `{ ${ROUTE_TARGET} }`);
    const other = ROUTE.replace('name: web, namespace', 'name: other, namespace').replace('shop.test', 'other.test');
    const routes = routesOf('all.yaml', ...BASE, other, limits);
    expect(routes.route({ url: 'http://shop.test/' }).notes).toEqual([
      'BackendTrafficPolicy shop/one is attached to HTTPRoute shop/web and is not evaluated: it may refuse or change the request',
    ]);
    expect(routes.route({ url: 'http://other.test/' })).not.toHaveProperty('notes');
  });

  test.each([
    ['web', true],
    ['web.shop.svc.cluster.local', true],
    ['other', false],
    ['web.other.svc.cluster.local', false],
    ['"*"', true],
    ['"*.shop.svc.cluster.local"', true],
    ['"*.other.svc.cluster.local"', false],
    ['"*.local"', true],
  ])('of a mesh for the host %s is noted only where requests may go to it', (host, isNoted) => {
    const rule = policy('networking.istio.io/v1', 'DestinationRule', `{ host: ${host}, trafficPolicy: {} }`);
    const { notes = [] } = routesOf('all.yaml', ...BASE, rule).route({ url: 'http://shop.test/' });
    expect(notes.some((note) => note.includes('DestinationRule shop/one'))).toBe(isNoted);
  });

  test('for another Gateway does not count', () => {
    const limits = policy(
      'gateway.envoyproxy.io/v1alpha1',
      'ClientTrafficPolicy',
      `{ ${GATEWAY_TARGET.replace('web', 'other')} }`,
    );
    expect(settingsOf(BASE, [...BASE, limits])).toMatchObject({ same: true, settings: [] });
  });

  test('counts with what it names: a Secret of passwords, and the Service that is asked', () => {
    const secret = (data: string) => `
apiVersion: v1
kind: Secret
metadata: { name: users, namespace: shop }
stringData: { .htpasswd: ${data} }
`;
    const auth = policy(
      'gateway.envoyproxy.io/v1alpha1',
      'SecurityPolicy',
      `{ ${ROUTE_TARGET}, basicAuth: { users: { name: users } } }`,
    );
    const { same, settings } = settingsOf([...BASE, auth, secret('a')], [...BASE, auth, secret('b')]);
    expect(same).toBe(false);
    expect(settings.map(({ what }) => what)).toEqual(['Secret shop/users, which is named by SecurityPolicy shop/one']);
    // What is secret is told by its size and a fingerprint.
    expect(JSON.stringify(settings)).not.toContain('htpasswd');
  });
});

describe('what a filter names', () => {
  const filtered = (filter: string) => ROUTE.replace('- backendRefs', `- filters: [${filter}]\n      backendRefs`);
  const extension = '{ type: ExtensionRef, extensionRef: { group: traefik.io, kind: Middleware, name: one } }';
  const middleware = (spec: string) => policy('traefik.io/v1alpha1', 'Middleware', spec);

  test('counts: a Middleware by ExtensionRef', () => {
    const at = (spec: string) => [GATEWAY, filtered(extension), SERVICE, middleware(spec)];
    const { same, settings } = settingsOf(at('{ compress: {} }'), at('{ ipAllowList: { sourceRange: [10.0.0.0/8] } }'));
    expect(same).toBe(false);
    expect(settings).toMatchObject([{ what: expect.stringContaining('Middleware shop/one') }]);
  });

  test('counts: the Service to which a copy goes, and the share of requests that is copied', () => {
    const copy = SERVICE.replace('name: web', 'name: copy');
    const mirror = (more = '') =>
      filtered(`{ type: RequestMirror, requestMirror: { backendRef: { name: copy, port: 80 }${more} } }`);
    const { same } = settingsOf(
      [GATEWAY, mirror(), SERVICE, copy],
      [GATEWAY, mirror(), SERVICE, copy.replace('8080', '9090')],
    );
    expect(same).toBe(false);
    const shares = settingsOf([GATEWAY, mirror(), SERVICE, copy], [GATEWAY, mirror(', percent: 5'), SERVICE, copy]);
    expect(shares).toMatchObject({ same: false, settings: [{ what: 'what is done with requests on their way' }] });
  });
});

describe('what a rule says besides', () => {
  const RULES: readonly (readonly [string, string])[] = [
    ['timeouts: { request: 5s }', 'timeouts: { request: 6s }'],
    ['retry: { attempts: 1 }', 'retry: { attempts: 2 }'],
    ['sessionPersistence: { sessionName: a }', 'sessionPersistence: { sessionName: b }'],
    [
      'filters: [{ type: CORS, cors: { allowOrigins: ["https://a.test"] } }]',
      'filters: [{ type: CORS, cors: { allowOrigins: ["https://b.test"] } }]',
    ],
    [
      'filters: [{ type: ExternalAuth, externalAuth: { protocol: HTTP, backendRef: { name: a, port: 80 } } }]',
      'filters: [{ type: ExternalAuth, externalAuth: { protocol: GRPC, backendRef: { name: a, port: 80 } } }]',
    ],
    ['later: { a: 1 }', 'later: { a: 2 }'],
  ];
  const withRule = (text: string) => ROUTE.replace('- backendRefs', `- ${text}\n      backendRefs`);

  test.each(RULES)('%s against %s is a setting that differs, at the rule', (one, other) => {
    const { same, settings } = settingsOf([GATEWAY, withRule(one), SERVICE], [GATEWAY, withRule(other), SERVICE]);
    expect(same).toBe(false);
    expect(settings).toMatchObject([
      {
        what: 'what is done with requests on their way',
        request: { url: 'http://shop.test/' },
        before: { file: 'before.yaml', line: 20 },
        after: { file: 'after.yaml', line: 20 },
      },
    ]);
    expect(settingsOf([GATEWAY, ROUTE, SERVICE], [GATEWAY, withRule(one), SERVICE]).same).toBe(false);
  });
});

describe('a Service to which requests go', () => {
  test.each([
    ['8080', '9090'],
    ['app: web', 'app: other'],
    ['port: 80,', 'port: 80, appProtocol: kubernetes.io/h2c,'],
    ['selector', 'sessionAffinity: ClientIP, selector'],
    ['selector: { app: web }', 'type: ExternalName, externalName: web.example.com'],
  ])('counts: %s against %s', (one, other) => {
    const compared = sameRouting(
      routesOf('before.yaml', ...BASE),
      routesOf('after.yaml', GATEWAY, ROUTE, SERVICE.replace(one, other)),
    );
    expect(compared.same).toBe(false);
    expect(compared.settings).toMatchObject([
      { what: 'Service shop/web, to which requests go', before: { line: 22 }, after: { line: 22 } },
    ]);
  });

  test('does not count by how it is reached from outside, and by what an API server fills in', () => {
    const outside = SERVICE.replace(
      'selector',
      'type: NodePort, sessionAffinity: None, internalTrafficPolicy: Cluster, selector',
    );
    expect(settingsOf(BASE, [GATEWAY, ROUTE, outside])).toMatchObject({ same: true, settings: [] });
  });
});

describe('connections that a Gateway passes on', () => {
  const KINDS: readonly (readonly [string, string, string])[] = [
    ['TCPRoute', 'v1alpha2', 'TCP connections to port 5432'],
    ['UDPRoute', 'v1alpha2', 'UDP connections to port 53'],
    ['TLSRoute', 'v1', 'TLS connections to port 8443 for a.shop.test'],
  ];
  const stream = (kind: string, version: string, to: string) => `
apiVersion: gateway.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: db, namespace: shop }
spec: { parentRefs: [{ name: web }],${kind === 'TLSRoute' ? ' hostnames: [a.shop.test],' : ''} rules: [{ backendRefs: [{ name: ${to}, port: 80 }] }] }
`;
  const services = ['a', 'b'].map((name) =>
    SERVICE.replace('name: web', `name: ${name}`).replace(
      '[{ port: 80, targetPort: 8080 }]',
      '[{ name: t, port: 80 }, { name: u, port: 80, protocol: UDP }]',
    ),
  );

  test.each(KINDS)('of a %s count', (kind, version, what) => {
    const at = (to: string) => [...BASE, ...services, stream(kind, version, to)];
    expect(settingsOf(at('a'), at('a'))).toMatchObject({ same: true, proven: true });
    expect(settingsOf(at('a'), at('b'))).toMatchObject({
      same: false,
      settings: [
        {
          what,
          before: { says: [`${kind} shop/db sends them to shop/a:80`], file: 'before.yaml', line: 40 },
          after: { says: [`${kind} shop/db sends them to shop/b:80`], file: 'after.yaml', line: 40 },
        },
      ],
    });
    expect(settingsOf(at('a'), [...BASE, ...services])).toMatchObject({ same: false, settings: [{ what }] });
    // Where connections go is no setting.
    const [one, other] = [routesOf('before.yaml', ...at('a')), routesOf('after.yaml', ...at('b'))];
    expect(sameRouting(one, other, { accept: ['settings'] }).same).toBe(false);
  });
});

describe('what a Gateway says besides', () => {
  test.each([
    ['any', 'other', 'the class of the Gateway'],
    [
      'listeners',
      'infrastructure: { parametersRef: { group: "", kind: ConfigMap, name: a } }\n  listeners',
      'the field infrastructure of the Gateway',
    ],
    [
      'namespace: shop }',
      'namespace: shop, annotations: { "networking.istio.io/service-type": NodePort } }',
      'annotations of the Gateway',
    ],
  ])('counts: %s against %s', (one, other, what) => {
    const { same, settings } = settingsOf(BASE, [GATEWAY.replace(one, other), ROUTE, SERVICE]);
    expect(same).toBe(false);
    expect(settings).toMatchObject([{ what }]);
  });
});

describe('what moves requests in steps', () => {
  const rollout = (weight: number, key = 'canary') =>
    policy(
      'argoproj.io/v1alpha1',
      'Rollout',
      `{ selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: "web:1" }] } },
         strategy: { ${key}: { steps: [{ setWeight: ${weight} }] } } }`,
    );
  const canary = (weight: number) =>
    policy(
      'flagger.app/v1beta1',
      'Canary',
      `{ targetRef: { apiVersion: apps/v1, kind: Deployment, name: other }, service: { port: 80 }, analysis: { stepWeight: ${weight} } }`,
    );

  test.each([
    ['Rollout', rollout(5), rollout(50)],
    ['Canary', canary(5), canary(50)],
  ])(
    'a %s with other steps is not the same, though requests go where they went before the first',
    (kind, one, other) => {
      const { same, settings } = settingsOf([...BASE, one], [...BASE, other]);
      expect(same).toBe(false);
      expect(settings.map(({ what }) => what)).toEqual([`${kind} shop/one, which moves requests in steps`]);
      expect(settingsOf([...BASE, one], [...BASE, one]).same).toBe(true);
      expect(settingsOf(BASE, [...BASE, one]).same).toBe(false);
    },
  );
});
