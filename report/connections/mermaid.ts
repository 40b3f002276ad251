import type { ConnectionsAnswer } from './answer';
import { Picture } from './picture';

/**
 * Connections as a flowchart for Mermaid, which GitHub shows in Markdown: a box for each namespace, an arrow for each
 * connection.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function* connectionsMermaid(answer: ConnectionsAnswer): Generator<string> {
  const picture = new Picture(answer);
  yield 'flowchart LR\n';
  for (const [index, { label, nodes }] of picture.boxes.entries()) {
    yield `  subgraph s${index}[${quoted(label)}]\n`;
    for (const node of nodes) {
      yield `    ${node.id}[${quoted(node.label)}]\n`;
    }
    yield '  end\n';
  }
  for (const part of picture.parts()) {
    yield 'address' in part
      ? `  ${part.address.id}([${quoted(part.address.label)}])\n`
      : `  ${part.from} -->|${quoted(part.label)}| ${part.to}\n`;
  }
}

/** What Mermaid or HTML would read as their own becomes an entity, which Mermaid writes with `#` for `&`. */
function quoted(text: string): string {
  return `"${text.replace(/["#<>&;`\\]/g, (character) => `#${character.charCodeAt(0)};`).replace(/[\r\n]+/g, ' ')}"`;
}
