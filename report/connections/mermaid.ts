import { type Peer, peerText, portsText } from '../../analysis/connectivity';
import { peerLabel } from '../peers';
import type { ConnectionsAnswer } from './answer';
import { byNamespace } from './dot';

/**
 * Connections as a flowchart for Mermaid, which GitHub shows in Markdown: a box for each namespace, an arrow for each
 * connection.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function* connectionsMermaid({ workloads, externals, connections }: ConnectionsAnswer): Generator<string> {
  const ids = new Map([...workloads, ...externals].map((peer, index) => [peerText(peer), `n${index}`]));
  const id = (peer: Peer) => ids.get(peerText(peer)) as string;
  yield 'flowchart LR\n';
  for (const [index, [namespace, members]] of [...byNamespace(workloads)].entries()) {
    yield `  subgraph s${index}[${quoted(namespace)}]\n`;
    for (const workload of members) {
      yield `    ${id(workload)}[${quoted(`${workload.kind}/${workload.name}`)}]\n`;
    }
    yield '  end\n';
  }
  for (const range of externals) {
    yield `  ${id(range)}([${quoted(peerLabel(range))}])\n`;
  }
  for (const { from, to, ports } of connections) {
    yield `  ${id(from)} -->|${quoted(portsText(ports))}| ${id(to)}\n`;
  }
}

/** What Mermaid or HTML would read as their own becomes an entity, which Mermaid writes with `#` for `&`. */
function quoted(text: string): string {
  return `"${text.replace(/["#<>&;`\\]/g, (character) => `#${character.charCodeAt(0)};`).replace(/[\r\n]+/g, ' ')}"`;
}
