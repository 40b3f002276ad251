import { portsText } from '../../../analysis/connectivity';
import type { LayoutBox, Rect } from '../layout/types';
import type { GraphNode, Mark } from '../model';
import { portsLabel } from '../ports';
import { signOf } from '../signs';
import { HUES } from './style';
import { fitted, textWidth, xml } from './text';

const WIDEST = 300;
const NAME = 13;
const CHIP = 10;

/** How much room a node takes. */
export function cardSize(node: GraphNode): LayoutBox {
  const sign = node.change === 'kept' ? '' : '+ ';
  const name =
    textWidth(sign + node.label, NAME, true) + 30 + (node.detail === '' ? 0 : textWidth(node.detail, 10.5) + 10);
  const chips = chipsOf(node).reduce((all, { text }) => all + textWidth(text, CHIP) + 16, 20);
  return { width: Math.min(WIDEST, Math.max(96, name, chips)), height: chipsOf(node).length > 0 ? 48 : 36 };
}

/** One node: its name and kind, and below what is open to it and where it may go. */
export function card(node: GraphNode, { x, y, width, height }: Rect, attributes = ''): string {
  const chips = chipsOf(node);
  const sign = signOf(node.change) === '' ? '' : `${signOf(node.change)} `;
  const signWidth = sign === '' ? 0 : textWidth(sign, NAME, true);
  const room = width - 24 - signWidth - (node.detail === '' ? 0 : textWidth(node.detail, 10.5) + 8);
  const line = y + height / 2 + (chips.length > 0 ? -4 : 4.5);
  const parts = [
    `<rect class="box ${node.change}${node.kind === 'service' && node.detail !== 'svc' ? ' nobody' : ''}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${node.kind === 'workload' || node.kind === 'island' ? 7 : height / 2}"/>`,
    `<text class="name" x="${x + 12}" y="${line}">${xml(sign + fitted(node.label, NAME, room, true))}</text>`,
    node.detail === ''
      ? ''
      : `<text class="soft" x="${x + width - 12}" y="${line}" text-anchor="end">${xml(node.detail)}</text>`,
  ];
  let left = x + 9;
  const widths = shares(
    chips.map(({ text }) => textWidth(text, CHIP) + 12),
    width - 18 - 5 * (chips.length - 1),
  );
  for (const [at, { text, isIn, change }] of chips.entries()) {
    const own = widths[at] as number;
    const shown = fitted(text, CHIP, own - 12);
    const [top, kind] = [y + height / 2 + 3, isIn ? 'in' : 'out'];
    parts.push(
      `<rect class="${kind}" x="${left}" y="${top}" width="${own}" height="15" rx="7.5"/>`,
      `<text class="${kind}text${change === 'kept' ? '' : ` f${HUES[change]}`}" x="${left + own / 2}" y="${top + 11}" text-anchor="middle">${xml(shown)}</text>`,
    );
    left += own + 5;
  }
  return `<g${attributes}><title>${xml(titleOf(node))}</title>${parts.join('')}</g>`;
}

interface Chip {
  readonly text: string;
  readonly isIn: boolean;
  readonly change: Mark['change'];
}

function chipsOf(node: GraphNode): Chip[] {
  const chip = (marks: readonly Mark[], isIn: boolean): Chip[] => {
    const first = marks.find(({ change }) => change !== 'closed') ?? marks[0];
    if (first === undefined) {
      return [];
    }
    const words = node.kind === 'island' ? counted(marks, isIn) : one(first, isIn, marks.length);
    const { change } = node.kind === 'island' && marks.some((mark) => mark.change !== first.change) ? KEPT : first;
    const sign = signOf(change);
    return [{ text: isIn ? `${sign}▸ ${words}` : `${sign}${words} ▸`, isIn, change }];
  };
  return [...chip(node.from, true), ...chip(node.to, false)];
}

const KEPT = { change: 'kept' } as const;

function scopeText({ scope }: Mark, isIn: boolean): string {
  return { everybody: isIn ? 'everybody' : 'anywhere', outside: 'outside', IPv4: 'any IPv4', IPv6: 'any IPv6' }[scope];
}

function one(mark: Mark, isIn: boolean, count: number): string {
  const { ports, before } = mark;
  const was = before === undefined ? '' : `${portsLabel(before)} → `;
  const what = ports === 'all' && before === undefined ? '' : `: ${was}${portsLabel(ports)}`;
  // "− everybody" alone reads as if it were closed to all; lines may still lead there.
  const gone = mark.change === 'closed' ? 'no longer ' : '';
  return `${gone}${scopeText(mark, isIn)}${what}${count > 1 ? ' …' : ''}`;
}

/** How many workloads of an island have a mark, by scope and by what became of it. */
function counted(marks: readonly Mark[], isIn: boolean): string {
  const counts = new Map<string, number>();
  const isMixed = marks.some(({ change }) => change !== marks[0]?.change);
  for (const mark of marks) {
    const gone = mark.change === 'closed' ? 'no longer ' : '';
    const text = `${isMixed ? signOf(mark.change) : ''}${gone}${scopeText(mark, isIn)}`;
    counts.set(text, (counts.get(text) ?? 0) + (mark.count ?? 1));
  }
  return [...counts].map(([text, count]) => `${text} ×${count}`).join(', ');
}

/** Room for texts beside each other: what each needs, or an equal share of what there is for those that need more. */
function shares(needs: readonly number[], total: number): number[] {
  const rest = needs.reduce((all, need) => all + need, 0) - total;
  const even = total / needs.length;
  const small = needs.filter((need) => need <= even);
  const share = (total - small.reduce((all, need) => all + need, 0)) / Math.max(1, needs.length - small.length);
  return needs.map((need) => (rest <= 0 || need <= even ? need : share));
}

function titleOf(node: GraphNode): string {
  const words = (marks: readonly Mark[], text: string) =>
    marks.map(({ scope, ports, before, change, count }) => {
      const who =
        scope === 'everybody'
          ? text
          : `${text.startsWith('open') ? 'open to' : 'may go to'} ${scope === 'outside' ? 'any address outside' : `any ${scope}`}`;
      const was = before === undefined ? '' : `, was ${portsText(before)}`;
      const many = count === undefined ? '' : `: ${count} workload${count === 1 ? '' : 's'}`;
      return `${who}: ${portsText(ports)}${change === 'kept' ? '' : ` (${change}${was})`}${many}`;
    });
  return [node.title, ...words(node.from, 'open to everybody'), ...words(node.to, 'may go anywhere')].join('\n');
}
