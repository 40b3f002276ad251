import type { Bundle } from '../bundles';
import type { Condensed } from '../condensed';
import type { Drawn, Rect } from '../layout/types';
import type { Graph, GraphNode, Line } from '../model';
import { CHIP_HEIGHT, chipsDrawn, chipsWidth, markWords, sharedChips } from './chips';
import { asideText, legend } from './legend';
import { matrix } from './matrix';
import { pathOf } from './net-path';
import { card } from './node-card';
import { LABEL, labelOf, sceneOf, TO_ALL } from './scene';
import { HUES, STYLE } from './style';
import { fitted, textWidth, xml } from './text';

const MARGIN = 24;
const SHOWN_REASONS = 12;

/**
 * A graph as SVG by itself: no script, no font and nothing else from elsewhere; light or dark as its reader has it.
 *
 * @see https://www.w3.org/TR/SVG2/
 */
export function graphSvg(graph: Graph): string {
  const { width, height, parts } = drawing(graph);
  return joined([
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${xml(summary(graph))}">`,
    `<title>${xml(summary(graph))}</title><style>${STYLE}</style><rect class="bg" width="${width}" height="${height}"/>`,
    ...parts,
    '</svg>',
  ]);
}

/** A graph as a part of a page, which has the style: boxes are known there by the class `node`, lines by `net`, and their places. */
export interface PagePicture {
  readonly svg: string;
  /** By place of a line: the boxes between which it leads; behind these, pairs for which a mark stands. */
  readonly nets: readonly Pick<Bundle, 'sources' | 'targets' | 'isBoth'>[];
}

/** Draws a graph for a page. */
export function pagePicture(graph: Graph): PagePicture {
  const { width, height, parts, nets } = drawing(graph, true);
  const svg = joined([
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${xml(summary(graph))}">`,
    ...parts,
    '</svg>',
  ]);
  return { svg, nets };
}

function joined(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

function drawing(graph: Graph, isOfPage = false) {
  const { nodes, shared, bundles, unlined, layout, isRing, isTerse } = sceneOf(graph);
  const isOfIslands = graph.nodes.some(({ kind }) => kind === 'island');
  // A page has a matrix of its own.
  const table =
    isOfIslands && !isOfPage ? matrix(graph, MARGIN, layout.height + MARGIN * 2) : { text: '', width: 0, height: 0 };
  const notes = legend(
    { graph: { ...graph, nodes }, bundles, shared, isRing, isTerse },
    MARGIN,
    layout.height + table.height + MARGIN * 2,
    Math.max(900, layout.width),
  );
  const words = asideText(graph, MARGIN, layout.height + table.height + notes.height + MARGIN * 2 + 12);
  const width = Math.ceil(Math.max(layout.width, notes.width, table.width, words.width) + MARGIN * 2);
  const height = Math.ceil(layout.height + table.height + notes.height + words.height + MARGIN * 3);
  const left = MARGIN + Math.floor((width - MARGIN * 2 - layout.width) / 2);
  const named = (what: string, place: number) => (isOfPage ? ` class="${what}" data-at="${place}"` : '');
  const parts = [
    `<g transform="translate(${left} ${MARGIN})">`,
    ...graph.islands.map((island, at) =>
      island.label === '' || isRing
        ? ''
        : frame(island, shared[at] as Condensed['shared'][number], layout.groups[at] as Rect),
    ),
    ...bundles.map((bundle, at) =>
      drawn(graph, bundle, layout.nets[at] as Drawn, isRing ? 'chord' : 'line', named('net', at)),
    ),
    ...nodes.map((node, at) => card(node, graph.nodes[at] as GraphNode, layout.boxes[at] as Rect, named('node', at))),
    ...bundles.map((bundle, at) =>
      isRing ? '' : drawn(graph, bundle, layout.nets[at] as Drawn, 'label', named('net', at)),
    ),
    '</g>',
    table.text,
    notes.text,
    words.text,
  ];
  return { width, height, parts, nets: [...bundles.map((bundle) => netOf(bundle, nodes)), ...unlined] };
}

/** The nodes between which a bundle leads: all workloads of an island that is an end of it. */
function netOf({ sources, targets, isBoth = false }: Bundle, nodes: readonly GraphNode[]): PagePicture['nets'][number] {
  const of = (places: readonly number[]) =>
    places.flatMap((place) =>
      place < nodes.length
        ? [place]
        : [...nodes.keys()].filter(
            (at) => nodes[at]?.island === place - nodes.length && nodes[at]?.kind === 'workload',
          ),
    );
  return { sources: of(sources), targets: of(targets), isBoth };
}

/** What the picture shows, in a sentence. */
export function summary({ nodes, lines, isChange }: Graph): string {
  const workloads = nodes.reduce(
    (all, { kind, peers }) => all + (kind === 'workload' ? 1 : kind === 'island' ? peers.length : 0),
    0,
  );
  const inside = nodes.reduce((all, node) => all + (node.inside?.count ?? 0), 0);
  const count = lines.reduce((all, line) => all + line.count, inside);
  if (lines.some(({ kind }) => kind === 'route')) {
    const hosts = nodes.filter(({ kind }) => kind === 'host').length;
    return `${isChange ? 'What a change does to where requests go' : 'Where requests go'}: ${hosts} host${hosts === 1 ? '' : 's'} and ${workloads} workload${workloads === 1 ? '' : 's'}`;
  }
  return `${isChange ? 'What a change does: ' : ''}${workloads} workload${workloads === 1 ? '' : 's'} and ${count} line${count === 1 ? '' : 's'} of who may connect to whom`;
}

function frame(
  { label, title }: Graph['islands'][number],
  shared: Condensed['shared'][number],
  { x, y, width, height }: Rect,
): string {
  const chips = sharedChips(shared);
  const own = chips.length === 0 ? 0 : chipsWidth(chips) + 10;
  const name = fitted(label, 13, width - 28 - own, true);
  const left = x + 14 + textWidth(name, 13, true) + 10;
  const words = [title, ...markWords(shared).map((text) => `each: ${text}`)].join('\n');
  return `<g><title>${xml(words)}</title><rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/><text class="title" x="${x + 14}" y="${y + 20}">${xml(name)}</text>${chipsDrawn(chips, left, y + 20 - CHIP_HEIGHT + 4, own)}</g>`;
}

function drawn(
  { nodes, isChange }: Graph,
  bundle: Bundle,
  net: Drawn,
  what: 'line' | 'label' | 'chord',
  attributes: string,
): string {
  const [line] = bundle.lines as readonly [Line];
  const hue = isChange ? HUES[line.change] : `${hub(bundle) % 6}`;
  if (what === 'label') {
    const label = labelOf(bundle);
    const texts = net.tips
      .filter(({ isTarget }) => isTarget && label !== '')
      .map(({ x, y, side, place }) => {
        const [at, anchor] = side === 'left' ? [x - 12, 'end'] : [x + 12, 'start'];
        const text = place < nodes.length ? label : `${TO_ALL}${label}`;
        const own = textWidth(text, LABEL) + 2;
        // Dashes would show between words.
        const under = `<rect class="under" x="${side === 'left' ? at - own : at}" y="${y - 3}" width="${own}" height="6"/>`;
        return `${under}<text class="label" x="${at}" y="${y + LABEL / 2 - 1.5}" text-anchor="${anchor}">${xml(text)}</text>`;
      })
      .join('');
    return attributes === '' || texts === '' ? texts : `<g${attributes}>${texts}</g>`;
  }
  const { path, joints } = what === 'chord' ? { path: chordPath(net), joints: [] } : pathOf(net);
  const classes = [
    'line',
    `c${hue}`,
    line.kind,
    line.change,
    ...(line.blocked ? ['blocked'] : line.undecided ? ['undecided'] : []),
    ...(isChange && line.change === 'kept' ? ['faint'] : []),
    ...(what === 'chord' ? ['chord', weightOf(bundle)] : []),
  ];
  const arrows = net.tips.map(({ x, y, side, isTarget, place }, at) =>
    what === 'chord'
      ? isTarget || bundle.isBoth
        ? `<path class="f${hue}" transform="translate(${x} ${y}) rotate(${angle(net.tips[1 - at] as Drawn['tips'][number], { x, y })})" d="M0 0l-9 -4v8z"/>`
        : ''
      : isTarget || bundle.isBoth
        ? `<path class="f${hue}" d="M${x} ${y}l${side === 'left' ? -8 : 8} -4v8z"/>`
        : place < nodes.length
          ? `<circle class="f${hue}" cx="${x}" cy="${y}" r="3"/>`
          : `<path class="f${hue}" d="M${x - 2} ${y - 5}h4v10h-4z"/>`,
  );
  const dots = joints.map(({ x, y }) => `<circle class="f${hue}" cx="${x}" cy="${y}" r="2.4"/>`);
  // What is drawn before it has a gap where it is crossed: only dots join lines.
  const gap = what === 'chord' ? '' : `<path class="gap" d="${path}"/>`;
  return `<g${attributes}><title>${xml(reasons(nodes, bundle))}</title>${gap}<path class="${classes.join(' ')}" d="${path}"/>${arrows.join('')}${dots.join('')}</g>`;
}

/** How thick a line is that stands for many. */
function weightOf({ lines }: Bundle): string {
  const count = lines.reduce((all, line) => all + line.count, 0);
  return `w${Math.min(5, Math.floor(Math.log2(Math.max(1, count))))}`;
}

function chordPath({ pieces }: Drawn): string {
  return pieces.map(([a, b]) => `M${a.x} ${a.y}L${b.x} ${b.y}`).join('');
}

function angle(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): number {
  return Math.round((Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI);
}

/** The end at which lines of a bundle meet: it gives the colour. */
function hub({ sources, targets }: Bundle): number {
  return (targets.length <= sources.length ? targets[0] : sources[0]) as number;
}

function reasons(nodes: Graph['nodes'], { lines }: Bundle): string {
  const texts = lines.slice(0, SHOWN_REASONS).map(({ from, to, ports, change, reasons: why }) => {
    const what = change === 'kept' ? '' : ` (${change})`;
    return [`${nodes[from]?.label} → ${nodes[to]?.label}: ${ports}${what}`, ...why.map((one) => `  ${one}`)].join('\n');
  });
  return [...texts, ...(lines.length > SHOWN_REASONS ? [`and ${lines.length - SHOWN_REASONS} more`] : [])].join('\n');
}
