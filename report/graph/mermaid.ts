import { condensed } from './condensed';
import type { Graph, Line } from './model';
import { asideOf, lineWords, marksText } from './signs';

/**
 * A graph as a flowchart for Mermaid, which GitHub shows in Markdown.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function graphMermaid(graph: Graph): string {
  const { islands } = graph;
  const { nodes, shared, bundles } = condensed(graph);
  const parts = ['flowchart LR'];
  for (const [at, { label }] of islands.entries()) {
    const title = [label === '' ? ' ' : label, ...marksText(shared[at] ?? NOTHING).map((text) => `each ${text}`)];
    parts.push(`  subgraph s${at}[${quoted(title.join(', '))}]`);
    for (const [node, { island, label: name, from, to }] of nodes.entries()) {
      const marks = marksText({ from, to });
      if (island === at) {
        parts.push(`    n${node}[${quoted([name, ...marks].join(', '))}]`);
      }
    }
    parts.push('  end');
  }
  // All workloads of a namespace are its subgraph.
  const end = (place: number) => (place < nodes.length ? `n${place}` : `s${place - nodes.length}`);
  for (const { sources, targets, lines } of bundles) {
    const [line] = lines as readonly [Line];
    const { change, blocked, undecided } = line;
    const isDashed = change === 'closed' || change === 'narrower' || blocked || undecided;
    const arrow = isDashed ? '-.->' : change === 'opened' || change === 'wider' ? '==>' : '-->';
    const label = lineWords(line);
    for (const from of sources) {
      for (const to of targets) {
        parts.push(`  ${end(from)} ${arrow}${label === '' ? '' : `|${quoted(label)}|`} ${end(to)}`);
      }
    }
  }
  for (const [at, { title, texts }] of asideOf(graph).entries()) {
    parts.push(`  subgraph a${at}[${quoted(title)}]`);
    parts.push(...texts.map((text, place) => `    a${at}_${place}[${quoted(text)}]`), '  end');
  }
  return `${parts.join('\n')}\n`;
}

const NOTHING = { from: [], to: [] };

/** What Mermaid or HTML would read as their own becomes an entity, which Mermaid writes with `#` for `&`. */
function quoted(text: string): string {
  return `"${text.replace(/["#<>&;`\\{}]/g, (character) => `#${character.charCodeAt(0)};`).replace(/[\r\n]+/g, ' ')}"`;
}
