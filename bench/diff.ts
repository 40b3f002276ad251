import { type Condition, type Route, Routes, type RoutingModel, sameRouting } from '../analysis';
import { routesOfModel } from '../test/analysis/diff/models';
import { megabytes, millis, printTable } from './table';

/**
 * The proof that two sets of manifests route alike: `npm run bench diff`.
 *
 * Each line is measured in a process of its own. The last column is what one would have to ask who multiplies everything:
 * each host with each path and each combination of headers, both with and without.
 */
interface Size {
  readonly kind: 'plain' | 'canaries' | 'regex' | 'headers';
  readonly hosts: number;
  readonly paths: number;
  readonly headers: number;
  /** How many hosts have another Service on the other side. */
  readonly changed: number;
}

interface Result {
  readonly milliseconds: number;
  readonly classes: number;
  readonly differences: number;
  readonly megabytes: number;
}

const SIZES: readonly Size[] = [
  { kind: 'plain', hosts: 50, paths: 500, headers: 0, changed: 0 },
  { kind: 'plain', hosts: 500, paths: 5_000, headers: 0, changed: 0 },
  { kind: 'plain', hosts: 500, paths: 5_000, headers: 0, changed: 1 },
  { kind: 'plain', hosts: 1, paths: 5_000, headers: 0, changed: 0 },
  { kind: 'plain', hosts: 5_000, paths: 50_000, headers: 0, changed: 0 },
  { kind: 'plain', hosts: 5_000, paths: 50_000, headers: 0, changed: 50 },
  { kind: 'canaries', hosts: 500, paths: 5_000, headers: 1, changed: 0 },
  { kind: 'regex', hosts: 500, paths: 5_000, headers: 0, changed: 0 },
  { kind: 'regex', hosts: 500, paths: 5_000, headers: 0, changed: 50 },
  { kind: 'regex', hosts: 500, paths: 5_000, headers: 0, changed: 500 },
  { kind: 'regex', hosts: 5_000, paths: 50_000, headers: 0, changed: 50 },
  { kind: 'regex', hosts: 1, paths: 500, headers: 0, changed: 0 },
  { kind: 'headers', hosts: 1, paths: 1, headers: 30, changed: 0 },
  { kind: 'headers', hosts: 1, paths: 1, headers: 300, changed: 0 },
  { kind: 'headers', hosts: 100, paths: 1_000, headers: 30, changed: 1 },
];

const PREFIX = 'nginx.ingress.kubernetes.io';

function ingressRoutes({ kind, hosts, paths }: Size, changed: number): Routes {
  const objects: object[] = [];
  for (let host = 0; host < hosts; host++) {
    const rules = (service: string) => [
      {
        host: `host-${host}.example.com`,
        http: {
          paths: Array.from({ length: paths / hosts }, (_, index) => ({
            path: index === 0 ? '/' : `/area-${host}/part-${index}`,
            pathType: kind === 'regex' ? 'ImplementationSpecific' : index % 2 === 0 ? 'Prefix' : 'Exact',
            backend: { service: { name: service, port: { number: 80 } } },
          })),
        },
      },
    ];
    const isChanged = host >= hosts - changed;
    const annotations = kind === 'regex' ? { [`${PREFIX}/use-regex`]: 'true' } : {};
    objects.push(service(`s-${host}`), service('other'));
    objects.push(ingress(`i-${host}`, annotations, rules(isChanged ? 'other' : `s-${host}`)));
    if (kind === 'canaries') {
      const canary = { canary: 'true', 'canary-by-header': 'X-Canary', 'canary-weight': '5' };
      const own = Object.fromEntries(Object.entries(canary).map(([name, value]) => [`${PREFIX}/${name}`, value]));
      objects.push(service(`c-${host}`), ingress(`c-${host}`, own, rules(`c-${host}`)));
    }
  }
  const routes = Routes.ofIngressNginx([...new Map(objects.map((one) => [JSON.stringify(one), one])).values()]);
  if (routes.problems[0] !== undefined) {
    throw new Error(routes.problems[0].message);
  }
  return routes;
}

function service(name: string): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { ports: [{ port: 80 }] } };
}

function ingress(name: string, annotations: object, rules: readonly object[]): object {
  const metadata = { name, namespace: 'shop', annotations };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { ingressClassName: 'nginx', rules } };
}

/** Hosts whose paths are each decided by many headers, one after the other. */
function headerRoutes({ hosts, paths, headers }: Size, changed: number): Routes {
  const model: RoutingModel = {
    listeners: [
      {
        scheme: undefined,
        port: undefined,
        hosts: Array.from({ length: hosts }, (_, host) => ({
          name: { kind: 'exact', host: `host-${host}.example.com` },
          tls: true,
          routes: Array.from({ length: paths / hosts }, (__, path) =>
            Array.from({ length: headers + 1 }, (___, index) => {
              const isLast = host >= hosts - changed && path === 0 && index === headers;
              return route(
                `/area/part-${path}`,
                index < headers ? `X-${index}` : undefined,
                isLast ? 'other' : `s-${index}`,
              );
            }),
          ).flat(),
        })),
      },
    ],
  };
  return routesOfModel(model);
}

function route(path: string, header: string | undefined, name: string): Route {
  const conditions: Condition[] =
    header === undefined ? [] : [{ kind: 'header', name: header.toLowerCase(), value: { is: 'equal', text: 'on' } }];
  const backends = [{ namespace: 'shop', service: name, port: 80, weight: 1 }];
  const ref = { kind: 'HTTPRoute', namespace: 'shop', name: 'web', host: null, path, pathType: 'PathPrefix' };
  return {
    path: { kind: 'elements', path },
    conditions,
    decisions: [{ when: [], outcome: { kind: 'backends', backends }, reason: '', by: undefined, rule: undefined }],
    rule: { ref, source: { file: '', line: 0, lineOf: () => 0, columnOf: () => 0, spanOf: () => undefined }, at: [] },
    notes: [],
  };
}

function measure(size: Size): Result {
  const make = size.kind === 'headers' ? headerRoutes : ingressRoutes;
  const [before, after] = [make(size, 0), make(size, size.changed)];
  const start = performance.now();
  const { same, proven, classes, differences } = sameRouting(before, after);
  const milliseconds = performance.now() - start;
  if (same !== (size.changed === 0) || proven !== same) {
    throw new Error(`the answer is wrong: ${same}`);
  }
  return { milliseconds, classes, differences: differences.length, megabytes: megabytes() };
}

function cells(size: Size, { milliseconds, classes, differences, megabytes }: Result): (string | number)[] {
  const { hosts, paths, headers, kind, changed } = size;
  const product = 2 * hosts * 3 * paths * 2 ** headers;
  const large = product > 1e12 ? product.toExponential(0) : product;
  const answer = changed ? `${differences} differ` : 'the same';
  return [kind, hosts, paths, headers, answer, classes, millis(milliseconds), `${megabytes} MB`, large];
}

printTable({
  file: __filename,
  heads: ['kind', 'hosts', 'paths', 'headers', 'answer', 'classes', 'time', 'memory', 'if multiplied'],
  sizes: SIZES,
  measure,
  cells,
});
