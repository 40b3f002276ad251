import { execFileSync } from 'node:child_process';
import { type Condition, type Route, Routes, type RoutingModel, sameRouting } from '../analysis';
import { Router } from '../analysis/routing/explain';

/**
 * The proof that two sets of manifests route alike: `node -r tsx/cjs bench/diff.ts`.
 *
 * Each line is measured in a process of its own. The last column is what one would have to ask who multiplies everything:
 * each host with each path and each combination of headers, both with and without.
 */
interface Size {
  readonly kind: 'plain' | 'canaries' | 'regex' | 'headers';
  readonly hosts: number;
  readonly paths: number;
  readonly headers: number;
  readonly changed: boolean;
}

interface Result {
  readonly milliseconds: number;
  readonly classes: number;
  readonly differences: number;
  readonly megabytes: number;
}

const SIZES: readonly Size[] = [
  { kind: 'plain', hosts: 50, paths: 500, headers: 0, changed: false },
  { kind: 'plain', hosts: 500, paths: 5_000, headers: 0, changed: false },
  { kind: 'plain', hosts: 500, paths: 5_000, headers: 0, changed: true },
  { kind: 'plain', hosts: 1, paths: 5_000, headers: 0, changed: false },
  { kind: 'plain', hosts: 5_000, paths: 50_000, headers: 0, changed: false },
  { kind: 'canaries', hosts: 500, paths: 5_000, headers: 1, changed: false },
  { kind: 'regex', hosts: 500, paths: 5_000, headers: 0, changed: false },
  { kind: 'regex', hosts: 1, paths: 500, headers: 0, changed: false },
  { kind: 'headers', hosts: 1, paths: 1, headers: 30, changed: false },
  { kind: 'headers', hosts: 1, paths: 1, headers: 300, changed: false },
  { kind: 'headers', hosts: 100, paths: 1_000, headers: 30, changed: true },
];

const PREFIX = 'nginx.ingress.kubernetes.io';

function ingressRoutes({ kind, hosts, paths }: Size, changed: boolean): Routes {
  const objects: object[] = [];
  for (let host = 0; host < hosts; host++) {
    const rules = (service: string) => [
      {
        host: `host-${host}.example.com`,
        http: {
          paths: Array.from({ length: paths / hosts }, (_, index) => ({
            path: index === 0 ? '/' : `/area/part-${index}`,
            pathType: kind === 'regex' ? 'ImplementationSpecific' : index % 2 === 0 ? 'Prefix' : 'Exact',
            backend: { service: { name: service, port: { number: 80 } } },
          })),
        },
      },
    ];
    const isChanged = changed && host === hosts - 1;
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
function headerRoutes({ hosts, paths, headers }: Size, changed: boolean): Routes {
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
              const isLast = changed && host === hosts - 1 && path === 0 && index === headers;
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
  return Object.assign(Object.create(Routes.prototype), {
    model,
    problems: [],
    notes: [],
    router: new Router(model, []),
  });
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
    rule: { ref, source: { file: '', line: 0, lineOf: () => 0 }, at: [] },
    notes: [],
  };
}

function measure(size: Size): Result {
  const make = size.kind === 'headers' ? headerRoutes : ingressRoutes;
  const [before, after] = [make(size, false), make(size, size.changed)];
  const start = performance.now();
  const { same, proven, classes, differences } = sameRouting(before, after);
  const milliseconds = performance.now() - start;
  if (same === size.changed || proven === size.changed) {
    throw new Error(`the answer is wrong: ${same}`);
  }
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  return { milliseconds, classes, differences: differences.length, megabytes };
}

function line(size: Size, { milliseconds, classes, differences, megabytes }: Result): string {
  const { hosts, paths, headers, kind, changed } = size;
  const product = 2 * hosts * 3 * paths * 2 ** headers;
  const large = product > 1e12 ? product.toExponential(0) : product.toLocaleString('en');
  const numbers = [hosts, paths, headers].map((number) => number.toLocaleString('en'));
  const answer = changed ? `${differences} differ` : 'the same';
  return `| ${[kind, ...numbers, answer, classes.toLocaleString('en'), `${Math.round(milliseconds)} ms`, `${megabytes} MB`, large].join(' | ')} |`;
}

const [chosen] = process.argv.slice(2);
if (chosen === undefined) {
  const heads = ['kind', 'hosts', 'paths', 'headers', 'answer', 'classes', 'time', 'memory', 'if multiplied'];
  console.log(`| ${heads.join(' | ')} |\n|${heads.map(() => '---').join('|')}|`);
  for (const [index, size] of SIZES.entries()) {
    const output = execFileSync(process.execPath, ['-r', 'tsx/cjs', __filename, String(index)], { encoding: 'utf8' });
    console.log(line(size, JSON.parse(output) as Result));
  }
} else {
  console.log(JSON.stringify(measure(SIZES[Number(chosen)] as Size)));
}
