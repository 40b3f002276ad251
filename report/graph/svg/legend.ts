import type { Change, Graph } from '../model';
import { fitted, textWidth, xml } from './text';

/** So many sentences stand below a picture. */
const SHOWN = 6;

/** What pods may do that no manifest shows, in words: a line for each would lead to nothing that is drawn. */
export function unseenText(
  unseen: readonly string[],
  x: number,
  y: number,
): { readonly text: string; readonly width: number; readonly height: number } {
  if (unseen.length === 0) {
    return { text: '', width: 0, height: 0 };
  }
  const rest = unseen.length - SHOWN;
  const lines = [
    'Pods that no manifest shows:',
    ...unseen.slice(0, SHOWN).map((line) => line.replaceAll('->', '→')),
    ...(rest > 0 ? [`and ${rest} more; connections tells all`] : []),
  ].map((line) => fitted(line, 10.5, WIDEST));
  const texts = lines.map((line, at) => `<text class="soft" x="${x}" y="${y + 14 + at * 16}">${xml(line)}</text>`);
  const width = Math.max(...lines.map((line) => textWidth(line, 10.5)));
  return { text: texts.join('\n'), width, height: lines.length * 16 + 10 };
}

const WIDEST = 900;

/** What signs mean, of those alone that the picture has. */
export function legend(
  { nodes, lines, isChange }: Graph,
  isRing: boolean,
  x: number,
  y: number,
): { readonly text: string; readonly width: number; readonly height: number } {
  const has = (end: 'from' | 'to') => nodes.some((node) => node[end].length > 0);
  const became = (wanted: Change) =>
    [...lines, ...nodes.flatMap(({ from, to }) => [...from, ...to])].some(({ change }) => change === wanted);
  const items: [string, string, boolean][] = [
    [
      '<path class="line cold" d="M0 -4h22"/><path class="fold" d="M28 -4l-8 -4v8z"/><circle class="fold" cx="0" cy="-4" r="3"/>',
      lines.some(({ kind }) => kind === 'route')
        ? 'where requests go: path and share, then the port of the pods (TCP where nothing is named)'
        : 'may connect, on the ports at the arrow (TCP where nothing is named)',
      lines.length > 0 && !isRing,
    ],
    [
      '<path class="line cold" d="M0 -4h28M14 -4v-7"/><circle class="fold" cx="14" cy="-4" r="2.6"/>',
      'one line: all that begin on it reach all its arrows',
      lines.length > 1 && !nodes.some(({ kind }) => kind === 'island'),
    ],
    [
      '<path class="line cold w1" d="M0 -8h22"/><path class="line cold w4" d="M0 -1h22"/>',
      'the thicker, the more connections; numbers are in the table',
      isRing,
    ],
    [
      '<rect class="in" width="28" height="13" y="-11" rx="6.5"/><text class="intext" x="14" y="-1" text-anchor="middle">▸</text>',
      'open to everybody, no line drawn',
      has('from'),
    ],
    [
      '<rect class="out" width="28" height="13" y="-11" rx="6.5"/><text class="outtext" x="14" y="-1" text-anchor="middle">▸</text>',
      'may go to whatever is open to everybody',
      has('to'),
    ],
    [
      '<path class="line cold blocked" d="M0 -4h28"/>',
      '✕ stopped by a policy, or leads nowhere',
      lines.some(({ blocked }) => blocked),
    ],
    [
      '<path class="line cold undecided" d="M0 -4h28"/>',
      '? manifests cannot tell',
      lines.some(({ undecided }) => undecided),
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
    const own = 40 + textWidth(text, 10.5) + 20;
    if (left > 0 && left + own > 900) {
      [left, top] = [0, top + 22];
    }
    parts.push(
      `<g transform="translate(${x + left} ${y + top})">${sign}<text class="soft" x="38" y="0">${xml(text)}</text></g>`,
    );
    left += own;
    width = Math.max(width, left);
  }
  return parts.length === 0 ? { text: '', width: 0, height: 0 } : { text: parts.join('\n'), width, height: top + 4 };
}
