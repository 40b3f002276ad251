import { type Connection, isExternal, portsText } from '../../analysis/connectivity';
import { Columns } from '../columns';
import { counted } from '../counted';
import { peerLabel } from '../peers';
import type { Style } from '../style';
import type { ConnectionsAnswer } from './answer';
import { besideText } from './beside';
import { merged } from './merged';

/**
 * Connections for people: a table with a part for each namespace from which they come, then what is exposed.
 *
 * @param width so many characters a line of words has; left out, as many as there are
 */
export function* connectionsText(answer: ConnectionsAnswer, style: Style, width?: number): Generator<string> {
  const { workloads, externals, connections } = answer;
  const columns = new Columns().fit(['FROM', 'TO']);
  const labels = new Map([...workloads, ...externals].map((peer) => [peer, peerLabel(peer)]));
  for (const label of labels.values()) {
    columns.fit([label, label]);
  }
  let count = 0;
  let part: string | undefined;
  for (const { from, to, ports } of merged(connections, externals)) {
    if (part !== partOf(from)) {
      yield count === 0 ? `${style.dim(columns.line(['FROM', 'TO', 'PORTS']))}\n` : '\n';
      part = partOf(from);
      yield `${style.bold(part)}\n`;
    }
    count++;
    yield `${columns.line([labels.get(from) ?? peerLabel(from), labels.get(to) ?? peerLabel(to), portsText(ports)])}\n`;
  }
  yield count === 0 ? 'no connections\n' : `\n${counted(count, 'connection')}\n`;
  yield* besideText(answer, style, width);
}

function partOf(peer: Connection['from']): string {
  return isExternal(peer) ? 'outside the cluster' : `namespace ${peer.namespace}`;
}
