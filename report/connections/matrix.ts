import { type Peer, type Ports, peerText } from '../../analysis/connectivity';
import { Columns } from '../columns';
import { csvLine } from '../csv';
import { markdownHead, markdownRow } from '../markdown';
import { peerLabel } from '../peers';
import type { Style } from '../style';

/** Who reaches whom as a table: a row for each source, a column for each target. */
export interface Matrix {
  readonly from: readonly Peer[];
  readonly to: readonly Peer[];
  /** What one source may connect to, by the index in `to`; what is not there is closed. */
  row(from: Peer): ReadonlyMap<number, Ports>;
  /** Whether the table is for one port only; otherwise it tells all ports from some. */
  readonly onePort: boolean;
}

type Cell = 'all' | 'some' | 'none' | 'self';

/** The table for people. Columns have numbers; the numbers stand before the rows, or below if a column is no row. */
export function* matrixText(matrix: Matrix, style: Style): Generator<string> {
  const numbers = matrix.to.map((_, index) => String(index + 1));
  const numberOf = new Map(matrix.to.map((peer, index) => [peerText(peer), String(index + 1)]));
  const marks = { all: 'X', some: matrix.onePort ? 'X' : 'x', none: '.', self: '-' };
  const columns = new Columns().fit(['', 'FROM \\ TO', ...numbers]);
  for (const peer of matrix.from) {
    columns.fit([numberOf.get(peerText(peer)) ?? '', peerLabel(peer)]);
  }
  const right = [0, ...numbers.map((_, index) => index + 2)];
  yield `${style.bold(columns.line(['', 'FROM \\ TO', ...numbers], right))}\n`;
  for (const { peer, cells } of rows(matrix)) {
    const number = numberOf.get(peerText(peer)) ?? '';
    yield `${columns.line([number, peerLabel(peer), ...cells.map((cell) => marks[cell])], right)}\n`;
  }
  const sources = new Set(matrix.from.map(peerText));
  const others = matrix.to.filter((peer) => !sources.has(peerText(peer)));
  yield others.length > 0 ? '\n' : '';
  for (const peer of others) {
    yield `${columns.line([numberOf.get(peerText(peer)) ?? '', peerLabel(peer)], [0])}\n`;
  }
  yield style.dim(`\n${matrix.onePort ? 'X open' : 'X all ports, x some ports'}, . closed, - not a connection\n`);
}

/** The table as comma-separated values: `yes` and `no`, empty for a workload and itself. */
export function* matrixCsv(matrix: Matrix): Generator<string> {
  yield csvLine(['from', ...matrix.to.map(peerText)]);
  for (const { peer, cells } of rows(matrix)) {
    yield csvLine([peerText(peer), ...cells.map((cell) => word(cell, matrix.onePort))]);
  }
}

/** The table in Markdown. */
export function* matrixMarkdown(matrix: Matrix): Generator<string> {
  yield markdownHead(['From \\ to', ...matrix.to.map(peerLabel)]);
  for (const { peer, cells } of rows(matrix)) {
    yield markdownRow([peerLabel(peer), ...cells.map((cell) => word(cell, matrix.onePort))]);
  }
}

function* rows({ from, to, row }: Matrix): Generator<{ readonly peer: Peer; readonly cells: readonly Cell[] }> {
  for (const peer of from) {
    const open = row(peer);
    const cells = to.map((target, index): Cell => {
      const ports = open.get(index);
      if (ports !== undefined) {
        return ports === 'all' ? 'all' : 'some';
      }
      return isNoPair(peer, target) ? 'self' : 'none';
    });
    yield { peer, cells };
  }
}

/** A workload and itself, and two ends outside of the cluster, are no connection. */
function isNoPair(from: Peer, to: Peer): boolean {
  return ('ipRange' in from && 'ipRange' in to) || from === to || peerText(from) === peerText(to);
}

function word(cell: Cell, onePort: boolean): string {
  return cell === 'self' ? '' : cell === 'none' ? 'no' : cell === 'all' || onePort ? 'yes' : 'some';
}
