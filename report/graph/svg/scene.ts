import { type Bundle, pairBundlesOf } from '../bundles';
import { type Condensed, condensed } from '../condensed';
import { layoutOf } from '../layout/layout';
import { ringOf } from '../layout/ring';
import type { Layout, LayoutInput } from '../layout/types';
import type { Graph, GraphNode } from '../model';
import { doubtOf, signOf } from '../signs';
import { chipsWidth, sharedChips } from './chips';
import { cardSize } from './node-card';
import { textWidth } from './text';

/** A picture laid out: the layout's boxes are the graph's nodes, its groups the islands, its nets the bundles. */
export interface Scene extends Condensed {
  readonly input: LayoutInput;
  readonly layout: Layout;
  /** Whether lines run straight from box to box, too many for channels. */
  readonly isRing: boolean;
  /** Whether a workload without a kind is a Deployment: said once, where there are many. */
  readonly isTerse: boolean;
}

/** More lines between islands than channels can hold on one screen. */
const MOST_NETS = 30;

/** Of more workloads than so many, what most of them are is said once. */
const MOST_NAMED = 16;

export const LABEL = 10;

/** Before the ports at an arrow that ends at the frame of a namespace. */
export const TO_ALL = 'all: ';

/** Lays a graph out. */
export function sceneOf(graph: Graph): Scene {
  const { islands } = graph;
  const isOfIslands = graph.nodes.some(({ kind }) => kind === 'island');
  const isTerse = graph.nodes.filter(({ detail }) => detail === 'deploy').length > MOST_NAMED;
  const drawn = isOfIslands ? islandsOf(graph) : condensed(graph);
  const nodes = drawn.nodes.map(
    (node): GraphNode => (isTerse && node.detail === 'deploy' ? { ...node, detail: '' } : node),
  );
  const { bundles, shared } = drawn;
  const isRing = isOfIslands && bundles.length > MOST_NETS;
  const input: LayoutInput = {
    boxes: nodes.map(cardSize),
    groups: islands.map(({ kind, label }, at) => ({
      boxes: [...nodes.keys()].filter((node) => nodes[node]?.island === at),
      titleWidth: textWidth(label, 13, true) + 10 + chipsWidth(sharedChips(shared[at] as Condensed['shared'][number])),
      framed: label !== '',
      side: kind === 'entry' ? 'left' : kind === 'outside' ? 'right' : 'inside',
    })),
    nets: bundles.map((bundle) => {
      const label = labelOf(bundle);
      const isToAll = bundle.targets.some((place) => place >= nodes.length);
      return {
        sources: bundle.sources,
        targets: bundle.targets,
        labelWidth: label === '' ? 0 : textWidth(`${isToAll ? TO_ALL : ''}${label}`, LABEL) + 4,
      };
    }),
  };
  return { ...drawn, nodes, input, layout: isRing ? ringOf(input) : layoutOf(input), isRing, isTerse };
}

/** Namespaces as boxes: nothing is said of what is in them but by numbers. */
function islandsOf({ nodes, islands, lines }: Graph): Condensed {
  return { nodes, shared: islands.map(() => ({ from: [], to: [] })), bundles: pairBundlesOf(lines), unlined: [] };
}

/** The text at the arrows of a bundle: ports, a sign of what a change did, and how many connections where they are counted. */
export function labelOf({ lines }: Bundle): string {
  const [line] = lines as readonly [Bundle['lines'][number]];
  const { label, change } = line;
  const count = lines.reduce((all, line) => all + line.count, 0);
  return [signOf(change), doubtOf(line), label, label === '' && count > 1 ? `×${count}` : '']
    .filter((part) => part !== '')
    .join(' ');
}
