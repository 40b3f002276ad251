import { type Peer, peerText, portsText, type Workload } from '../../analysis/connectivity';
import { peerLabel } from '../peers';
import type { ConnectionsAnswer } from './answer';

/**
 * Connections as a graph for Graphviz: a box for each namespace, an arrow for each connection.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function* connectionsDot({ workloads, externals, connections }: ConnectionsAnswer): Generator<string> {
  const ids = new Map([...workloads, ...externals].map((peer, index) => [peerText(peer), `n${index}`]));
  const id = (peer: Peer) => ids.get(peerText(peer)) as string;
  yield 'digraph connections {\n  rankdir=LR;\n  node [shape=box];\n';
  for (const [index, [namespace, members]] of [...byNamespace(workloads)].entries()) {
    yield `  subgraph cluster_${index} {\n    label=${quoted(namespace)};\n`;
    for (const workload of members) {
      yield `    ${id(workload)} [label=${quoted(`${workload.kind}/${workload.name}`)}];\n`;
    }
    yield '  }\n';
  }
  for (const range of externals) {
    yield `  ${id(range)} [label=${quoted(peerLabel(range))}, shape=ellipse];\n`;
  }
  for (const { from, to, ports } of connections) {
    yield `  ${id(from)} -> ${id(to)} [label=${quoted(portsText(ports))}];\n`;
  }
  yield '}\n';
}

/** Workloads by their namespaces, in order. */
export function byNamespace(workloads: readonly Workload[]): ReadonlyMap<string, readonly Workload[]> {
  const namespaces = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const members = namespaces.get(workload.namespace) ?? [];
    namespaces.set(workload.namespace, members);
    members.push(workload);
  }
  return namespaces;
}

/** A backslash would begin an escape in a label, an ampersand an entity; a quote would end it. */
function quoted(text: string): string {
  return `"${text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/[\r\n]+/g, ' ')}"`;
}
