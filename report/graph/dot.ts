import { printable } from '../printable';
import { bundlesOf } from './bundles';
import type { Graph } from './model';
import { marksText } from './signs';
import { labelOf } from './svg/scene';

/**
 * A graph for Graphviz.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function graphDot({ islands, nodes, lines, unseen }: Graph): string {
  const parts = ['digraph connections {', '  rankdir=LR;', '  node [shape=box, style=rounded];'];
  parts.push(...unseen.map((text) => `  // pods that no manifest shows: ${printable(text)}`));
  for (const [at, { label }] of islands.entries()) {
    parts.push(`  subgraph cluster_${at} {`, `    label=${quoted(label)};`);
    for (const [node, { island, label: name, from, to }] of nodes.entries()) {
      const marks = marksText({ from, to });
      if (island === at) {
        parts.push(`    n${node} [label=${quoted([name, ...marks].join(' | '))}];`);
      }
    }
    parts.push('  }');
  }
  for (const bundle of bundlesOf(lines)) {
    for (const line of bundle.lines) {
      const { from, to, change, blocked, undecided } = line;
      const isDashed = change === 'closed' || change === 'narrower' || blocked;
      const style = undecided
        ? 'dotted'
        : isDashed
          ? 'dashed'
          : change === 'opened' || change === 'wider'
            ? 'bold'
            : '';
      parts.push(
        `  n${from} -> n${to} [label=${quoted(labelOf({ ...bundle, lines: [line] }))}${style === '' ? '' : `, style=${style}`}];`,
      );
    }
  }
  return `${[...parts, '}'].join('\n')}\n`;
}

/** A backslash would begin an escape in a label, an ampersand an entity; a quote would end it. */
function quoted(text: string): string {
  return `"${text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/[\r\n]+/g, ' ')}"`;
}
