import type { ConnectionsAnswer } from './answer';
import { Picture } from './picture';

/**
 * Connections as a graph for Graphviz: a box for each namespace, an arrow for each connection.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function* connectionsDot(answer: ConnectionsAnswer): Generator<string> {
  const picture = new Picture(answer);
  yield 'digraph connections {\n  rankdir=LR;\n  node [shape=box];\n';
  for (const [index, { label, nodes }] of picture.boxes.entries()) {
    yield `  subgraph cluster_${index} {\n    label=${quoted(label)};\n`;
    for (const node of nodes) {
      yield `    ${node.id} [label=${quoted(node.label)}];\n`;
    }
    yield '  }\n';
  }
  for (const part of picture.parts()) {
    yield 'address' in part
      ? `  ${part.address.id} [label=${quoted(part.address.label)}, shape=ellipse];\n`
      : `  ${part.from} -> ${part.to} [label=${quoted(part.label)}];\n`;
  }
  yield '}\n';
}

/** A backslash would begin an escape in a label, an ampersand an entity; a quote would end it. */
function quoted(text: string): string {
  return `"${text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/[\r\n]+/g, ' ')}"`;
}
