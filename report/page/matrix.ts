import { type Cluster, isExternal, type Peer, type Ports, peerText, portsText } from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import { doubtsOf, type PairDoubt } from '../graph/doubts';
import { commonPorts, portsLabel } from '../graph/ports';
import { askedPorts, type Filter, isInside } from './asked';

/** Rows and columns of so many are still read. */
const MOST = 60;

/** A table of who may connect to whom: workloads, or namespaces where there are too many of these. */
export interface MatrixAnswer {
  /** What a row and a column stand for. */
  readonly ends: readonly {
    readonly label: string;
    readonly key: string;
    readonly kind: 'workload' | 'namespace' | 'outside';
  }[];
  readonly cells: readonly MatrixCell[];
  /** Why it is empty, or not what was asked for; nothing otherwise. */
  readonly note: string;
}

export interface MatrixCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly title: string;
  /** Whether manifests alone cannot tell it. */
  readonly isDoubtful?: boolean;
}

/** Answers for a filter. */
export function matrixOf(cluster: Cluster, filter: Filter): MatrixAnswer {
  const asked = askedPorts(filter);
  if (typeof asked === 'string') {
    return { ends: [], cells: [], note: asked };
  }
  const inside = cluster.workloads.filter((one) => isInside(one, filter));
  const isOfWorkloads = inside.length <= MOST;
  const ends = new Map<string, MatrixAnswer['ends'][number]>();
  for (const { namespace, name, kind } of inside) {
    const key = isOfWorkloads ? `${namespace}/${kind}/${name}` : namespace;
    const label = isOfWorkloads ? `${namespace}/${name}` : namespace;
    ends.set(key, { key, label, kind: isOfWorkloads ? 'workload' : 'namespace' });
  }
  ends.set('', { key: '', label: 'outside', kind: 'outside' });
  if (ends.size > MOST + 1) {
    return { ends: [], cells: [], note: `${ends.size - 1} namespaces are too many for a table; choose some of them` };
  }
  const place = new Map([...ends.keys()].map((key, at) => [key, at]));
  const keyOf = (peer: Peer) => (isExternal(peer) ? '' : isOfWorkloads ? peerText(peer) : peer.namespace);
  const found = new Map<
    number,
    { readonly row: number; readonly column: number; count: number; ports: Set<string>; label: string }
  >();
  const outside = ends.size - 1;
  const atRim = new Map<number, Set<Peer>>();
  const add = (row: number, column: number, count: number, ports: Ports) => {
    const key = row * ends.size + column;
    const cell = found.get(key) ?? {
      row,
      column,
      count: 0,
      ports: new Set<string>(),
      label: ports === 'all' ? 'all' : portsLabel(ports),
    };
    cell.count += count;
    cell.ports.add(portsText(ports));
    found.set(key, cell);
  };
  for (const { from, to, ports } of cluster.groups()) {
    if (asked !== undefined && commonPorts(ports, asked).length === 0) {
      continue;
    }
    const [sources, targets] = [from, to].map((peers) => counted(peers, keyOf, place)) as [Counts, Counts];
    const both = new Set(from);
    const own = counted(
      to.filter((peer) => both.has(peer)),
      keyOf,
      place,
    );
    for (const [row, some] of sources) {
      for (const [column, others] of targets) {
        const count = some * others - (row === column ? (own.get(row) ?? 0) : 0);
        if (count > 0 && row !== outside && column !== outside) {
          add(row, column, count, ports);
        } else if (row !== outside || column !== outside) {
          // Of addresses outside, what counts is how many workloads they may connect to.
          const known = atRim.get(row * ends.size + column) ?? new Set();
          atRim.set(row * ends.size + column, known);
          const before = known.size;
          for (const peer of row === outside ? to : from) {
            if (place.get(keyOf(peer)) === (row === outside ? column : row)) {
              known.add(peer);
            }
          }
          add(row, column, known.size - before, ports);
        }
      }
    }
  }
  const list = [...ends.values()];
  const doubts = new Map<number, PairDoubt[]>();
  for (const doubt of doubtsOf(cluster, new Set(inside.map(peerText))).all) {
    const [row, column] = [place.get(keyOf(doubt.from)), place.get(keyOf(doubt.to))];
    const may = [cluster.ports(doubt.from, doubt.to), doubt.ports];
    const isAsked = asked === undefined || may.some((ports) => commonPorts(ports, asked).length > 0);
    if (row !== undefined && column !== undefined && isAsked) {
      listIn(doubts, row * ends.size + column).push(doubt);
    }
  }
  const unsure = (row: number, column: number) => doubts.get(row * ends.size + column) ?? [];
  const told = (own: readonly PairDoubt[]) =>
    isOfWorkloads ? (own[0]?.texts ?? []).join('; ') : `of ${own.length} pair${own.length === 1 ? '' : 's'}`;
  const cells = [...found.values()].map(({ row, column, count, ports, label }): MatrixCell => {
    const text = isOfWorkloads
      ? ports.size === 1
        ? label
        : '…'
      : count > 999
        ? `${Math.floor(count / 1000)}k`
        : `${count}`;
    const many = row === outside || column === outside ? 'workloads' : 'connections';
    const what = isOfWorkloads ? shortList([...ports]) : `${count} ${many}`;
    const title = `${list[row]?.label} → ${list[column]?.label}: ${what}`;
    const own = unsure(row, column);
    return own.length === 0
      ? { row, column, text, title }
      : { row, column, text: `? ${text}`, title: `${title}; it cannot be told: ${told(own)}`, isDoubtful: true };
  });
  for (const [key, own] of doubts) {
    const [row, column] = [Math.floor(key / ends.size), key % ends.size];
    if (!found.has(key)) {
      const title = `${list[row]?.label} → ${list[column]?.label}: closed, but it cannot be told: ${told(own)}`;
      cells.push({ row, column, text: '?', title, isDoubtful: true });
    }
  }
  return { ends: list, cells, note: '' };
}

type Counts = ReadonlyMap<number, number>;

function counted(peers: readonly Peer[], keyOf: (peer: Peer) => string, place: ReadonlyMap<string, number>): Counts {
  const counts = new Map<number, number>();
  for (const peer of peers) {
    const at = place.get(keyOf(peer));
    if (at !== undefined) {
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
  }
  return counts;
}

function shortList(texts: readonly string[]): string {
  return texts.length > 5 ? `${texts.slice(0, 5).join('; ')} and ${texts.length - 5} more` : texts.join('; ');
}
