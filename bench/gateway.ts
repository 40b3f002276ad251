import { manifestsOf, type RouteRequest, Routes } from '../analysis';
import { eachTimed, megabytes, micros, millis, printTable, ratio, timed } from './table';

/**
 * The reader of the Gateway API beside the one of Ingresses, given the same routes: `npm run bench gateway`.
 *
 * Each line is measured in a process of its own.
 */
interface Size {
  readonly routes: number;
  readonly paths: number;
  readonly hosts: number;
  readonly kind: 'plain' | 'both listeners' | 'headers' | 'queries' | 'gRPC' | 'wildcards' | 'fall through' | 'regex';
}

interface Result {
  /** Milliseconds from manifests to routes, for HTTPRoutes and for Ingresses. */
  readonly gateway: number;
  readonly ingress: number;
  /** Microseconds of one request. */
  readonly request: number;
  readonly ingressRequest: number;
  readonly megabytes: number;
}

const SIZES: readonly Size[] = [
  { routes: 50, paths: 200, hosts: 50, kind: 'plain' },
  { routes: 500, paths: 2_000, hosts: 500, kind: 'plain' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'plain' },
  { routes: 5_000, paths: 20_000, hosts: 500, kind: 'plain' },
  { routes: 5_000, paths: 20_000, hosts: 1, kind: 'plain' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'both listeners' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'headers' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'queries' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'gRPC' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'wildcards' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'fall through' },
  { routes: 5_000, paths: 20_000, hosts: 5_000, kind: 'regex' },
  { routes: 20_000, paths: 80_000, hosts: 20_000, kind: 'plain' },
];

const API = 'gateway.networking.k8s.io/v1';

/** The paths of one route: the first is for all where hosts are not shared. */
function pathsOf(
  { routes, paths, hosts, kind }: Size,
  index: number,
): { readonly path: string; readonly exact: boolean }[] {
  return Array.from({ length: paths / routes }, (_, item) => ({
    path: item === 0 && hosts === routes && kind !== 'fall through' ? '/' : pathOf(index, item, kind),
    exact: item % 2 === 1,
  }));
}

/** Names of gRPC have no hyphens. */
function pathOf(index: number, item: number, kind: Size['kind']): string {
  return kind === 'gRPC' ? `/area_${index}/part_${item}` : `/area-${index}/part-${item}`;
}

function hostOf(index: number, { hosts, kind }: Size): string {
  return `${kind === 'wildcards' ? '*.' : ''}host-${index % hosts}.example.com`;
}

function service(index: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `service-${index}`, namespace: 'shop' },
    spec: { ports: [{ port: 80 }] },
  };
}

/** HTTPRoutes, or GRPCRoutes, that share their hosts in turn, each with paths and a Service of its own. */
function gatewayObjects(size: Size): object[] {
  const { kind } = size;
  const allowedRoutes = { namespaces: { from: 'All' } };
  const tls = { certificateRefs: [{ name: 'tls' }] };
  const routes = Array.from({ length: size.routes }, (_, index) => {
    const matches = pathsOf(size, index).map((one, item) =>
      kind === 'gRPC' ? methodMatch(one.path) : pathMatch(one, item, kind),
    );
    const route = httpRoute(`route-${index}`, [hostOf(index, size)], kind === 'both listeners' ? undefined : 'https', [
      { matches, backendRefs: [{ name: `service-${index}`, port: 80 }] },
    ]);
    return [service(index), kind === 'gRPC' ? { ...route, kind: 'GRPCRoute' } : route];
  }).flat();
  const wide = Array.from({ length: 50 }, (_, index) =>
    httpRoute(`wide-${index}`, ['*.example.com'], 'https', [
      { matches: [{ path: { value: `/wide-${index}` } }], backendRefs: [{ name: 'service-0', port: 80 }] },
    ]),
  );
  return [
    {
      apiVersion: API,
      kind: 'Gateway',
      metadata: { name: 'web', namespace: 'infra' },
      spec: {
        gatewayClassName: 'any',
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes },
          { name: 'https', port: 443, protocol: 'HTTPS', tls, allowedRoutes },
        ],
      },
    },
    ...routes,
    ...(kind === 'fall through' ? wide : []),
  ];
}

function pathMatch(
  { path, exact }: { readonly path: string; readonly exact: boolean },
  item: number,
  kind: Size['kind'],
): object {
  return {
    path:
      kind === 'regex'
        ? { type: 'RegularExpression', value: `${path}.*` }
        : { type: exact ? 'Exact' : 'PathPrefix', value: path },
    ...(kind === 'headers' ? { headers: [{ name: 'X-Version', value: String(item) }] } : {}),
    ...(kind === 'queries' ? { queryParams: [{ name: 'version', value: String(item) }] } : {}),
  };
}

function methodMatch(path: string): object {
  const [, service, method] = path.split('/');
  return service === '' ? {} : { method: { service, method } };
}

function httpRoute(name: string, hostnames: string[], sectionName: string | undefined, rules: object[]): object {
  const parent = { name: 'web', namespace: 'infra', ...(sectionName === undefined ? {} : { sectionName }) };
  return {
    apiVersion: API,
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'shop' },
    spec: { parentRefs: [parent], hostnames, rules },
  };
}

/** The same as Ingresses, as far as these can say it. */
function ingressObjects(size: Size): object[] {
  return Array.from({ length: size.routes }, (_, index) => {
    const paths = pathsOf(size, index).map(({ path, exact }) => ({
      path,
      pathType: exact ? 'Exact' : 'Prefix',
      backend: { service: { name: `service-${index}`, port: { number: 80 } } },
    }));
    const annotations = size.kind === 'regex' ? { 'nginx.ingress.kubernetes.io/use-regex': 'true' } : {};
    const host = hostOf(index, size);
    return [
      service(index),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: `ingress-${index}`, namespace: 'shop', annotations },
        spec: {
          ingressClassName: 'nginx',
          tls: [{ hosts: [host], secretName: 'tls' }],
          rules: [{ host, http: { paths } }],
        },
      },
    ];
  }).flat();
}

function measure(size: Size): Result {
  const [one, other] = [manifestsOf(gatewayObjects(size)), manifestsOf(ingressObjects(size))];
  const [gateway, gatewayTime] = timed(() => Routes.ofGateway(one));
  const [ingress, ingressTime] = timed(() => Routes.ofIngressNginx(other));
  for (const { problems } of [gateway, ingress]) {
    if (problems.length > 0) {
      throw new Error(problems[0]?.message);
    }
  }
  const requests = Array.from({ length: 2_000 }, (_, index): RouteRequest => {
    const at = (index * 7919) % size.routes;
    const host = hostOf(at, size).replace('*', 'any');
    const url = `https://${host}${pathOf(at, index % 4, size.kind)}`;
    return size.kind === 'gRPC'
      ? { url, method: 'POST', headers: { 'Content-Type': 'application/grpc' } }
      : {
          url: size.kind === 'queries' ? `${url}?version=${index % 4}` : url,
          headers: { 'X-Version': String(index % 4) },
        };
  });
  const perRequest = (routes: Routes) => eachTimed(requests, (request) => routes.route(request));
  return {
    gateway: gatewayTime,
    ingress: ingressTime,
    request: perRequest(gateway),
    ingressRequest: perRequest(ingress),
    megabytes: megabytes(),
  };
}

printTable<Size, Result>({
  file: __filename,
  heads: ['routes', 'paths', 'hosts', 'kind', 'HTTPRoutes', 'Ingresses', 'ratio', 'request', 'of Ingresses', 'memory'],
  sizes: SIZES,
  measure,
  cells: ({ routes, paths, hosts, kind }, { gateway, ingress, request, ingressRequest, megabytes }) => [
    routes,
    paths,
    hosts,
    kind,
    millis(gateway),
    millis(ingress),
    ratio(gateway, ingress),
    micros(request),
    micros(ingressRequest),
    `${megabytes} MB`,
  ],
});
