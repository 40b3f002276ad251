import type { Graph, GraphNode, Mark } from '../graph/model';
import { portsLabel } from '../graph/ports';
import { doubtOf, signOf } from '../graph/signs';

/** One row of the table that says what the picture says. */
export interface Row {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  /** In words: `opened`, `closed`, …; nothing where there is no change. */
  readonly change: string;
  readonly sign: string;
  readonly why: string;
}

const SCOPES = {
  everybody: 'everybody',
  workloads: 'all workloads',
  namespace: 'all of its namespace',
  outside: 'addresses outside',
  IPv4: 'any IPv4',
  IPv6: 'any IPv6',
};

/** All marks and lines of a picture as a table. */
export function rowsOf({ nodes, lines }: Graph): readonly Row[] {
  return [
    ...nodes.flatMap((node) => [
      ...node.from.map((mark) => markRow(SCOPES[mark.scope], nameOf(node), mark)),
      ...node.to.map((mark) =>
        markRow(nameOf(node), mark.scope === 'everybody' ? 'whatever is open to everybody' : SCOPES[mark.scope], mark),
      ),
    ]),
    ...nodes.flatMap((node) => insideRow(node)),
    ...lines.map(({ from, to, ports, change, count, reasons, ...line }): Row => {
      const doubt = doubtOf(line);
      const many = count > 1 ? ` (${count} connections)` : '';
      return {
        from: nameOf(nodes[from] as GraphNode),
        to: nameOf(nodes[to] as GraphNode),
        ports: `${ports}${many}`,
        change: change === 'kept' ? '' : change,
        sign: `${signOf(change)}${doubt}`,
        why: [...(line.kind === 'exposure' ? [doubt === '✕' ? 'cannot be used' : 'exposed'] : []), ...reasons].join(
          '; ',
        ),
      };
    }),
  ];
}

/** What is open between workloads of one namespace, where namespaces are drawn. */
function insideRow(node: GraphNode): Row[] {
  const { count = 0, undecided = 0 } = node.inside ?? {};
  const name = nameOf(node);
  const ports = `${count} connection${count === 1 ? '' : 's'}`;
  const why = undecided === 0 ? '' : `of ${undecided} manifests cannot tell`;
  return count === 0 ? [] : [{ from: name, to: name, ports, change: '', sign: undecided === 0 ? '' : '?', why }];
}

function markRow(from: string, to: string, { ports, before, change, count }: Mark): Row {
  const was = before === undefined ? '' : `${portsLabel(before)} → `;
  const many = count === undefined ? '' : ` (${count} workload${count === 1 ? '' : 's'})`;
  return {
    from,
    to,
    ports: `${was}${portsLabel(ports)}${many}`,
    change: change === 'kept' ? '' : change,
    sign: signOf(change),
    why: '',
  };
}

/** A name that tells a node from all others. */
export function nameOf({ kind, title, label }: Pick<GraphNode, 'kind' | 'title' | 'label'>): string {
  return kind === 'addresses' ? label : title;
}
