import { Cluster, compareConnections, manifestsOf } from '../analysis';
import { pairsOf } from '../report/diff/connections-rows';
import { type ClusterSize, clusterOf } from './connectivity-clusters';
import { megabytes, printTable, ratio, seconds, timed } from './table';

/**
 * What a change does to connections, beside one answer of `connections`: `npm run bench diff-connections`.
 *
 * Each line is measured in a process of its own. `connections` compiles a cluster and lists what is open, what pods may do that no
 * manifest shows, and what is exposed; `diff` compiles both sides and lists the pairs that differ.
 */
interface Size extends ClusterSize {
  /** One policy of so many is changed, and one workload of so many is new. */
  readonly every: number;
}

interface Result {
  readonly connections: number;
  readonly diff: number;
  readonly changes: number;
  readonly megabytes: number;
}

const size = (kind: ClusterSize['kind'], every: number): Size => ({
  workloads: 10_000,
  policies: 2_000,
  namespaces: 500,
  kind,
  every,
});

const SIZES: readonly Size[] = [
  size('closed', 2_000),
  size('closed', 100),
  size('closed', 10),
  size('tenth-open', 100),
  size('open', 100),
  size('told-apart', 100),
];

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes
type Fields = any;

/** The same objects, of which one policy in some lets in one port more, and some workloads have other names. */
function changed(objects: readonly Fields[], every: number): readonly object[] {
  const places = new Map<string, number>();
  return objects.map((object) => {
    const at = places.get(object.kind) ?? 0;
    places.set(object.kind, at + 1);
    if (at % every !== every - 1) {
      return object;
    }
    const { metadata, spec } = object;
    return object.kind === 'NetworkPolicy'
      ? { ...object, spec: { ...spec, ingress: [...(spec.ingress ?? []), { ports: [{ port: 9_999 }] }] } }
      : object.kind === 'Deployment' && at % (every * 10) === every - 1
        ? { ...object, metadata: { ...metadata, name: `${metadata.name}-new` } }
        : object;
  });
}

function measure({ every, ...of }: Size): Result {
  const objects = clusterOf(of);
  const other = changed(objects, every);
  const [, connections] = timed(() => {
    const cluster = Cluster.from(objects);
    return drained(cluster.connections()) + drained(cluster.unseen()) + cluster.exposures().length;
  });
  const [changes, diff] = timed(() => {
    const [before, after] = [objects, other].map((list) => ({
      cluster: Cluster.from(list),
      manifests: manifestsOf(list).manifests,
    })) as [Side, Side];
    return drained(pairsOf(compareConnections(before, after)));
  });
  return { connections, diff, changes, megabytes: megabytes() };
}

type Side = Parameters<typeof compareConnections>[0];

function drained(items: Iterable<unknown>): number {
  let count = 0;
  for (const _ of items) {
    count++;
  }
  return count;
}

printTable<Size, Result>({
  file: __filename,
  heads: ['kind', 'changed', 'pairs told', 'connections', 'diff', 'ratio', 'memory'],
  sizes: SIZES,
  measure,
  cells: ({ kind, every }, { connections, diff, changes, megabytes: memory }) => [
    kind,
    `1 in ${every}`,
    changes,
    seconds(connections),
    seconds(diff),
    ratio(diff, connections),
    `${memory} MB`,
  ],
});
