import { printable } from '../printable';
import { bundlesOf } from './bundles';
import type { Graph } from './model';
import { marksText } from './signs';
import { labelOf } from './svg/scene';

/**
 * A graph as a flowchart for Mermaid, which GitHub shows in Markdown.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function graphMermaid({ islands, nodes, lines, unseen }: Graph): string {
  const parts = ['flowchart LR'];
  // A brace would begin a directive.
  parts.push(...unseen.map((text) => `  %% pods that no manifest shows: ${printable(text).replace(/[{}]/g, '')}`));
  for (const [at, { label }] of islands.entries()) {
    parts.push(`  subgraph s${at}[${quoted(label === '' ? ' ' : label)}]`);
    for (const [node, { island, label: name, from, to }] of nodes.entries()) {
      const marks = marksText({ from, to });
      if (island === at) {
        parts.push(`    n${node}[${quoted([name, ...marks].join(', '))}]`);
      }
    }
    parts.push('  end');
  }
  for (const bundle of bundlesOf(lines)) {
    for (const line of bundle.lines) {
      const { from, to, change, blocked, undecided } = line;
      const isDashed = change === 'closed' || change === 'narrower' || blocked || undecided;
      const arrow = isDashed ? '-.->' : change === 'opened' || change === 'wider' ? '==>' : '-->';
      const label = labelOf({ ...bundle, lines: [line] });
      parts.push(`  n${from} ${arrow}${label === '' ? '' : `|${quoted(label)}|`} n${to}`);
    }
  }
  return `${parts.join('\n')}\n`;
}

/** What Mermaid or HTML would read as their own becomes an entity, which Mermaid writes with `#` for `&`. */
function quoted(text: string): string {
  return `"${text.replace(/["#<>&;`\\]/g, (character) => `#${character.charCodeAt(0)};`).replace(/[\r\n]+/g, ' ')}"`;
}
