import { portsText } from '../../../analysis/connectivity';
import type { GraphNode, Mark } from '../model';
import { portsLabel } from '../ports';
import { signOf } from '../signs';
import { HUES } from './style';
import { fitted, textWidth, xml } from './text';

const CHIP = 10;
/** What is free between two, and how high one is. */
export const CHIP_GAP = 5;
export const CHIP_HEIGHT = 15;

/** What is open to something, or where it may go, in a few words. */
export interface Chip {
  readonly text: string;
  readonly look: 'in' | 'out' | 'both';
  readonly change: Mark['change'];
  readonly undecided: boolean;
}

const KEPT = { change: 'kept', undecided: false } as const;

/** The chips of a box: one for each direction, of which the first mark is told. */
export function chipsOf({ kind, from, to }: Pick<GraphNode, 'kind' | 'from' | 'to'>): readonly Chip[] {
  const chip = (marks: readonly Mark[], isIn: boolean): Chip[] => {
    const first = marks.find(({ change }) => change !== 'closed') ?? marks[0];
    if (first === undefined) {
      return [];
    }
    const isMixed = kind === 'island' && marks.some((mark) => mark.change !== first.change);
    const words = kind === 'island' ? counted(marks, isIn) : one(first, isIn, marks.length);
    return [chipOf(words, isIn, isMixed ? KEPT : first)];
  };
  return [...chip(from, true), ...chip(to, false)];
}

/** The chips of a frame: each says something of all workloads in it. */
export function sharedChips({ from, to }: Pick<GraphNode, 'from' | 'to'>): readonly Chip[] {
  const isMutual = ({ scope }: Mark) => scope === 'namespace';
  return [
    ...from.map((mark) =>
      isMutual(mark)
        ? {
            ...chipOf(one(mark, true, 1), true, mark),
            text: `${lead(mark)}⇄ each other${portsWords(mark)}`,
            look: 'both' as const,
          }
        : chipOf(one(mark, true, 1), true, mark),
    ),
    ...to.map((mark) => chipOf(one(mark, false, 1), false, mark)),
  ];
}

/** How wide chips are beside each other. */
export function chipsWidth(chips: readonly Chip[]): number {
  return chips.reduce((all, { text }) => all + textWidth(text, CHIP) + 12 + CHIP_GAP, 0);
}

/** Draws chips beside each other in the room that there is. */
export function chipsDrawn(chips: readonly Chip[], x: number, y: number, room: number): string {
  let left = x;
  const widths = shares(
    chips.map(({ text }) => textWidth(text, CHIP) + 12),
    room - CHIP_GAP * (chips.length - 1),
  );
  return chips
    .map(({ text, look, change, undecided }, at) => {
      const own = widths[at] as number;
      const shown = xml(fitted(text, CHIP, own - 12));
      const hue = change === 'kept' ? '' : ` f${HUES[change]}`;
      const drawn = `<rect class="${look}${undecided ? ' unsure' : ''}" x="${left}" y="${y}" width="${own}" height="${CHIP_HEIGHT}" rx="7.5"/><text class="${look}text${hue}" x="${left + own / 2}" y="${y + 11}" text-anchor="middle">${shown}</text>`;
      left += own + CHIP_GAP;
      return drawn;
    })
    .join('');
}

/** What is open inside of an island, in words. */
export function insideWords({ inside }: Pick<GraphNode, 'inside'>): readonly string[] {
  if (inside === undefined) {
    return [];
  }
  const { count, undecided } = inside;
  const doubt = undecided === 0 ? '' : `, of ${undecided} manifests cannot tell`;
  return [`inside: ${count} connection${count === 1 ? '' : 's'}${doubt}`];
}

/** Marks in full, a line each. */
export function markWords({ from, to }: Pick<GraphNode, 'from' | 'to'>): readonly string[] {
  const words = (marks: readonly Mark[], isIn: boolean) =>
    marks.flatMap(({ scope, ports, before, change, count, undecided = false, reasons = [] }) => {
      const who = {
        everybody: isIn ? 'open to everybody' : 'may go anywhere',
        workloads: `${isIn ? 'open to' : 'may go to'} all workloads`,
        namespace: `${isIn ? 'open to' : 'may go to'} all of its namespace`,
        outside: `${isIn ? 'open to' : 'may go to'} any address outside`,
        IPv4: `${isIn ? 'open to' : 'may go to'} any IPv4`,
        IPv6: `${isIn ? 'open to' : 'may go to'} any IPv6`,
      }[scope];
      const was = before === undefined ? '' : `, was ${portsText(before)}`;
      const many = count === undefined ? '' : `: ${count} workload${count === 1 ? '' : 's'}`;
      const doubt = undecided ? '? ' : '';
      const text = `${doubt}${who}: ${portsText(ports)}${change === 'kept' ? '' : ` (${change}${was})`}${many}`;
      return [text, ...reasons.map((reason) => `  ${reason}`)];
    });
  return [...words(from, true), ...words(to, false)];
}

function chipOf(words: string, isIn: boolean, mark: Pick<Mark, 'change' | 'undecided'>): Chip {
  const { change, undecided = false } = mark;
  const text = isIn ? `${lead(mark)}▸ ${words}` : `${lead(mark)}${words} ▸`;
  return { text, look: isIn ? 'in' : 'out', change, undecided };
}

/** The signs before the words. */
function lead({ change, undecided = false }: Pick<Mark, 'change' | 'undecided'>): string {
  return `${signOf(change)}${undecided ? '? ' : ''}`;
}

function scopeText({ scope }: Mark, isIn: boolean): string {
  return {
    everybody: isIn ? 'everybody' : 'anywhere',
    workloads: 'all workloads',
    namespace: 'its namespace',
    outside: 'outside',
    IPv4: 'any IPv4',
    IPv6: 'any IPv6',
  }[scope];
}

function portsWords({ ports, before }: Mark): string {
  const was = before === undefined ? '' : `${portsLabel(before)} → `;
  return ports === 'all' && before === undefined ? '' : `: ${was}${portsLabel(ports)}`;
}

function one(mark: Mark, isIn: boolean, count: number): string {
  // "− everybody" alone reads as if it were closed to all; lines may still lead there.
  const gone = mark.change === 'closed' ? 'no longer ' : '';
  return `${gone}${scopeText(mark, isIn)}${portsWords(mark)}${count > 1 ? ' …' : ''}`;
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
