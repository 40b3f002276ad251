import { Cluster, includesPort } from '../../analysis';
import { ADDRESSES, type Scenario, type Table } from './network-policy-scenarios';

/** The pods of every scenario. */
export const PODS = Object.keys(ADDRESSES);

function objectsOf({ policies, labels = {} }: Pick<Scenario, 'policies' | 'labels'>): readonly object[] {
  const namespaces = ['x', 'y', 'z'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ns: name, ...labels[name] } },
  }));
  const pods = PODS.map((path) => {
    const [namespace, name] = path.split('/') as [string, string];
    const containers = [80, 81].flatMap((containerPort) =>
      ['TCP', 'UDP', 'SCTP'].map((protocol) => {
        const name = `serve-${containerPort}-${protocol.toLowerCase()}`;
        return { name, image: 'server', ports: [{ name, containerPort, protocol }] };
      }),
    );
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { pod: name, ...labels[path] } },
      spec: { containers },
      status: { podIP: ADDRESSES[path] },
    };
  });
  const applied = policies.map(([namespace, spec], index) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${index}`, namespace },
    spec,
  }));
  return [...namespaces, ...pods, ...applied];
}

const isOf = (pods: string, path: string) =>
  pods.split('/').every((part, at) => part === '*' || part === path.split('/')[at]);

/** What a table expects of a pair: what was told last. */
function expected({ told }: Table, from: string, to: string): boolean {
  const last = told.findLast(([sources, targets]) => isOf(sources, from) && isOf(targets, to));
  return last === undefined || last[2] === 'open';
}

/** The pairs of different pods that are not as a table expects. What a pod says to itself, the source leaves out too. */
export function wrong(cluster: Cluster, table: Table): readonly string[] {
  const { port, protocol = 'TCP' } = table;
  const peer = (path: string) => cluster.find(path)[0];
  return PODS.flatMap((from) =>
    PODS.filter((to) => to !== from).flatMap((to) => {
      const [source, target] = [peer(from), peer(to)];
      if (source === undefined || target === undefined) {
        throw new Error(`no ${from} or ${to}`);
      }
      const is = includesPort(cluster.ports(source, target), { protocol, port });
      const should = expected(table, from, to);
      return is === should ? [] : [`${from} to ${to} on ${protocol} ${port} is ${is ? 'open' : 'closed'}`];
    }),
  );
}

/** What they come to. Pods are matched by blocks: that is how the network plugins under test are expected to be. */
export function clusterOf(scenario: Pick<Scenario, 'policies' | 'labels'>): Cluster {
  const cluster = Cluster.from(objectsOf(scenario), { ipBlocks: 'everywhere', input: 'tolerant' });
  expect(cluster.problems).toEqual([]);
  return cluster;
}
