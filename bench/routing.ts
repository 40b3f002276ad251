import { type Answer, manifestsOf, type Route, Routes, type VirtualHost } from '../analysis';
import { allHold } from '../analysis/routing/conditions';
import { answerOf } from '../analysis/routing/outcome';
import { type ParsedRequest, parsedRequest } from '../analysis/routing/request';
import { eachTimed, megabytes, micros, millis, printTable, ratio, timed } from './table';

/**
 * The routing engine beside a scan of the same model: `npm run bench routing`.
 *
 * Each line is measured in a process of its own. The scan does the same work, from the URL to the answer, but looks at hosts and
 * routes one after the other, as one would without an index.
 */
interface Size {
  readonly ingresses: number;
  readonly paths: number;
  readonly hosts: number;
  readonly kind: 'plain' | 'canaries' | 'regex' | 'wildcards';
}

interface Result {
  /** Milliseconds from objects to manifests, and from there to routes. */
  readonly read: number;
  readonly compile: number;
  /** Microseconds of one request. */
  readonly first: number;
  readonly request: number;
  /** Of these, taking the URL apart. */
  readonly url: number;
  readonly scan: number;
  readonly megabytes: number;
}

const SIZES: readonly Size[] = [
  { ingresses: 50, paths: 200, hosts: 50, kind: 'plain' },
  { ingresses: 500, paths: 2_000, hosts: 500, kind: 'plain' },
  { ingresses: 5_000, paths: 20_000, hosts: 5_000, kind: 'plain' },
  { ingresses: 5_000, paths: 20_000, hosts: 500, kind: 'plain' },
  { ingresses: 5_000, paths: 20_000, hosts: 1, kind: 'plain' },
  { ingresses: 5_000, paths: 20_000, hosts: 5_000, kind: 'canaries' },
  { ingresses: 5_000, paths: 20_000, hosts: 5_000, kind: 'wildcards' },
  { ingresses: 5_000, paths: 20_000, hosts: 5_000, kind: 'regex' },
  { ingresses: 5_000, paths: 20_000, hosts: 1, kind: 'regex' },
  { ingresses: 20_000, paths: 80_000, hosts: 20_000, kind: 'canaries' },
];

const PREFIX = 'nginx.ingress.kubernetes.io';

/** Ingresses that share their hosts in turn, each with paths and Services of its own. */
function objectsOf({ ingresses, paths, hosts, kind }: Size): object[] {
  const each = paths / ingresses;
  return Array.from({ length: ingresses }, (_, index) => {
    // Every second Ingress is a canary of the one before it.
    const isCanary = kind === 'canaries' && index % 2 === 1;
    const main = isCanary ? index - 1 : index;
    const service = isCanary ? `service-${main}-canary` : `service-${main}`;
    const canary = {
      [`${PREFIX}/canary`]: 'true',
      [`${PREFIX}/canary-by-header`]: 'X-Canary',
      [`${PREFIX}/canary-weight`]: '5',
    };
    const items = Array.from({ length: each }, (__, item) => ({
      path: item === 0 && hosts === ingresses ? '/' : `/area-${main}/part-${item}`,
      pathType: item % 2 === 0 ? 'Prefix' : 'Exact',
      backend: { service: { name: service, port: { number: 80 } } },
    }));
    return [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: service, namespace: 'shop' },
        spec: { ports: [{ port: 80 }] },
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: {
          name: `ingress-${index}`,
          namespace: 'shop',
          annotations: isCanary ? canary : kind === 'regex' ? { [`${PREFIX}/use-regex`]: 'true' } : {},
        },
        spec: {
          ingressClassName: 'nginx',
          tls: [{ hosts: [hostOf(main, hosts, kind)], secretName: 'tls' }],
          rules: [{ host: hostOf(main, hosts, kind), http: { paths: items } }],
        },
      },
    ];
  }).flat();
}

function hostOf(index: number, hosts: number, kind: Size['kind']): string {
  return `${kind === 'wildcards' ? '*.' : ''}host-${index % hosts}.example.com`;
}

function measure(size: Size): Result {
  const objects = objectsOf(size);
  const [reading, read] = timed(() => manifestsOf(objects));
  const [routes, compile] = timed(() => Routes.ofIngressNginx(reading));
  if (routes.problems.length > 0) {
    throw new Error(routes.problems[0]?.message);
  }
  const requests = Array.from({ length: 2_000 }, (_, index) => {
    const at = (index * 7919) % size.ingresses;
    const main = size.kind === 'canaries' ? at - (at % 2) : at;
    const host = hostOf(main, size.hosts, size.kind).replace('*', 'any');
    return { url: `https://${host}/area-${main}/part-${index % 4}` };
  });
  const [, warm] = timed(() => requests.map((request) => routes.route(request)));
  const request = eachTimed(requests, (request) => routes.route(request));
  const url = eachTimed(requests, parsedRequest);
  const sample = requests.slice(0, 200);
  const hosts = routes.model.listeners[0]?.hosts ?? [];
  for (const one of sample) {
    if (leadsTo(scanned(hosts, parsedRequest(one))) !== leadsTo(routes.route(one))) {
      throw new Error(`the scan finds something else for ${one.url}`);
    }
  }
  const scan = eachTimed(sample, (one) => scanned(hosts, parsedRequest(one)));
  return {
    read,
    compile,
    first: (warm / requests.length) * 1000,
    request,
    url,
    scan,
    megabytes: megabytes(),
  };
}

/** The answer of the first host and the first of its routes, by trying all. */
function scanned(hosts: readonly VirtualHost[], request: ParsedRequest): Answer {
  const { host, path = '' } = request;
  const route = hosts.find(({ name }) => isHost(name, host))?.routes.find((one) => isPath(one, path));
  const decision = route?.decisions.find(({ when }) => allHold(when, request) === true);
  return answerOf(decision?.outcome ?? { kind: 'not-found' }, decision?.rule ?? route?.rule, request);
}

function leadsTo(answer: Answer): string {
  return JSON.stringify('backends' in answer ? answer.backends : answer.outcome);
}

const EXPRESSIONS = new WeakMap<Route, RegExp>();

function isHost(name: VirtualHost['name'], host: string): boolean {
  return name.kind === 'exact'
    ? name.host === host
    : name.kind === 'label'
      ? host.endsWith(name.suffix) && /^[\w-]+$/.test(host.slice(0, -name.suffix.length))
      : name.kind === 'any';
}

function isPath(route: Route, path: string): boolean {
  const { path: match } = route;
  if (match.kind === 'pattern') {
    const expression = EXPRESSIONS.get(route) ?? new RegExp(match.pattern.javascript ?? '', 'i');
    EXPRESSIONS.set(route, expression);
    return expression.test(path);
  }
  return match.kind === 'exact' ? path === match.path : path.startsWith(match.path);
}

printTable<Size, Result>({
  file: __filename,
  heads: [
    'Ingresses',
    'paths',
    'hosts',
    'kind',
    'read',
    'compile',
    'first request',
    'request',
    'of it URL',
    'scan',
    'ratio',
    'memory',
  ],
  sizes: SIZES,
  measure,
  cells: ({ ingresses, paths, hosts, kind }, { read, compile, first, request, url, scan, megabytes }) => [
    ingresses,
    paths,
    hosts,
    kind,
    millis(read),
    millis(compile),
    micros(first),
    micros(request),
    micros(url),
    micros(scan),
    ratio(scan, request),
    `${megabytes} MB`,
  ],
});
