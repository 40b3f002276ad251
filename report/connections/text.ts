import { type Connection, isExternal, portsText } from '../../analysis/connectivity';
import { Columns, tableText } from '../columns';
import { peerLabel } from '../peers';
import { printable } from '../printable';
import type { Style } from '../style';
import type { ConnectionsAnswer } from './answer';
import { EXPOSURE_HEADS, exposureCells } from './exposures';
import { merged } from './merged';
import { unseenLines } from './unseen';

/** Connections for people: a table with a part for each namespace from which they come, then what is exposed. */
export function* connectionsText(answer: ConnectionsAnswer, style: Style): Generator<string> {
  const { workloads, externals, connections, exposures, unmet = [] } = answer;
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
  const unseen = unseenLines(unmet);
  if (unseen.length > 0) {
    yield `\n${style.bold('may also connect, if there are such pods:')}\n`;
    yield unseen.map((line) => `${printable(line)}\n`).join('');
  }
  if (exposures.length > 0) {
    yield `\n${style.bold('exposed')}\n`;
    const [head, ...rows] = tableText(
      EXPOSURE_HEADS.map((name) => name.toUpperCase()),
      exposures.map((exposure) => exposureCells(exposure).map(printable)),
    ) as [string, ...string[]];
    yield `${style.dim(head)}\n`;
    for (const [index, row] of rows.entries()) {
      yield `${exposures[index]?.reachable === false ? style.red(row) : row}\n`;
    }
  }
}

function partOf(peer: Connection['from']): string {
  return isExternal(peer) ? 'outside the cluster' : `namespace ${peer.namespace}`;
}

/** A number of things, e.g. `1 connection` or `2 connections`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
