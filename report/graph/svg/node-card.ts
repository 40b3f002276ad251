import type { LayoutBox, Rect } from '../layout/types';
import type { GraphNode } from '../model';
import { signOf } from '../signs';
import { chipsDrawn, chipsOf, chipsWidth, insideWords, markWords } from './chips';
import { fitted, textWidth, xml } from './text';

const WIDEST = 300;
const NAME = 13;
const KIND = 10.5;

/** How much room a node takes. */
export function cardSize(node: GraphNode): LayoutBox {
  const sign = node.change === 'kept' ? '' : '+ ';
  const name =
    textWidth(sign + node.label, NAME, true) + 24 + (node.detail === '' ? 0 : textWidth(node.detail, KIND) + 10);
  const chips = chipsOf(node);
  return {
    width: Math.min(WIDEST, Math.max(80, name, chips.length === 0 ? 0 : chipsWidth(chips) + 14)),
    height: chips.length > 0 ? 48 : 30,
  };
}

/** One node: its name and kind, and below what is open to it and where it may go. `whole` has all of its marks, for its title. */
export function card(node: GraphNode, whole: GraphNode, { x, y, width, height }: Rect, attributes = ''): string {
  const chips = chipsOf(node);
  const sign = signOf(node.change) === '' ? '' : `${signOf(node.change)} `;
  const signWidth = sign === '' ? 0 : textWidth(sign, NAME, true);
  const room = width - 24 - signWidth - (node.detail === '' ? 0 : textWidth(node.detail, KIND) + 8);
  const line = y + height / 2 + (chips.length > 0 ? -4 : 4.5);
  const isRound = node.kind !== 'workload' && node.kind !== 'island';
  const look = `box ${node.change}${node.kind === 'service' && node.detail !== 'svc' ? ' nobody' : ''}`;
  const parts = [
    `<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${isRound ? height / 2 : 7}"/>`,
    `<text class="name" x="${x + 12}" y="${line}">${xml(sign + fitted(node.label, NAME, room, true))}</text>`,
    node.detail === ''
      ? ''
      : `<text class="soft" x="${x + width - 12}" y="${line}" text-anchor="end">${xml(node.detail)}</text>`,
    chipsDrawn(chips, x + 9, y + height / 2 + 3, width - 18),
  ];
  return `<g${attributes}><title>${xml([node.title, ...markWords(whole), ...insideWords(whole)].join('\n'))}</title>${parts.join('')}</g>`;
}
