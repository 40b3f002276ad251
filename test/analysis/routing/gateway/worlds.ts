import fc from '../../../helpers/random';
import type { PlainRequest } from './plain';

// Small worlds of few names, so that everything meets: as the objects that an API server would have.

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly creationTimestamp?: string;
}

export interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  readonly tls?: {
    readonly mode?: string;
    readonly certificateRefs?: readonly { readonly name: string; readonly namespace?: string }[];
  };
  readonly allowedRoutes?: {
    readonly namespaces?: {
      readonly from?: string;
      readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
    };
    readonly kinds?: readonly { readonly kind: string }[];
  };
}

export interface GatewayObject {
  readonly metadata: Metadata;
  readonly spec: { readonly gatewayClassName: string; readonly listeners: readonly Listener[] };
}

interface Value {
  readonly name: string;
  readonly type?: string;
  readonly value: string;
}

export interface Match {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly Value[];
  readonly queryParams?: readonly Value[];
}

export interface Redirect {
  readonly scheme?: 'http' | 'https';
  readonly hostname?: string;
  readonly port?: number;
  readonly statusCode?: number;
  readonly path?: PathModifier;
}

interface PathModifier {
  readonly type: string;
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
}

export interface Rule {
  readonly matches?: readonly Match[];
  readonly filters?: readonly {
    readonly type: string;
    readonly requestRedirect?: Redirect;
    readonly urlRewrite?: { readonly hostname?: string; readonly path?: PathModifier };
  }[];
  readonly backendRefs?: readonly {
    readonly name: string;
    readonly namespace?: string;
    readonly port: number;
    readonly weight?: number;
  }[];
}

export interface HttpRoute {
  readonly metadata: Metadata;
  readonly spec: {
    readonly parentRefs: readonly {
      readonly name: string;
      readonly namespace?: string;
      readonly sectionName?: string;
      readonly port?: number;
    }[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly Rule[];
  };
}

export interface Grant {
  readonly metadata: Metadata;
  readonly spec: {
    readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
    readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
  };
}

export interface World {
  readonly gateway: GatewayObject;
  readonly routes: readonly HttpRoute[];
  readonly grants: readonly Grant[];
  readonly services: readonly {
    readonly metadata: Metadata;
    readonly spec: { readonly ports: readonly { readonly port: number }[] };
  }[];
  readonly namespaces: readonly {
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  }[];
}

/** The objects of a world, in an order that should not matter. */
export function objectsOf({ gateway, routes, grants, services, namespaces }: World): object[] {
  const api = 'gateway.networking.k8s.io/v1';
  return [
    ...routes.map((route) => ({ apiVersion: api, kind: 'HTTPRoute', ...route })),
    ...grants.map((grant) => ({ apiVersion: `${api}beta1`, kind: 'ReferenceGrant', ...grant })),
    { apiVersion: api, kind: 'Gateway', ...gateway },
    ...services.map((service) => ({ apiVersion: 'v1', kind: 'Service', ...service })),
    ...namespaces.map((namespace) => ({ apiVersion: 'v1', kind: 'Namespace', ...namespace })),
  ];
}

const API = 'gateway.networking.k8s.io';
const HOSTS = ['a.test', '*.a.test', 'b.a.test', '*.b.a.test', 'c.b.a.test', '*.test'];
const namespace = fc.constantFrom('shop', 'shop', 'infra', 'team');

/** A value, or as often nothing. */
function sometimes<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

/** A value now and then. */
function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary, weight: 1 });
}

/** Without the members that are undefined, as YAML would have it. */
function bare<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value;
}

const listener = fc
  .record({
    port: fc.constantFrom(80, 80, 443, 443, 8080),
    // Ports of several protocols are rare.
    odd: fc.constantFrom(...Array.from({ length: 15 }, () => false), true),
    isTls: fc.constantFrom(false, false, false, false, false, true),
    hostname: fc.option(fc.constantFrom('*.test', '*.test', '*.a.test', ...HOSTS), { nil: undefined, freq: 2 }),
    from: fc.constantFrom('All', 'All', 'All', 'All', 'All', 'All', 'Same', undefined, 'Selector', 'Selector'),
    labels: fc.constantFrom<Record<string, string>[]>(
      { team: 'a' },
      { team: 'b' },
      { 'kubernetes.io/metadata.name': 'team' },
      {},
    ),
    kinds: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 'HTTPRoute', 'GRPCRoute'),
    secret: fc.constantFrom(undefined, undefined, undefined, undefined, 'infra', 'shop'),
  })
  .map(({ port, odd, isTls, hostname, from, labels, kinds, secret }): Omit<Listener, 'name'> => {
    const isPlain = (port === 443) === odd;
    const protocol = isPlain ? 'HTTP' : isTls ? 'TLS' : 'HTTPS';
    return bare({
      port,
      protocol,
      hostname,
      tls: isPlain
        ? undefined
        : isTls
          ? { mode: 'Passthrough' }
          : { certificateRefs: [bare({ name: 'tls', namespace: secret })] },
      allowedRoutes: bare({
        namespaces: bare({ from, selector: from === 'Selector' ? { matchLabels: labels } : undefined }),
        kinds: kinds === undefined ? undefined : [{ kind: kinds }],
      }),
    } as Omit<Listener, 'name'>);
  });

const gateway: fc.Arbitrary<GatewayObject> = fc
  .uniqueArray(listener, {
    minLength: 2,
    maxLength: 6,
    selector: ({ port, protocol, hostname }) => `${port} ${protocol} ${hostname}`,
  })
  .map((listeners) => ({
    metadata: { name: 'web', namespace: 'infra' },
    spec: { gatewayClassName: 'any', listeners: listeners.map((one, index) => ({ name: `l${index}`, ...one })) },
  }));

const path = fc.oneof(
  fc.record({
    type: fc.constantFrom(undefined, 'PathPrefix', 'Exact'),
    value: fc.constantFrom('/', '/', '/a', '/a', '/a/', '/a/b', '/ab', '/b/c'),
  }),
  fc.record({ type: fc.constant('RegularExpression'), value: fc.constantFrom('/a.*', '/[ab]', '/a/b|/b') }),
);

function values(names: readonly string[]): fc.Arbitrary<readonly Value[] | undefined> {
  return rarely(
    fc.array(
      fc
        .record({
          name: fc.constantFrom(...names),
          type: fc.constantFrom(undefined, 'Exact', 'RegularExpression'),
          value: fc.constantFrom('1', '2', '12'),
        })
        .map(bare),
      { minLength: 1, maxLength: 3 },
    ),
  );
}

const match = fc
  .record({
    path: sometimes(path.map(bare)),
    method: fc.constantFrom(undefined, undefined, undefined, 'GET', 'POST'),
    headers: values(['x-a', 'X-A', 'x-b']),
    queryParams: values(['q', 'r', 'Q']),
  })
  .map(bare) as fc.Arbitrary<Match>;

const redirect = fc
  .record({
    scheme: sometimes(fc.constantFrom('http' as const, 'https' as const)),
    hostname: sometimes(fc.constant('to.test')),
    port: sometimes(fc.constantFrom(80, 443, 8080)),
    statusCode: sometimes(fc.constantFrom(301, 302, 307)),
    full: sometimes(fc.constantFrom('/full', '/full/')),
    prefix: sometimes(fc.constantFrom('', '/', '/new', '/new/')),
  })
  .map(({ full, prefix, ...rest }) => ({ rest: bare(rest), full, prefix }));

const backend = fc
  .record({
    name: fc.constantFrom('one', 'one', 'one', 'two', 'two', 'two', 'gone'),
    namespace: fc.constantFrom(undefined, undefined, undefined, undefined, 'shop', 'team'),
    port: fc.constantFrom(80, 80, 80, 80, 8080, 81),
    weight: sometimes(fc.constantFrom(0, 1, 3, 95)),
  })
  .map(bare);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    matches: sometimes(fc.array(match, { minLength: 1, maxLength: 3 })),
    backendRefs: fc.option(fc.array(backend, { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 10 }),
    change: fc.constantFrom('none', 'none', 'none', 'redirect', 'rewrite'),
    to: redirect,
  })
  .map(({ matches, backendRefs, change, to }) => {
    if (change === 'none') {
      return bare({ matches, backendRefs });
    }
    const types = matches?.map((one) => one.path?.type ?? 'PathPrefix') ?? ['PathPrefix'];
    const canReplace = types.length === 1 && types[0] === 'PathPrefix';
    const path =
      to.full !== undefined
        ? { type: 'ReplaceFullPath', replaceFullPath: to.full }
        : to.prefix !== undefined && canReplace
          ? { type: 'ReplacePrefixMatch', replacePrefixMatch: to.prefix }
          : undefined;
    if (change === 'rewrite') {
      const { hostname } = to.rest;
      // Of both, at least one has to be there.
      const urlRewrite = bare({ hostname: hostname ?? (path === undefined ? 'to.test' : undefined), path });
      return bare({ matches, backendRefs, filters: [{ type: 'URLRewrite', urlRewrite }] }) as Rule;
    }
    const requestRedirect = bare({ ...to.rest, path }) as Redirect;
    return bare({ matches, filters: [{ type: 'RequestRedirect', requestRedirect }] });
  });

const route = fc
  .record({
    namespace,
    created: fc.constantFrom(undefined, undefined, '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    isAttached: fc.constantFrom(true, true, true, true, true, true, true, false),
    section: fc.constantFrom(...Array.from({ length: 9 }, () => undefined), 'l0', 'l1', 'l9'),
    port: fc.constantFrom(...Array.from({ length: 9 }, () => undefined), 80, 443),
    hostnames: sometimes(fc.uniqueArray(fc.constantFrom(...HOSTS), { minLength: 1, maxLength: 3 })),
    rules: fc.option(fc.array(rule, { minLength: 1, maxLength: 4 }), { nil: undefined, freq: 20 }),
  })
  .map(
    ({
      namespace: own,
      created,
      isAttached,
      section,
      port,
      hostnames,
      rules,
    }): Omit<HttpRoute, 'metadata'> & { own: string; created: string | undefined } => ({
      own,
      created,
      spec: bare({
        parentRefs: [
          bare({ name: isAttached ? 'web' : 'other', namespace: 'infra', sectionName: section, port }) as {
            name: string;
          },
        ],
        hostnames,
        rules,
      }) as HttpRoute['spec'],
    }),
  );

const grant: fc.Arbitrary<Grant> = fc
  .record({
    to: namespace,
    from: namespace,
    isForGateway: fc.boolean(),
    name: fc.constantFrom(undefined, undefined, 'one', 'tls'),
  })
  .map(({ to, from, isForGateway, name }) => ({
    metadata: { name: 'grant', namespace: to },
    spec: {
      from: [{ group: API, kind: isForGateway ? 'Gateway' : 'HTTPRoute', namespace: from }],
      to: [bare({ group: '', kind: isForGateway ? 'Secret' : 'Service', name }) as { group: string; kind: string }],
    },
  }));

export const randomWorld: fc.Arbitrary<World> = fc
  .record({
    gateway,
    routes: fc.array(route, { minLength: 3, maxLength: 8 }),
    grants: fc.uniqueArray(grant, { maxLength: 3, selector: ({ metadata }) => metadata.namespace }),
    missing: fc.constantFrom('', '', 'shop/one', 'team/two'),
    labels: fc.constantFrom<Record<string, string>[]>({}, { team: 'a' }, { team: 'b' }),
  })
  .map(({ gateway: own, routes, grants, missing, labels }) => ({
    gateway: own,
    routes: routes.map(({ own: where, created, spec }, index) => ({
      metadata: bare({ name: `r${9 - index}`, namespace: where, creationTimestamp: created }) as Metadata,
      spec,
    })),
    grants,
    services: ['shop', 'team', 'infra'].flatMap((where) =>
      ['one', 'two']
        .filter((name) => `${where}/${name}` !== missing)
        .map((name) => ({
          metadata: { name, namespace: where },
          spec: {
            ports: [
              { name: 'a', port: 80 },
              { name: 'b', port: 8080 },
            ],
          },
        })),
    ),
    namespaces: [{ metadata: { name: 'team', labels } }],
  }));

/** Requests that those worlds tell apart. */
export const randomRequest: fc.Arbitrary<PlainRequest> = fc
  .record({
    entry: fc.constantFrom<[PlainRequest['scheme'], number][]>(
      ...Array.from({ length: 4 }, (): [PlainRequest['scheme'], number][] => [
        ['http', 80],
        ['https', 443],
      ]).flat(),
      ['http', 8080],
      ['https', 8080],
      ['http', 443],
    ),
    host: fc.constantFrom(
      'a.test',
      'a.test',
      'b.a.test',
      'b.a.test',
      'x.a.test',
      'c.b.a.test',
      'y.x.a.test',
      'x.test',
      'other',
    ),
    path: fc.constantFrom('/', '/a', '/a', '/a/', '/a/b', '/a/b', '/a/b/', '/ab', '/b', '/b/c', '/b/c/d', '/c'),
    query: fc.constantFrom<PlainRequest['query'][]>(
      [],
      [],
      [['q', '1']],
      [['q', '12']],
      [
        ['r', '1'],
        ['q', '2'],
      ],
      [
        ['q', '2'],
        ['q', '1'],
      ],
      [['Q', '1']],
    ),
    method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'PUT'),
    headers: fc.constantFrom<PlainRequest['headers'][]>(
      {},
      {},
      { 'X-A': '1' },
      { 'x-a': '12' },
      { 'x-A': '2', 'X-B': '1' },
      { 'x-b': '12' },
    ),
  })
  .map(({ entry: [scheme, port], ...rest }) => ({ scheme, port, ...rest }));
