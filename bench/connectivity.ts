import { Cluster } from '../analysis';
import { mayConnect, type PlainCluster } from '../test/analysis/connectivity/plain';
import { type ClusterSize, clusterOf } from './connectivity-clusters';
import { megabytes, printTable, ratio, seconds, timed } from './table';

/**
 * The connectivity engine beside an evaluator that looks at every pair: `npm run bench connectivity`.
 *
 * Each line is measured in a process of its own. The evaluator answers for one port only, where the engine answers for
 * all, and for a sample of the pairs; its time for all pairs follows from that.
 */
interface Result {
  readonly compile: number;
  readonly groups: number;
  readonly list: number | undefined;
  readonly connections: number;
  readonly plain: number;
  readonly megabytes: number;
}

const size = (workloads: number, policies: number, namespaces: number, kind: ClusterSize['kind']): ClusterSize => ({
  workloads,
  policies,
  namespaces,
  kind,
});

const SIZES: readonly ClusterSize[] = [
  size(1_000, 300, 50, 'closed'),
  size(1_000, 300, 50, 'tenth-open'),
  size(1_000, 300, 50, 'open'),
  size(1_000, 300, 50, 'told-apart'),
  size(10_000, 2_000, 500, 'closed'),
  size(10_000, 2_000, 500, 'tenth-open'),
  size(10_000, 2_000, 500, 'open'),
  size(10_000, 2_000, 500, 'told-apart'),
  size(10_000, 2_000, 500, 'all-but-one'),
  { ...size(10_000, 2_000, 500, 'closed'), admin: 50 },
  { ...size(10_000, 2_000, 500, 'tenth-open'), admin: 50 },
  size(5_000, 1_500, 250, 'closed'),
  size(10_000, 3_000, 500, 'closed'),
  size(20_000, 6_000, 1_000, 'closed'),
  size(40_000, 12_000, 2_000, 'closed'),
];

/** Longer lists than this are counted by groups only: the rest is the time that printing takes. */
const LONGEST_LIST = 200_000_000;

function measure(of: ClusterSize): Result {
  const objects = clusterOf(of);
  const [cluster, compile] = timed(() => Cluster.from(objects));
  const [connections, groups] = timed(() => countGroups(cluster));
  const list = connections > LONGEST_LIST ? undefined : timed(() => countList(cluster))[1];
  const memory = megabytes();
  return { compile, groups, list, connections, plain: plainTime(objects, of.workloads), megabytes: memory };
}

function countGroups(cluster: Cluster): number {
  let count = 0;
  for (const { from, to } of cluster.groups()) {
    const targets = new Set(to);
    count += from.length * to.length - from.filter((peer) => targets.has(peer)).length;
  }
  return count;
}

function countList(cluster: Cluster): number {
  let count = 0;
  for (const _ of cluster.connections()) {
    count++;
  }
  return count;
}

/** The time of the plain evaluator for all pairs, from a sample of them. */
function plainTime(objects: readonly object[], workloads: number): number {
  const plain = plainOf(objects);
  const sample = 20_000;
  const [, time] = timed(() => {
    for (let pair = 0; pair < sample; pair++) {
      const from = plain.pods[(pair * 7919) % workloads] as PlainCluster['pods'][number];
      const to = plain.pods[(pair * 104_729) % workloads] as PlainCluster['pods'][number];
      mayConnect(plain, { pod: from }, { pod: to }, 'TCP', 8080);
    }
  });
  return (time / sample) * workloads * workloads;
}

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes
function plainOf(objects: readonly any[]): PlainCluster {
  return {
    namespaces: objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata),
    pods: objects
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ metadata, spec }) => ({
        workload: metadata.name,
        namespace: metadata.namespace,
        template: spec.template,
      })),
    policies: objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata, spec }) => ({ namespace: metadata.namespace, spec })),
    admin: [],
    hostNetwork: 'node',
    nodes: [],
    ipBlocks: 'outside',
  };
}

printTable<ClusterSize, Result>({
  file: __filename,
  heads: [
    'workloads',
    'policies',
    'kind',
    'connections',
    'compile',
    'as groups',
    'as list',
    'memory',
    'pair by pair',
    'ratio',
  ],
  sizes: SIZES,
  measure,
  cells: ({ workloads, policies, kind, admin }, { compile, groups, list, connections, plain, megabytes }) => [
    workloads,
    admin === undefined ? policies : `${policies} + ${admin}`,
    kind,
    connections,
    seconds(compile),
    seconds(groups),
    list === undefined ? '-' : seconds(list),
    `${megabytes} MB`,
    seconds(plain),
    ratio(plain, compile + (list ?? groups)),
  ],
});
