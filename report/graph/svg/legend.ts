import { wrapped } from '../../wrapped';
import type { Bundle } from '../bundles';
import type { Condensed } from '../condensed';
import type { Change, Graph, Mark } from '../model';
import { asideOf } from '../signs';
import { fitted, textWidth, xml } from './text';

/** What a picture says beside its boxes and lines, in words: a line for each would lead to nothing that is drawn. */
export function asideText(
  graph: Pick<Graph, 'nodes' | 'unseen' | 'notes'>,
  x: number,
  y: number,
): { readonly text: string; readonly width: number; readonly height: number } {
  const lines = asideOf(graph)
    .flatMap(({ title, texts }) => [
      `${title}:`,
      ...texts.flatMap((text) => wrapped('', text.split(' '), LINE, 4).split('\n')),
    ])
    .map((line) => fitted(line, 10.5, WIDEST));
  const texts = lines.map((line, at) => `<text class="soft" x="${x}" y="${y + 14 + at * 16}">${xml(line)}</text>`);
  const width = Math.max(0, ...lines.map((line) => textWidth(line, 10.5)));
  return { text: texts.join('\n'), width, height: lines.length === 0 ? 0 : lines.length * 16 + 10 };
}

const WIDEST = 900;

/** So many characters stand on a line of a sentence. */
const LINE = 130;

/** What a legend explains. */
export interface Explained {
  readonly graph: Graph;
  readonly bundles: readonly Bundle[];
  readonly shared: Condensed['shared'];
  readonly isRing: boolean;
  readonly isTerse: boolean;
}

/** What signs mean, of those alone that the picture has. */
export function legend(
  { graph: { nodes, lines, isChange }, bundles, shared, isRing, isTerse }: Explained,
  x: number,
  y: number,
  room: number,
): { readonly text: string; readonly width: number; readonly height: number } {
  const marks = [...nodes, ...shared].flatMap(({ from, to }) => [
    ...from.map((mark) => ({ ...mark, isIn: true })),
    ...to.map((mark) => ({ ...mark, isIn: false })),
  ]);
  const has = (isIn: boolean, scopes: readonly Mark['scope'][]) =>
    marks.some((mark) => mark.isIn === isIn && scopes.includes(mark.scope));
  const became = (wanted: Change) => [...lines, ...marks].some(({ change }) => change === wanted);
  const isShared = shared.some(({ from, to }) => from.length + to.length > 0);
  const isMutual = shared.some(({ from }) => from.some(({ scope }) => scope === 'namespace'));
  const toIsland = bundles.some((bundle) => [...bundle.sources, ...bundle.targets].some((at) => at >= nodes.length));
  const isOfIslands = nodes.some(({ kind }) => kind === 'island');
  const items: [string, string, boolean][] = [
    [
      '<path class="line cold" d="M0 -4h22"/><path class="fold" d="M28 -4l-8 -4v8z"/><circle class="fold" cx="0" cy="-4" r="3"/>',
      lines.some(({ kind }) => kind === 'route')
        ? 'where requests go: path and share, then the port of the pods (TCP where nothing is named)'
        : isOfIslands
          ? 'may connect; ×: so many connections, where there is more than one'
          : 'may connect, on the ports at the arrow (TCP where nothing is named)',
      lines.length > 0 && !isRing,
    ],
    [
      '<path class="line cold" d="M0 -4h28M14 -4v-7"/><circle class="fold" cx="14" cy="-4" r="2.6"/>',
      'one line: all that begin on it reach all its arrows',
      !isOfIslands && bundles.some(({ sources, targets }) => sources.length + targets.length > 2),
    ],
    [
      '<path class="line cold w1" d="M0 -8h22"/><path class="line cold w4" d="M0 -1h22"/>',
      'the thicker, the more connections; numbers are in the table',
      isRing,
    ],
    [
      '<path class="frame" d="M14 -13v18"/><path class="line cold" d="M14 -4h14"/><path class="fold" d="M12.5 -9h4v10h-4z"/>',
      'at the edge of a namespace: from all in it, or to all in it',
      toIsland,
    ],
    [chip('in', '▸'), 'open to everybody, no line drawn', has(true, ['everybody', 'outside', 'IPv4', 'IPv6'])],
    [chip('out', '▸'), 'may go to whatever is open to everybody', has(false, ['everybody'])],
    [chip('in', '▸'), 'open to all that it names, no line drawn', has(true, ['workloads', 'namespace']) && !isMutual],
    [chip('both', '⇄'), 'each in the namespace may connect to each other in it', isMutual],
    ['', 'beside the name of a namespace: true of each in it', isShared],
    ['', 'a name without a kind: a Deployment', isTerse],
    [
      '<path class="line cold blocked" d="M0 -4h28"/>',
      '✕ stopped by a policy, or leads nowhere',
      lines.some(({ blocked }) => blocked),
    ],
    [
      '<path class="line cold undecided" d="M0 -4h28"/>',
      '? manifests cannot tell',
      [...lines, ...marks].some(({ undecided }) => undecided),
    ],
    ['<path class="line cnew opened" d="M0 -4h28"/>', '+ opened', isChange],
    ['<path class="line cgone closed" d="M0 -4h28"/>', '− closed', isChange],
    ['<path class="line cmore wider" d="M0 -4h28"/>', '▲ more ports than before', became('wider')],
    ['<path class="line cless narrower" d="M0 -4h28"/>', '▼ fewer ports than before', became('narrower')],
    ['<path class="line cmixed changed" d="M0 -4h28"/>', '± other ports than before', became('changed')],
  ];
  const parts: string[] = [];
  let [left, top, width] = [0, 20, 0];
  for (const [sign, text] of items.filter(([, , wanted]) => wanted)) {
    const indent = sign === '' ? 0 : 38;
    const own = indent + textWidth(text, 10.5) + 22;
    if (left > 0 && left + own > room) {
      [left, top] = [0, top + 22];
    }
    parts.push(
      `<g transform="translate(${x + left} ${y + top})">${sign}<text class="soft" x="${indent}" y="0">${xml(text)}</text></g>`,
    );
    left += own;
    width = Math.max(width, left);
  }
  return parts.length === 0 ? { text: '', width: 0, height: 0 } : { text: parts.join('\n'), width, height: top + 4 };
}

function chip(look: 'in' | 'out' | 'both', text: string): string {
  return `<rect class="${look}" width="28" height="13" y="-11" rx="6.5"/><text class="${look}text" x="14" y="-1" text-anchor="middle">${text}</text>`;
}
