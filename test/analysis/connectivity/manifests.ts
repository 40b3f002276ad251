import { Cluster, type ClusterOptions, isExternal, type Peer, portsText, type Workload } from '../../../analysis';
import type { NetworkPolicySpec } from './plain';

type Labels = Record<string, string>;

/** A Deployment `namespace/name` whose pods have these labels and whatever else their `spec` says. */
export function deployment(path: string, labels: Labels = {}, podSpec: object = {}): object {
  const [namespace, name] = path.split('/');
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { template: { metadata: { labels }, spec: podSpec } },
  };
}

/** The `spec` of pods whose containers name their ports: `{ http: 80, dns: 'UDP 53' }`. */
export function named(ports: Record<string, number | string>): object {
  return {
    containers: Object.entries(ports).map(([name, port]) => {
      const [protocol, number] = typeof port === 'number' ? [undefined, port] : port.split(' ');
      return { name, ports: [{ name, containerPort: Number(number), ...(protocol ? { protocol } : {}) }] };
    }),
  };
}

export function namespace(name: string, labels: Labels = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A NetworkPolicy `namespace/name`. */
export function policy(path: string, spec: NetworkPolicySpec): object {
  const [inNamespace, name] = path.split('/');
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: inNamespace },
    spec,
  };
}

export const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });

/** A cluster that must be free of problems. */
export function clusterOf(objects: readonly object[], options?: ClusterOptions): Cluster {
  const cluster = Cluster.from(objects, options);
  expect(cluster.problems).toEqual([]);
  return cluster;
}

/** A peer as short as a test may write it: `a/web`, or the range of addresses. */
export function short(peer: Peer): string {
  return isExternal(peer) ? peer.ipRange : `${peer.namespace}/${peer.name}`;
}

/** All connections between workloads, one a line: `a/web > a/db: TCP 5432`. What is not listed is closed. */
export function inside(objects: readonly object[], options?: ClusterOptions): string[] {
  return [...clusterOf(objects, options).connections()]
    .filter(({ from, to }) => !isExternal(from) && !isExternal(to))
    .map(({ from, to, ports }) => `${short(from)} > ${short(to)}: ${portsText(ports)}`);
}

/** All connections to and from addresses, one a line. */
export function outside(objects: readonly object[], options?: ClusterOptions): string[] {
  return [...clusterOf(objects, options).connections()]
    .filter(({ from, to }) => isExternal(from) || isExternal(to))
    .map(({ from, to, ports }) => `${short(from)} > ${short(to)}: ${portsText(ports)}`);
}

export const IPV4 = '0.0.0.0-255.255.255.255';
export const IPV6 = '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';

/** The workload of that name. */
export function workload(cluster: Cluster, name: string): Workload {
  const [found, ...others] = cluster.find(name);
  expect(others).toEqual([]);
  return found as Workload;
}
