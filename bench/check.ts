import { check } from '../analysis/check';
import { Cluster } from '../analysis/connectivity';
import { manifestsOf } from '../analysis/manifest';
import { clusterOf } from './connectivity-clusters';
import { megabytes, printTable, ratio, seconds, timed } from './table';

/**
 * What is wrong with a cluster: `npm run bench check`.
 *
 * Beside each other stand all rules on objects that are read, and the list of connections of the same objects. Each workload has a
 * Service; one in four an Ingress, one in four an HTTPRoute, and one in eight a ServiceMonitor.
 */
interface Size {
  readonly workloads: number;
  readonly policies: number;
  readonly kind: 'right' | 'wrong';
}

interface Result {
  readonly checking: number;
  readonly connections: number;
  readonly findings: number;
  readonly megabytes: number;
}

const SIZES: readonly Size[] = [
  { workloads: 1_000, policies: 200, kind: 'right' },
  { workloads: 10_000, policies: 2_000, kind: 'right' },
  { workloads: 1_000, policies: 200, kind: 'wrong' },
  { workloads: 10_000, policies: 2_000, kind: 'wrong' },
];

function objectsOf({ workloads, policies, kind }: Size): object[] {
  const namespaces = workloads / 20;
  const at = (index: number) => ({ name: `app-${index}`, namespace: `ns-${index % namespaces}` });
  // In a wrong cluster, every tenth name is misspelled.
  const named = (index: number) => (kind === 'wrong' && index % 10 === 0 ? `ap-${index}` : `app-${index}`);
  const indices = [...Array(workloads).keys()];
  const every = (step: number) => indices.filter((index) => index % step === 0);
  return [
    ...clusterOf({ workloads, policies, namespaces, kind: 'closed' }),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx' },
      spec: { controller: 'k8s.io/ingress-nginx' },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'web', namespace: 'infra' },
      spec: {
        gatewayClassName: 'eg',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
      },
    },
    ...indices.map((index) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...at(index), labels: { app: `app-${index}` } },
      spec: { selector: { app: named(index) }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    })),
    ...every(4).map((index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: at(index),
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: `app-${index}.example.com`,
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: named(index), port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    })),
    ...every(4).map((index) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: at(index + 1),
      spec: {
        parentRefs: [{ name: kind === 'wrong' && index % 40 === 0 ? 'wbe' : 'web', namespace: 'infra' }],
        hostnames: [`app-${index + 1}.example.org`],
        rules: [{ backendRefs: [{ name: named(index + 1), port: 80 }] }],
      },
    })),
    ...every(8).map((index) => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: at(index),
      spec: { selector: { matchLabels: { app: `app-${index}` } }, endpoints: [{ port: 'http' }] },
    })),
  ];
}

function measure(size: Size): Result {
  const { manifests, problems } = manifestsOf(objectsOf(size));
  if (problems[0] !== undefined) {
    throw new Error(problems[0].message);
  }
  const [{ findings }, checking] = timed(() => check(manifests));
  const memory = megabytes();
  const [, connections] = timed(() => {
    const cluster = Cluster.from({ manifests });
    if (cluster.problems[0] !== undefined) {
      throw new Error(cluster.problems[0].message);
    }
    let rows = 0;
    for (const _ of cluster.connections()) {
      rows++;
    }
    return rows;
  });
  return { checking, connections, findings: findings.length, megabytes: memory };
}

printTable({
  file: __filename,
  heads: ['workloads', 'policies', 'kind', 'findings', 'check', 'connections', 'check / connections', 'memory'],
  sizes: SIZES,
  measure,
  cells: ({ workloads, policies, kind }, { checking, connections, findings, megabytes }) => [
    workloads,
    policies,
    kind,
    findings,
    seconds(checking),
    seconds(connections),
    ratio(checking, connections),
    `${megabytes} MB`,
  ],
});
