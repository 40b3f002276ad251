import { type Bundle, bundlesOf, pairBundlesOf } from '../bundles';
import { layoutOf } from '../layout/layout';
import { ringOf } from '../layout/ring';
import type { Layout, LayoutInput } from '../layout/types';
import type { Graph } from '../model';
import { doubtOf, signOf } from '../signs';
import { cardSize } from './node-card';
import { textWidth } from './text';

/** A picture laid out: the layout's boxes are the graph's nodes, its groups the islands, its nets the bundles. */
export interface Scene {
  readonly bundles: readonly Bundle[];
  readonly input: LayoutInput;
  readonly layout: Layout;
  /** Whether lines run straight from box to box, too many for channels. */
  readonly isRing: boolean;
}

/** More lines between islands than channels can hold on one screen. */
const MOST_NETS = 30;

export const LABEL = 10;

/** Lays a graph out. */
export function sceneOf({ nodes, islands, lines }: Pick<Graph, 'nodes' | 'islands' | 'lines'>): Scene {
  const isOfIslands = nodes.some(({ kind }) => kind === 'island');
  const bundles = isOfIslands ? pairBundlesOf(lines) : bundlesOf(lines);
  const isRing = isOfIslands && bundles.length > MOST_NETS;
  const input: LayoutInput = {
    boxes: nodes.map(cardSize),
    groups: islands.map(({ kind, label }, at) => ({
      boxes: [...nodes.keys()].filter((node) => nodes[node]?.island === at),
      titleWidth: textWidth(label, 13, true),
      framed: label !== '',
      side: kind === 'entry' ? 'left' : kind === 'outside' ? 'right' : 'inside',
    })),
    nets: bundles.map((bundle) => ({
      sources: bundle.sources,
      targets: bundle.targets,
      labelWidth: labelOf(bundle) === '' ? 0 : textWidth(labelOf(bundle), LABEL) + 4,
    })),
  };
  return { bundles, input, layout: isRing ? ringOf(input) : layoutOf(input), isRing };
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
