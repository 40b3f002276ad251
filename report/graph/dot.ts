import { condensed } from './condensed';
import type { Graph, Line } from './model';
import { asideOf, lineWords, marksText } from './signs';

/**
 * A graph for Graphviz.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function graphDot(graph: Graph): string {
  const { islands } = graph;
  const { nodes, shared, bundles } = condensed(graph);
  const parts = ['digraph connections {', '  rankdir=LR;', '  compound=true;', '  node [shape=box, style=rounded];'];
  for (const [at, { label }] of islands.entries()) {
    const title = [label, ...marksText(shared[at] ?? NOTHING).map((text) => `each ${text}`)];
    parts.push(`  subgraph cluster_${at} {`, `    label=${quoted(title.join(' | '))};`);
    for (const [node, { island, label: name, from, to }] of nodes.entries()) {
      const marks = marksText({ from, to });
      if (island === at) {
        parts.push(`    n${node} [label=${quoted([name, ...marks].join(' | '))}];`);
      }
    }
    parts.push('  }');
  }
  /** All workloads of a namespace are its frame, which a line reaches by one of the nodes in it. */
  const end = (place: number, side: 'lhead' | 'ltail') => {
    const island = place - nodes.length;
    const [first] = [...nodes.keys()].filter((at) => nodes[at]?.island === island && nodes[at]?.kind === 'workload');
    return island < 0 ? { name: `n${place}`, at: [] } : { name: `n${first}`, at: [`${side}=cluster_${island}`] };
  };
  for (const { sources, targets, lines } of bundles) {
    const [line] = lines as readonly [Line];
    const style = styleOf(line);
    for (const [from, to] of sources.flatMap((from) => targets.map((to) => [from, to] as const))) {
      const [tail, head] = [end(from, 'ltail'), end(to, 'lhead')];
      const settings = [`label=${quoted(lineWords(line))}`, ...(style === '' ? [] : [`style=${style}`])];
      parts.push(`  ${tail.name} -> ${head.name} [${[...settings, ...tail.at, ...head.at].join(', ')}];`);
    }
  }
  for (const [at, { title, texts }] of asideOf(graph).entries()) {
    parts.push(`  subgraph cluster_aside_${at} {`, `    label=${quoted(title)};`, '    style=dashed;');
    parts.push(...texts.map((text, place) => `    a${at}_${place} [label=${quoted(text)}, shape=plaintext];`), '  }');
  }
  return `${[...parts, '}'].join('\n')}\n`;
}

const NOTHING = { from: [], to: [] };

function styleOf({ change, blocked, undecided }: Line): string {
  if (undecided) {
    return 'dotted';
  }
  const isDashed = change === 'closed' || change === 'narrower' || blocked;
  return isDashed ? 'dashed' : change === 'opened' || change === 'wider' ? 'bold' : '';
}

/** A backslash would begin an escape in a label, an ampersand an entity; a quote would end it. */
function quoted(text: string): string {
  return `"${text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/[\r\n]+/g, ' ')}"`;
}
