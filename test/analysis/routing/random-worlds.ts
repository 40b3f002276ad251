import fc from '../../helpers/random';
import type {
  PlainCanary,
  PlainController,
  PlainGarbled,
  PlainIngress,
  PlainPath,
  PlainRequest,
  PlainService,
  PlainWorld,
} from './plain';

/** Few names, so that rules meet. */
const HOSTS = ['a.test', 'b.a.test', '*.a.test', '*.test', 'www.a.test', undefined] as const;
const ALIASES = ['alias.test', 'b.a.test', 'c.a.test', '*.c.test', '*.b.a.test'];
const PLAIN_PATHS = ['/', '/foo', '/foo/', '/foo/bar', '/foobar', '/Foo', '/healthz', '/.well-known/acme-challenge'];
const REGEX_PATHS = ['/foo(/|$)(.*)', '/[a-f]+', '/fo.$', '', '/'];
const UDP = [
  { name: 'quic', port: 82, target: 8443, udp: true },
  { name: 'dns', port: 53, target: 'dns', udp: true },
];
const SERVICES: PlainService[] = ['one', 'two'].flatMap((namespace) =>
  ['s', 't', 'u'].map((name) => ({
    namespace,
    name,
    ports: [
      { name: 'http', port: 80, target: 8080 },
      { name: 'other', port: 81, target: 'web' },
      ...(name === 't' ? UDP : []),
    ],
  })),
);

const backend = fc.record({
  service: fc.constantFrom('s', 't', 'u', 'missing'),
  port: fc.constantFrom<number | string>(80, 80, 80, 'http', 8080, 'web', 82, 53),
});

const path: fc.Arbitrary<PlainPath> = fc
  .oneof(
    fc.record({
      path: fc.constantFrom(...PLAIN_PATHS),
      pathType: fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific'),
    }),
    fc.record({ path: fc.constantFrom(...REGEX_PATHS), pathType: fc.constant('ImplementationSpecific') }),
  )
  .chain(({ path: text, pathType }) =>
    backend.map((to) => ({ path: text, pathType: pathType as PlainPath['pathType'], ...to })),
  );

const rule = fc.record({ host: fc.constantFrom(...HOSTS), paths: fc.array(path, { minLength: 1, maxLength: 3 }) });

const canary: fc.Arbitrary<PlainCanary> = fc.record({
  weight: fc.constantFrom(-5, 0, 5, 50, 100, 105),
  total: fc.constantFrom(-1, 50, 100, 200),
  header: fc.constantFrom('', 'FOO', 'x_canary', 'x.dot'),
  value: fc.constantFrom('', 'bar'),
  pattern: fc.constantFrom('', '^b.*r$', 'ba'),
  cookie: fc.constantFrom('', 'ck'),
});

/** Mostly unset, so that each is seen alone as well. */
function seldom<T>(unset: T, ...set: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(unset) }, { weight: 1, arbitrary: fc.constantFrom(...set) });
}

const ingress: fc.Arbitrary<Omit<PlainIngress, 'name'>> = fc
  .record({
    namespace: fc.constantFrom('one', 'two'),
    created: fc.constantFrom(undefined, undefined, 100, 200),
    canary: fc.option(canary, { nil: undefined, freq: 2 }),
    sslRedirect: fc.boolean(),
    forceSsl: seldom(false, true),
    keepSlash: fc.boolean(),
    useRegex: seldom(false, true),
    rewriteTarget: seldom('', '/', '/foo', '/$2', '/x/$1$2', '/$1'),
    redirectTo: seldom('', 'https://else.test/there'),
    appRoot: seldom('', '/app', '/foo'),
    fromToWww: seldom(false, true),
    aliases: fc.subarray(ALIASES, { maxLength: 2 }),
    tls: fc.boolean(),
    defaultBackend: fc.option(backend, { nil: undefined, freq: 3 }),
    rules: fc.array(rule, { maxLength: 3 }),
  })
  .map((one) =>
    one.rules.length === 0 && one.defaultBackend === undefined
      ? { ...one, defaultBackend: { service: 's', port: 80 } }
      : one,
  );

/** Some Ingresses and Services. Every second canary has the host and path of a main Ingress. */
export const randomWorld: fc.Arbitrary<PlainWorld> = fc
  .record({
    drafts: fc.array(ingress, { minLength: 1, maxLength: 6 }),
    services: fc.subarray(SERVICES, { minLength: 4 }),
    like: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  })
  .map(({ drafts, services, like }) => {
    const mains = drafts.filter((draft) => draft.canary === undefined && draft.rules.length > 0);
    const ingresses = drafts.map((draft, index): PlainIngress => {
      const pick = like[index] as number;
      const main = mains[pick % Math.max(mains.length, 1)];
      const matched = draft.canary !== undefined && main !== undefined && pick % 2 === 0;
      const rules = matched
        ? main.rules.map(({ host, paths }) => ({
            host,
            paths: paths.map((one) => ({ ...one, service: pick % 3 === 0 ? one.service : 'u' })),
          }))
        : draft.rules;
      // A redirect to or from `www.*.test` is nothing that nginx can have.
      const fromToWww = draft.fromToWww && rules.every(({ host }) => host?.startsWith('*') !== true);
      return { ...draft, rules, fromToWww, namespace: matched ? main.namespace : draft.namespace, name: `i${index}` };
    });
    return { ingresses, services };
  });

const URIS = [
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/foo/bar/',
  '/foobar',
  '/FOO',
  '/Foo/x',
  '/healthz',
  '/nginx_status/x',
];
const ODD_URIS = [
  '//foo',
  '/foo//bar',
  '/./foo',
  '/foo/..',
  '/x/../foo/bar',
  '/%66oo',
  '/foo%2fbar',
  '/..',
  '/foo%',
  '/%2e%2e/foo',
  '/.well-known/acme-challenge/token',
  '/.well-known/acme-challenge',
  '/abc',
  '/for',
];

export const randomRequest: fc.Arbitrary<PlainRequest> = fc
  .record({
    scheme: fc.constantFrom('http', 'https'),
    host: fc.constantFrom(
      'a.test',
      'b.a.test',
      'c.a.test',
      'b.b.a.test',
      'x.test',
      'WWW.a.test',
      'www.www.a.test',
      'alias.test',
      'z.c.test',
      'y.z.c.test',
      'www.b.a.test',
      'else',
    ),
    uri: fc.oneof(fc.constantFrom(...URIS), fc.constantFrom(...ODD_URIS)),
    query: fc.constantFrom('', '?q=1', '?a=b/', '?'),
    foo: fc.constantFrom(undefined, 'bar', 'bear', 'always', 'never', ''),
    xCanary: fc.constantFrom(undefined, 'bar', 'always'),
    dot: fc.constantFrom(undefined, 'bar', 'always'),
    cookie: fc.constantFrom(undefined, 'ck=always', 'a=b; CK=never', 'ckx=always', 'a=b; ck=other'),
  })
  .map(({ scheme, host, uri, query, foo, xCanary, dot, cookie }) => ({
    scheme: scheme as 'http' | 'https',
    host,
    uri: uri + query,
    headers: {
      ...(foo === undefined ? {} : { Foo: foo }),
      ...(xCanary === undefined ? {} : { 'X-Canary': xCanary }),
      ...(dot === undefined ? {} : { 'X.Dot': dot }),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    },
  }));

const GARBLED: readonly PlainGarbled[] = [
  { name: 'limit-burst-multiplier', value: 'x', failure: 'absent' },
  { name: 'use-port-in-redirects', value: 'on', failure: 'absent' },
  { name: 'proxy-body-size', value: '', failure: 'absent' },
  { name: 'limit-rps', value: '5/s', failure: 'drops' },
  { name: 'load-balance', value: 'least_conn', failure: 'drops' },
  { name: 'permanent-redirect-code', value: '302', failure: 'absent' },
  { name: 'x-forwarded-prefix', value: '/a?', failure: 'drops' },
  { name: 'whitelist-source-range', value: 'office', failure: 'denies' },
  { name: 'auth-type', value: 'basic', failure: 'denies' },
];

const controller: fc.Arbitrary<PlainController> = fc.record({
  release: fc.constantFrom(8, 11, 12, 15),
  forwardedHeaders: fc.boolean(),
});

/** The same with a controller of some release, and with values that it cannot use. */
export const randomControlledWorld: fc.Arbitrary<PlainWorld> = fc
  .record({
    world: randomWorld,
    controller: fc.option(controller, { nil: undefined }),
    garbled: fc.array(fc.option(fc.constantFrom(...GARBLED), { nil: undefined, freq: 4 }), {
      minLength: 6,
      maxLength: 6,
    }),
  })
  .map(({ world, controller: told, garbled }) => ({
    ...world,
    controller: told,
    // A code is all that redirects to a URL have in common with it.
    ingresses: world.ingresses.map((one, index) => ({
      ...one,
      garbled: garbled[index]?.name === 'permanent-redirect-code' && one.redirectTo !== '' ? undefined : garbled[index],
    })),
  }));

/** A request that came through a proxy, or says so. */
export const randomForwardedRequest: fc.Arbitrary<PlainRequest> = fc
  .record({
    request: randomRequest,
    proto: fc.constantFrom(undefined, undefined, 'http', 'https', 'HTTP', ''),
    host: fc.constantFrom(undefined, undefined, 'front.test', 'front.test:8443, b.test'),
    port: fc.constantFrom(undefined, undefined, '8443'),
  })
  .map(({ request, proto, host, port }) => ({
    ...request,
    headers: {
      ...request.headers,
      ...(proto === undefined ? {} : { 'X-Forwarded-Proto': proto }),
      ...(host === undefined ? {} : { 'X-Forwarded-Host': host }),
      ...(port === undefined ? {} : { 'X-Forwarded-Port': port }),
    },
  }));

/** The same as Kubernetes objects. */
export function objectsOf({ ingresses, services, controller: told }: PlainWorld): readonly object[] {
  const controllers = told === undefined ? [] : controllerObjects(told);
  return [...services.map(serviceObject), ...ingresses.map(ingressObject), ...controllers];
}

function controllerObjects({ release, forwardedHeaders }: PlainController): readonly object[] {
  const image = `registry.k8s.io/ingress-nginx/controller:v1.${release}.0`;
  const containers = [{ name: 'controller', image, args: ['--configmap=infra/settings'] }];
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'infra', name: 'controller' },
      spec: { template: { spec: { containers } } },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'infra', name: 'settings' },
      data: { 'use-forwarded-headers': String(forwardedHeaders) },
    },
  ];
}

function serviceObject({ namespace, name, ports }: PlainService): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name },
    spec: {
      ports: ports.map(({ target, udp, ...port }) => ({
        ...port,
        targetPort: target,
        ...(udp === true ? { protocol: 'UDP' } : {}),
      })),
    },
  };
}

function ingressObject(one: PlainIngress): object {
  const annotations = new Map<string, string>();
  const set = (name: string, value: string) => annotations.set(`nginx.ingress.kubernetes.io/${name}`, value);
  const setText = (name: string, value: string) => value !== '' && set(name, value);
  const { canary: policy } = one;
  if (policy !== undefined) {
    set('canary', 'true');
    set('canary-weight', String(policy.weight));
    set('canary-weight-total', String(policy.total));
    setText('canary-by-header', policy.header);
    setText('canary-by-header-value', policy.value);
    setText('canary-by-header-pattern', policy.pattern);
    setText('canary-by-cookie', policy.cookie);
  }
  set('ssl-redirect', String(one.sslRedirect));
  set('force-ssl-redirect', String(one.forceSsl));
  set('preserve-trailing-slash', String(one.keepSlash));
  set('use-regex', String(one.useRegex));
  setText('rewrite-target', one.rewriteTarget);
  setText('permanent-redirect', one.redirectTo);
  setText('app-root', one.appRoot);
  set('from-to-www-redirect', String(one.fromToWww));
  setText('server-alias', one.aliases.join(', '));
  if (one.garbled !== undefined) {
    set(one.garbled.name, one.garbled.value);
  }
  const port = (value: number | string) => (typeof value === 'number' ? { number: value } : { name: value });
  const service = (to: { service: string; port: number | string }) => ({
    service: { name: to.service, port: port(to.port) },
  });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      namespace: one.namespace,
      name: one.name,
      annotations: Object.fromEntries(annotations),
      ...(one.created === undefined ? {} : { creationTimestamp: new Date(one.created * 1000).toISOString() }),
    },
    spec: {
      ingressClassName: 'nginx',
      ...(one.defaultBackend === undefined ? {} : { defaultBackend: service(one.defaultBackend) }),
      ...(one.tls ? { tls: [{ secretName: 'tls' }] } : {}),
      rules: one.rules.map(({ host, paths }) => ({
        host,
        http: { paths: paths.map((item) => ({ path: item.path, pathType: item.pathType, backend: service(item) })) },
      })),
    },
  };
}
