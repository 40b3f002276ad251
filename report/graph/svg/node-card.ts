import { portsText } from '../../../analysis/connectivity';
import type { LayoutBox, Rect } from '../layout/types';
import type { GraphNode, Mark } from '../model';
import { portsLabel } from '../ports';
import { fitted, textWidth, xml } from './text';

const WIDEST = 210;
const NAME = 13;
const CHIP = 10;

/** How much room a node takes. */
export function cardSize(node: GraphNode): LayoutBox {
  const name = textWidth(node.label, NAME, true) + 30 + (node.detail === '' ? 0 : textWidth(node.detail, 10.5) + 10);
  const chips = chipsOf(node).reduce((all, { text }) => all + textWidth(text, CHIP) + 16, 20);
  return { width: Math.min(WIDEST, Math.max(96, name, chips)), height: chipsOf(node).length > 0 ? 48 : 36 };
}

/** One node: its name and kind, and below what is open to it and where it may go. */
export function card(node: GraphNode, { x, y, width, height }: Rect): string {
  const chips = chipsOf(node);
  const sign = node.change === 'opened' ? '+ ' : node.change === 'closed' ? '− ' : '';
  const room = width - 24 - (node.detail === '' ? 0 : textWidth(node.detail, 10.5) + 8);
  const line = y + height / 2 + (chips.length > 0 ? -4 : 4.5);
  const parts = [
    `<rect class="box ${node.change}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${node.kind === 'workload' || node.kind === 'island' ? 7 : height / 2}"/>`,
    `<text class="name" x="${x + 12}" y="${line}">${xml(sign + fitted(node.label, NAME, room, true))}</text>`,
    node.detail === ''
      ? ''
      : `<text class="soft" x="${x + width - 12}" y="${line}" text-anchor="end">${xml(node.detail)}</text>`,
  ];
  let left = x + 9;
  const total = width - 18;
  for (const { text, isIn, change } of chips) {
    const most = chips.length > 1 ? total / 2 - 3 : total;
    const shown = fitted(text, CHIP, most - 12);
    const own = Math.min(most, textWidth(shown, CHIP) + 12);
    const [top, kind] = [y + height / 2 + 3, isIn ? 'in' : 'out'];
    parts.push(
      `<rect class="${kind}" x="${left}" y="${top}" width="${own}" height="15" rx="7.5"/>`,
      `<text class="${kind}text${change === 'closed' ? ' gone' : ''}" x="${left + own / 2}" y="${top + 11}" text-anchor="middle">${xml(shown)}</text>`,
    );
    left += own + 5;
  }
  return `<g><title>${xml(titleOf(node))}</title>${parts.join('')}</g>`;
}

interface Chip {
  readonly text: string;
  readonly isIn: boolean;
  readonly change: Mark['change'];
}

function chipsOf(node: GraphNode): Chip[] {
  if (node.kind === 'island') {
    const count = (marks: readonly Mark[]) => (marks.length === node.peers.length ? 'all' : `${marks.length}`);
    return [
      ...(node.from.length > 0 ? [{ text: `▸ ${count(node.from)} open`, isIn: true, change: 'kept' as const }] : []),
      ...(node.to.length > 0 ? [{ text: `${count(node.to)} anywhere ▸`, isIn: false, change: 'kept' as const }] : []),
    ];
  }
  const chip = (marks: readonly Mark[], isIn: boolean): Chip[] => {
    const first = marks.find(({ change }) => change !== 'closed') ?? marks[0];
    if (first === undefined) {
      return [];
    }
    const { scope, ports, change } = first;
    const who = { everybody: isIn ? 'everybody' : 'anywhere', outside: 'outside', IPv4: 'any IPv4', IPv6: 'any IPv6' }[
      scope
    ];
    const what = `${who}${ports === 'all' ? '' : `: ${portsLabel(ports)}`}${marks.length > 1 ? ' …' : ''}`;
    const sign = change === 'opened' ? '+' : change === 'closed' ? '−' : '';
    return [{ text: isIn ? `${sign}▸ ${what}` : `${sign}${what} ▸`, isIn, change }];
  };
  return [...chip(node.from, true), ...chip(node.to, false)];
}

function titleOf(node: GraphNode): string {
  const words = (marks: readonly Mark[], text: string) =>
    marks.map(({ scope, ports, change }) => {
      const who =
        scope === 'everybody'
          ? text
          : `${text.startsWith('open') ? 'open to' : 'may go to'} ${scope === 'outside' ? 'any address outside' : `any ${scope}`}`;
      return `${who}: ${portsText(ports)}${change === 'kept' ? '' : ` (${change})`}`;
    });
  return node.kind === 'island'
    ? node.title
    : [node.title, ...words(node.from, 'open to everybody'), ...words(node.to, 'may go anywhere')].join('\n');
}
