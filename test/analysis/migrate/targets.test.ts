import { type MigrateOptions, type Migration, migrate, Routes, type TargetName } from '../../../analysis';
import { untoldIn } from '../../../analysis/migrate/features';
import { TARGET_NAMES, TARGETS, type Target } from '../../../analysis/migrate/targets';
import { seen } from '../diff/seen';
import { ingress, path } from '../routing/objects';
import { migrated, refusals, rulesOf, services, written } from './helper';
import { isOfTarget, shapeProblems } from './shapes';

/** An Ingress with some annotations, for a target. */
function asked(
  target: TargetName | undefined,
  annotations: Readonly<Record<string, string>>,
  options: Partial<MigrateOptions> = {},
): Migration {
  const web = ingress('web', { annotations, rules: [path('a.test', '/', 'Prefix', 'main')] });
  return migrate([...services, web], {
    gateway: { namespace: 'infra', name: 'web' },
    ...(target === undefined ? {} : { target }),
    ...options,
  });
}

/** The specs of what is of the target, by kind and name. */
function specsOf(migration: Migration): Record<string, unknown> {
  const own = migration.objects.filter(isOfTarget) as readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: unknown;
  }[];
  return Object.fromEntries(
    own.map(({ kind, metadata, spec }) => [`${kind} ${metadata.namespace}/${metadata.name}`, spec]),
  );
}

/** What each target makes of some annotations: the kinds of its objects, or why the Ingress is left out. */
function byTarget(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    TARGET_NAMES.map((name) => {
      const migration = asked(name, annotations);
      expect(migration.objects.filter(isOfTarget).flatMap(shapeProblems)).toEqual([]);
      const [reason] = migration.refused.flatMap(({ reasons }) => reasons.map(({ message }) => message));
      return [name, reason === undefined ? migration.written.flatMap(({ objects }) => objects).join(', ') : 'left out'];
    }),
  );
}

const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web' }];

describe('which targets have words for what annotations ask for besides where requests go', () => {
  const filter = 'the filter CORS of its HTTPRoutes';
  const cors = {
    'envoy-gateway': filter,
    'nginx-gateway-fabric': filter,
    kgateway: filter,
    istio: filter,
    traefik: 'Middleware default/web-cors',
    cilium: filter,
  };
  test.each([
    [
      'auth-url',
      { 'auth-url': 'http://auth.default.svc.cluster.local/check', 'auth-response-headers': 'X-User' },
      {
        'envoy-gateway': 'SecurityPolicy default/web',
        kgateway: 'GatewayExtension default/web-auth, TrafficPolicy default/web',
        traefik: 'Middleware default/web-auth',
      },
    ],
    [
      'basic auth',
      { 'auth-type': 'basic', 'auth-secret': 'passwords' },
      {
        'envoy-gateway': 'SecurityPolicy default/web',
        'nginx-gateway-fabric': 'AuthenticationFilter default/web-basic-auth',
        kgateway: 'TrafficPolicy default/web',
        traefik: 'Middleware default/web-basic-auth',
      },
    ],
    [
      'rates',
      { 'limit-rps': '10', 'limit-rpm': '100' },
      {
        'nginx-gateway-fabric': 'RateLimitPolicy default/web',
        traefik: 'Middleware default/web-rps, Middleware default/web-rpm',
      },
    ],
    [
      'one rate',
      { 'limit-rpm': '100' },
      {
        'envoy-gateway': 'BackendTrafficPolicy default/web',
        'nginx-gateway-fabric': 'RateLimitPolicy default/web',
        traefik: 'Middleware default/web-rpm',
      },
    ],
    [
      'a session cookie for two days, which is longer than five digits of seconds',
      { affinity: 'cookie', 'session-cookie-max-age': '172800' },
      {
        'envoy-gateway': 'BackendTrafficPolicy default/web',
        kgateway: 'BackendConfigPolicy default/main',
        istio: 'DestinationRule default/main',
      },
    ],
    [
      'CORS that a browser does not keep, for every origin beside one',
      { 'enable-cors': 'true', 'cors-max-age': '0', 'cors-allow-origin': 'https://shop.example.com, *' },
      cors,
    ],
    [
      'CORS with a method of WebDAV, which the filter does not know',
      { 'enable-cors': 'true', 'cors-allow-methods': 'GET, PROPFIND' },
      { traefik: 'Middleware default/web-cors' },
    ],
    ['connections', { 'limit-connections': '5' }, { traefik: 'Middleware default/web-connections' }],
    [
      'addresses',
      { 'whitelist-source-range': '10.0.0.0/8, 192.168.1.1' },
      {
        'envoy-gateway': 'SecurityPolicy default/web',
        'nginx-gateway-fabric': 'SnippetsFilter default/web-addresses',
        kgateway: 'TrafficPolicy default/web',
        istio: 'AuthorizationPolicy infra/default-web-addresses',
        traefik: 'Middleware default/web-addresses',
      },
    ],
    [
      'addresses that may not come in',
      { 'denylist-source-range': '10.0.0.0/8' },
      {
        'envoy-gateway': 'SecurityPolicy default/web',
        'nginx-gateway-fabric': 'SnippetsFilter default/web-addresses',
        kgateway: 'TrafficPolicy default/web',
        istio: 'AuthorizationPolicy infra/default-web-addresses',
      },
    ],
    [
      'a session cookie',
      { affinity: 'cookie', 'session-cookie-name': 'route', 'session-cookie-max-age': '3600' },
      {
        'envoy-gateway': 'BackendTrafficPolicy default/web',
        kgateway: 'BackendConfigPolicy default/main',
        istio: 'DestinationRule default/main',
      },
    ],
    [
      'backends behind TLS',
      { 'backend-protocol': 'HTTPS' },
      { kgateway: 'BackendConfigPolicy default/main', istio: 'DestinationRule default/main' },
    ],
    ['backends with gRPC', { 'backend-protocol': 'GRPC' }, {}],
    [
      'CORS',
      { 'enable-cors': 'true', 'cors-allow-origin': 'https://shop.example.com', 'cors-expose-headers': 'X-Total' },
      cors,
    ],
  ])('%s', (_, annotations, said) => {
    const none = Object.fromEntries(TARGET_NAMES.map((name) => [name, 'left out']));
    expect(byTarget(annotations)).toEqual({ ...none, ...said });
  });

  test('timeouts and sizes, which keep no Ingress back where there are none', () => {
    expect(byTarget({ 'proxy-connect-timeout': '5', 'proxy-read-timeout': '120', 'proxy-body-size': '8m' })).toEqual({
      'envoy-gateway': 'BackendTrafficPolicy default/web, BackendTrafficPolicy default/web',
      'nginx-gateway-fabric': 'ClientSettingsPolicy default/web, SnippetsFilter default/web-timeouts',
      kgateway: 'TrafficPolicy default/web, BackendConfigPolicy default/main, TrafficPolicy default/web',
      istio: '',
      traefik: 'Middleware default/web-body-size',
      cilium: '',
    });
  });
});

describe('what is written', () => {
  test('has no number of more than five digits in a time', () => {
    const ttl = (seconds: string) => {
      const migration = asked('kgateway', { affinity: 'cookie', 'session-cookie-max-age': seconds });
      return JSON.stringify(specsOf(migration)).match(/"ttl":"(.*?)"/)?.[1];
    };
    expect(['0', '3600', '99999', '172800', '100001', '999999999'].map(ttl)).toEqual([
      '0s',
      '3600s',
      '99999s',
      '48h',
      '27h46m41s',
      '99999h46m39s',
    ]);
  });

  test('has sizes of four digits for NGINX Gateway Fabric, rounded up with a word of it', () => {
    const size = (annotation: string) => {
      const migration = asked('nginx-gateway-fabric', { 'proxy-body-size': annotation });
      expect(migration.objects.filter(isOfTarget).flatMap(shapeProblems)).toEqual([]);
      const told = migration.written.flatMap(({ caveats }) => caveats).length > 0;
      return `${JSON.stringify(specsOf(migration)).match(/"maxSize":"(.*?)"/)?.[1]}${told ? ', told' : ''}`;
    };
    expect(['0', '8m', '1024k', '5000', '100000', '12345k', '99999m'].map(size)).toEqual([
      '0',
      '8m',
      '1m',
      '5000',
      '98k, told',
      '13m, told',
      '98g, told',
    ]);
  });

  test('for Envoy Gateway: a local limit for each address, of IPv4 and of IPv6', () => {
    const migration = asked('envoy-gateway', { 'limit-rps': '10' });
    const rule = (value: string) => ({
      clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }],
      limit: { requests: 10, unit: 'Second' },
    });
    expect(specsOf(migration)).toEqual({
      'BackendTrafficPolicy default/web': {
        targetRefs,
        rateLimit: { type: 'Local', local: { rules: [rule('0.0.0.0/0'), rule('::/0')] } },
      },
    });
  });

  test('for kgateway: as many rules as blocks of addresses need', () => {
    const blocks = Array.from({ length: 300 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    const [spec] = Object.values(specsOf(asked('kgateway', { 'whitelist-source-range': blocks.join(',') })));
    expect(spec).toMatchObject({
      acl: { defaultAction: 'deny', rules: [{ cidrs: { length: 256 } }, { cidrs: { length: 44 } }] },
    });
  });

  test('for CORS is what an API server takes', () => {
    const migration = asked('istio', {
      'enable-cors': 'true',
      'cors-max-age': '0',
      'cors-allow-origin': 'https://shop.example.com, *',
    });
    expect(JSON.stringify(migration.objects)).toMatch(/"allowOrigins":\["\*"\],"maxAge":1\}/);
  });

  test('for Envoy Gateway: wishes of one kind are one policy, since of two for a route only one counts', () => {
    const migration = asked('envoy-gateway', {
      'auth-url': 'http://auth.other.svc:8080/check',
      'auth-response-headers': 'X-User, X-Groups',
      'whitelist-source-range': '10.0.0.0/8',
      'proxy-read-timeout': '120',
      'proxy-send-timeout': '60',
      'proxy-body-size': '8m',
    });
    expect(specsOf(migration)).toEqual({
      'SecurityPolicy default/web': {
        targetRefs,
        extAuth: {
          headersToExtAuth: expect.arrayContaining(['cookie']),
          http: {
            backendRefs: [{ group: '', kind: 'Service', name: 'auth', namespace: 'other', port: 8080 }],
            path: '/check',
            headersToBackend: ['X-User', 'X-Groups'],
          },
        },
        authorization: {
          defaultAction: 'Deny',
          rules: [{ action: 'Allow', principal: { clientCIDRs: ['10.0.0.0/8'] } }],
        },
      },
      'BackendTrafficPolicy default/web': {
        targetRefs,
        timeout: { http: { streamIdleTimeout: '120s' } },
        requestBuffer: { limit: '8Mi' },
      },
    });
    expect(migration.written.flatMap(({ caveats }) => caveats)).toContain(
      'a ReferenceGrant in other has to let SecurityPolicies of default name Service auth',
    );
  });

  test('for NGINX Gateway Fabric: directives of nginx where there are no policies, named by the rules', () => {
    const migration = asked('nginx-gateway-fabric', {
      'proxy-read-timeout': '120',
      'denylist-source-range': '10.1.0.0/16',
      'whitelist-source-range': '10.0.0.0/8',
      'limit-rps': '10',
    });
    expect(specsOf(migration)).toEqual({
      'RateLimitPolicy default/web': {
        targetRefs,
        rateLimit: {
          local: {
            rules: [{ key: '$binary_remote_addr', rate: '10r/s', burst: 50, noDelay: true, rejectCode: 503 }],
          },
        },
      },
      'SnippetsFilter default/web-timeouts': {
        snippets: [{ context: 'http.server.location', value: 'proxy_read_timeout 120s;' }],
      },
      'SnippetsFilter default/web-addresses': {
        snippets: [{ context: 'http.server.location', value: 'deny 10.1.0.0/16;\nallow 10.0.0.0/8;\ndeny all;' }],
      },
    });
    const extension = (name: string) => ({
      type: 'ExtensionRef',
      extensionRef: { group: 'gateway.nginx.org', kind: 'SnippetsFilter', name },
    });
    expect(rulesOf(migration)).toMatchObject([{ filters: [extension('web-timeouts'), extension('web-addresses')] }]);
  });

  test('for kgateway: the longest block decides, so that what is allowed inside of a denied block is left out', () => {
    const aclOf = (annotations: Readonly<Record<string, string>>) =>
      specsOf(asked('kgateway', annotations))['TrafficPolicy default/web'];
    const deny = { cidrs: ['10.0.0.0/8', '2001:db8::/32'], action: 'deny' };
    const denied = { 'denylist-source-range': '10.0.0.0/8, 2001:db8::/32' };
    expect(aclOf(denied)).toEqual({ targetRefs, acl: { defaultAction: 'allow', rules: [deny] } });
    const allowed = '10.1.0.0/16, 10.0.0.0/8, 2001:db8:1::/48, 0.0.0.0/0, 192.168.1.1';
    expect(aclOf({ ...denied, 'allowlist-source-range': allowed })).toEqual({
      targetRefs,
      acl: { defaultAction: 'deny', rules: [deny, { cidrs: ['0.0.0.0/0', '192.168.1.1/32'], action: 'allow' }] },
    });
    expect(aclOf({ ...denied, 'allowlist-source-range': '10.1.0.0/16' })).toEqual({
      targetRefs,
      acl: { defaultAction: 'deny', rules: [deny] },
    });
  });

  test('for Istio: who may not come in, by hosts and paths of the Gateway, so that other routes stay open', () => {
    const web = ingress('web', {
      annotations: { 'whitelist-source-range': '10.0.0.0/8' },
      rules: [path('a.test', '/admin', 'Prefix', 'main'), path('*.b.test', '/x', 'Exact', 'main')],
    });
    const { objects } = migrated([web], { target: 'istio', allowDifferences: true });
    expect(objects.filter(isOfTarget)).toEqual([
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'default-web-addresses', namespace: 'infra' },
        spec: {
          targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web' }],
          action: 'DENY',
          rules: [
            {
              from: [{ source: { notRemoteIpBlocks: ['10.0.0.0/8'] } }],
              to: [
                { operation: { hosts: ['a.test', 'a.test:*'], paths: ['/admin'] } },
                { operation: { hosts: ['a.test', 'a.test:*'], paths: ['/admin', '/admin/*'] } },
                { operation: { hosts: ['*.b.test'], paths: ['/x'] } },
              ],
            },
          ],
        },
      },
    ]);
  });

  test.each([
    [
      'a path of another Ingress below',
      path('a.test', '/', 'Prefix', 'main'),
      path('a.test', '/public', 'Prefix', 'main'),
      { hosts: ['a.test', 'a.test:*'], notPaths: ['/public', '/public/*'] },
    ],
    [
      'a host of another Ingress beside a wildcard',
      path('*.b.test', '/', 'Prefix', 'main'),
      path('x.b.test', '/', 'Prefix', 'main'),
      { hosts: ['*.b.test'], notHosts: ['x.b.test', 'x.b.test:*'] },
    ],
    [
      'the hosts of others beside none',
      path(undefined, '/', 'Prefix', 'main'),
      path('a.test', '/', 'Prefix', 'main'),
      { notHosts: ['a.test', 'a.test:*'] },
    ],
  ])('for Istio: %s stays open', (_, own, other, operation) => {
    const closed = ingress('web', { annotations: { 'whitelist-source-range': '10.0.0.0/8' }, rules: [own] });
    const { objects } = migrated([closed, ingress('other', { rules: [other] })], {
      target: 'istio',
      allowDifferences: true,
    });
    const policies = objects.filter(isOfTarget);
    expect(policies.flatMap(shapeProblems)).toEqual([]);
    expect(policies).toMatchObject([{ spec: { rules: [{ to: [{ operation }] }] } }]);
  });

  test('for Istio: everything is denied to others by a host that means all, and regular expressions take a hand', () => {
    const annotations = { 'whitelist-source-range': '10.0.0.0/8' };
    const all = ingress('web', { annotations, rules: [path(undefined, '/', 'Prefix', 'main')] });
    expect(migrated([all], { target: 'istio', allowDifferences: true }).objects.filter(isOfTarget)).toMatchObject([
      { spec: { rules: [{ to: [{ operation: { hosts: ['*'] } }] }] } },
    ]);
    const regular = ingress('other', {
      annotations: { 'use-regex': 'true' },
      rules: [path(undefined, '/x.*', 'ImplementationSpecific', 'main')],
    });
    const migration = migrated([all, regular], { target: 'istio', allowDifferences: true });
    expect(migration.objects.filter(isOfTarget)).toEqual([]);
    expect(refusals(migration).join('\n')).toContain('regular expressions of hosts or paths decide');
  });

  test('for routes that lead to backends, and not for those that redirect', () => {
    const web = ingress('web', {
      annotations: { 'auth-type': 'basic', 'auth-secret': 'passwords' },
      tls: [{ hosts: ['a.test'], secretName: 'a-tls' }],
      rules: [path('a.test', '/', 'Prefix', 'main')],
    });
    const migration = migrated([web], { target: 'envoy-gateway' });
    expect(written(migration, 'HTTPRoute').map(({ metadata }) => metadata.name)).toEqual(['web', 'web-redirect']);
    expect(specsOf(migration)).toMatchObject({ 'SecurityPolicy default/web': { targetRefs } });
  });

  test('once for a Service that several Ingresses lead to; what they say differently is no way of it', () => {
    const to = (name: string, host: string, cookie: string) =>
      ingress(name, {
        annotations: { affinity: 'cookie', 'session-cookie-name': cookie },
        rules: [path(host, '/', 'Prefix', 'main')],
      });
    const same = migrated([to('one', 'a.test', 'c'), to('two', 'b.test', 'c')], { target: 'istio' });
    expect([same.migrated.length, Object.keys(specsOf(same))]).toEqual([2, ['DestinationRule default/main']]);
    const other = migrated([to('one', 'a.test', 'c'), to('two', 'b.test', 'd')], { target: 'istio' });
    expect(refusals(other)).toEqual([
      'default/two: DestinationRule default/main would have to say something else for Ingress default/one, which leads to the same Service',
    ]);
  });
});

describe('what no target takes over', () => {
  test.each([
    [
      { 'auth-url': 'http://auth.a.svc/', 'auth-signin': 'https://login.test' },
      /auth-signin sends who is refused to a login/,
    ],
    [{ 'auth-url': 'http://auth.a.svc/$host' }, /known to nginx only/],
    [{ 'auth-type': 'digest', 'auth-secret': 's' }, /auth-type digest/],
    [{ 'auth-type': 'basic', 'auth-secret': 'other/s' }, /in another namespace/],
    [{ 'limit-rps': '1', 'limit-whitelist': '10.0.0.0/8' }, /policies know no exception/],
    [{ 'whitelist-source-range': '10.0.0.0/8', satisfy: 'any' }, /asks? for both/],
    [{ 'enable-cors': 'true', 'cors-allow-origin': 'shop' }, /is no origin/],
  ])('%j', (annotations, why) => {
    for (const target of TARGET_NAMES) {
      const [only] = asked(target, annotations, { input: 'tolerant' }).refused;
      expect(only?.reasons[0]?.message).toMatch(why);
    }
  });
});

test('without a target, the ones that could say it are named', () => {
  expect(refusals(asked(undefined, { 'auth-type': 'basic', 'auth-secret': 's' }))[0]).toBe(
    'default/web: nginx.ingress.kubernetes.io/auth-type: "basic" cannot be taken over: who may come in is no matter of HTTPRoute; use a policy of the implementation; --for envoy-gateway, nginx-gateway-fabric, kgateway, traefik says it',
  );
});

test('an annotation that says nothing without another one keeps no Ingress back', () => {
  expect(refusals(asked('cilium', { 'auth-secret': 's', 'session-cookie-name': 'c', satisfy: 'all' }))).toEqual([]);
  expect(refusals(asked(undefined, { 'auth-realm': 'x' }))).toEqual([]);
});

test('a target has its GatewayClass, by which routes are read as it orders them', () => {
  const regular = ingress('web', {
    annotations: { 'use-regex': 'true' },
    rules: [path('a.test', '/x[0-9]', 'ImplementationSpecific', 'main')],
  });
  const envoy = migrated([regular], { target: 'envoy-gateway', gatewayClass: 'mine', allowRegularExpressions: true });
  expect(envoy).toMatchObject({ gatewayClass: 'mine', migrated: ['default/web'], comparison: { proven: true } });
  const any = migrated([regular], { gatewayClass: 'mine', allowRegularExpressions: true });
  expect(any.comparison.proven).toBe(false);
  expect(TARGET_NAMES.map((target) => asked(target, {}).gatewayClass)).toEqual([
    'eg',
    'nginx',
    'kgateway',
    'istio',
    'traefik',
    'cilium',
  ]);
});

describe('what a conformance report lacks', () => {
  const web = ingress('web', {
    tls: [{ hosts: ['a.test'], secretName: 'a-tls' }],
    rules: [path('a.test', '/', 'Prefix', 'main')],
  });

  test('is told where it says nothing of a status', () => {
    const chain = [{ filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 308 } }] }] as never;
    const [target] = TARGETS.filter(({ name }) => name === 'istio') as [Target];
    const earlier = { ...target, conformance: { ...target.conformance, release: '1.28', gatewayApi: 'v1.4.0' } };
    expect(untoldIn(chain, earlier)).toEqual([
      'the redirect with status 308 is an extended feature, of which the conformance report of Istio 1.28 (for Gateway API v1.4.0) says nothing',
    ]);
    expect(untoldIn(chain, target)).toEqual([]);
    expect(migrated([web], { target: 'envoy-gateway' }).remarks).toEqual([]);
  });

  test('keeps an Ingress back whose listener is for a part of the hosts of another', () => {
    const others = ingress('others', {
      rules: [path('b.test', '/', 'Prefix', 'main'), path(undefined, '/', 'Prefix', 'other')],
    });
    const options = { defaultCertificate: { namespace: 'infra', name: 'all' } };
    expect(refusals(migrated([web, others], { ...options, target: 'traefik' }))).toEqual([
      'default/others: every host: the listener https-a.test is for a part of its hosts, and Traefik does not keep listeners apart (GatewayHTTPListenerIsolation)',
    ]);
    expect(migrated([web, others], { ...options, target: 'envoy-gateway' }).migrated).toHaveLength(2);
  });
});

test('upstream-vhost becomes the hostname of a URLRewrite, and what the backend sees is compared', () => {
  const migration = asked(undefined, { 'upstream-vhost': 'inner.test' });
  expect(migration).toMatchObject({ migrated: ['default/web'], refused: [] });
  expect(rulesOf(migration)).toMatchObject([
    { filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'inner.test' } }] },
  ]);
  const after = Routes.ofGateway([...services, ...migration.objects]);
  expect(after.route({ url: 'http://a.test/x' })).toMatchObject({ upstream: { path: '/x', host: 'inner.test' } });
  expect(seen(after.route({ url: 'http://a.test/x' }))).toBe('1 default/main:80');
  expect(refusals(asked(undefined, { 'upstream-vhost': '$service_name.test' }))[0]).toMatch(/is no hostname/);
});

test('every target that can be named is known', () => {
  expect(TARGETS.map(({ name }) => name)).toEqual(TARGET_NAMES);
});
