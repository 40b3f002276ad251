import { graphMermaid } from '../graph/mermaid';
import type { Graph, Mark } from '../graph/model';
import type { PullRequestAnswer } from './answer';
import type { Block } from './blocks';

/** Mermaid draws no more lines than this, and no longer text; a picture of more is no picture. */
const MOST_LINES = 100;
const MOST_CHARACTERS = 20_000;

/** The picture of what changes, folded; nothing where there is no line to draw. */
export function pictureBlocks({ picture }: PullRequestAnswer): readonly Block[] {
  const changed = picture === undefined ? undefined : changesOf(picture);
  if (changed === undefined || changed.lines.length === 0 || changed.lines.length > MOST_LINES) {
    return [];
  }
  const text = graphMermaid(changed);
  if (text.length > MOST_CHARACTERS) {
    return [];
  }
  return [
    {
      head: '<details><summary>The change as a picture</summary>\n\n',
      // Mermaid's text has no backtick: quotes make an entity of it.
      rows: [`\`\`\`mermaid\n${text}\`\`\`\n\nThick lines open, dotted lines close.\n`],
      tail: '\n</details>\n',
      more: () => 'It does not fit into a comment; `cdk8s-networking graph --before` draws it.\n',
    },
  ];
}

/** The part of a picture that changes. */
export function changesOf({ islands, nodes, lines, ...graph }: Graph): Graph {
  const changed = lines.filter(({ change }) => change !== 'kept');
  const used = new Set(changed.flatMap(({ from, to }) => [from, to]));
  const marks = (all: readonly Mark[]) => all.filter(({ change }) => change !== 'kept');
  const kept = [...nodes.keys()].flatMap((at) => (used.has(at) ? [at] : []));
  const inUse = [...new Set(kept.map((at) => nodes[at]?.island as number))].sort((a, b) => a - b);
  return {
    ...graph,
    islands: inUse.map((at) => islands[at] as Graph['islands'][number]),
    nodes: kept.map((at) => {
      const node = nodes[at] as Graph['nodes'][number];
      return { ...node, island: inUse.indexOf(node.island), from: marks(node.from), to: marks(node.to) };
    }),
    lines: changed.map((line) => ({ ...line, from: kept.indexOf(line.from), to: kept.indexOf(line.to) })),
  };
}
