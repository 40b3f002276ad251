import { listIn } from '../../analysis/manifest/lists';
import type { Change, Graph, GraphNode, Line, Mark } from './model';
import { portsKey } from './ports';

/** The picture of islands: each namespace is one box, lines between two are one and counted. */
export function collapsed({ islands, nodes, lines, ...graph }: Graph): Graph {
  const kept: GraphNode[] = [];
  const place: number[] = [];
  const members = new Map<number, GraphNode[]>();
  for (const node of nodes) {
    if (node.kind === 'workload') {
      listIn(members, node.island).push(node);
    }
  }
  const newIslands = [
    { kind: 'namespace' as const, label: '', title: 'Namespaces' },
    ...islands.filter(({ kind }) => kind !== 'namespace'),
  ];
  const ofIsland = new Map<number, number>();
  for (const [at, node] of nodes.entries()) {
    const island = islands[node.island] as Graph['islands'][number];
    if (node.kind !== 'workload') {
      place[at] = kept.push({ ...node, island: newIslands.indexOf(island) }) - 1;
      continue;
    }
    const own = members.get(node.island) as GraphNode[];
    const known = ofIsland.get(node.island) ?? kept.push(islandNode(island.label, own)) - 1;
    ofIsland.set(node.island, known);
    place[at] = known;
  }
  const bundles = new Map<string, Line[]>();
  for (const line of lines) {
    const [from, to] = [place[line.from] as number, place[line.to] as number];
    if (from === to) {
      const { inside = { count: 0, undecided: 0 }, ...node } = kept[from] as GraphNode;
      const undecided = inside.undecided + (line.undecided ? 1 : 0);
      kept[from] = { ...node, inside: { count: inside.count + line.count, undecided } };
    } else {
      listIn(bundles, JSON.stringify([from, to, line.kind, line.change, line.blocked, line.undecided])).push({
        ...line,
        from,
        to,
      });
    }
  }
  const summed = [...bundles.values()].map((own): Line => {
    const [first] = own as [Line];
    const count = own.reduce((all, line) => all + line.count, 0);
    const ports = [...new Set(own.map((line) => line.ports))];
    const what = ports.length > 6 ? `${ports.slice(0, 6).join('; ')} and ${ports.length - 6} more` : ports.join('; ');
    return {
      ...first,
      label: '',
      ports: what,
      count,
      reasons: own.slice(0, 5).flatMap(({ reasons }) => reasons.slice(0, 1)),
    };
  });
  return { ...graph, islands: newIslands, nodes: kept, lines: summed };
}

function islandNode(label: string, members: readonly GraphNode[]): GraphNode {
  const marks = (end: 'from' | 'to'): Mark[] => {
    const counted = new Map<string, Mark>();
    for (const mark of members.flatMap((node) => node[end])) {
      const key = JSON.stringify([mark.scope, mark.change, portsKey(mark.ports)]);
      counted.set(key, { ...mark, count: (counted.get(key)?.count ?? 0) + 1 });
    }
    return [...counted.values()];
  };
  const change: Change = members.every((node) => node.change === members[0]?.change)
    ? (members[0]?.change ?? 'kept')
    : 'kept';
  return {
    kind: 'island',
    label,
    detail: `${members.length}`,
    title: `Namespace ${label}: ${members.length} workload${members.length === 1 ? '' : 's'}`,
    island: 0,
    from: marks('from'),
    to: marks('to'),
    change,
    peers: members.flatMap(({ peers }) => peers),
  };
}
