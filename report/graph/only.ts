import type { Graph, GraphNode, Line, Mark } from './model';
import { commonPorts } from './ports';
import type { View } from './view';

/** A graph with those lines and marks alone that somebody asked for, and the nodes that have some. */
export function only(graph: Graph, { ports, isChanged = false }: Pick<View, 'ports' | 'isChanged'>): Graph {
  if (ports === undefined && !isChanged) {
    return graph;
  }
  const isOpen = (open: Line['open']) => ports === undefined || commonPorts(open, ports).length > 0;
  const isWanted = ({ change }: Pick<Mark, 'change'>) => !isChanged || change !== 'kept';
  const marksOf = (marks: readonly Mark[]) =>
    marks.filter((mark) => isWanted(mark) && (isOpen(mark.ports) || isOpen(mark.before ?? [])));
  const lines = graph.lines.filter((line) => isWanted(line) && isOpen(line.open));
  const ends = new Set(lines.flatMap(({ from, to }) => [from, to]));
  const place = new Map<number, number>();
  const nodes = graph.nodes.flatMap((node, at): GraphNode[] => {
    const [from, to] = [marksOf(node.from), marksOf(node.to)];
    const isKept = ends.has(at) || from.length + to.length > 0 || (isChanged && node.change !== 'kept');
    if (isKept) {
      place.set(at, place.size);
    }
    return isKept ? [{ ...node, from, to }] : [];
  });
  const used = [...new Set(nodes.map(({ island }) => island))].sort((a, b) => a - b);
  return {
    ...graph,
    isPart: true,
    islands: used.map((island) => graph.islands[island] as Graph['islands'][number]),
    nodes: nodes.map((node) => ({ ...node, island: used.indexOf(node.island) })),
    lines: lines.map((line) => ({
      ...line,
      from: place.get(line.from) as number,
      to: place.get(line.to) as number,
    })),
  };
}
