import type { Change, GraphNode, Line, Mark } from './model';
import { portsLabel } from './ports';

const CHANGES: ReadonlyMap<Change, string> = new Map([
  ['kept', ''],
  ['opened', '+'],
  ['closed', '−'],
  ['wider', '▲'],
  ['narrower', '▼'],
  ['changed', '±'],
]);

/** What a change did, as a sign before a text. */
export function signOf(change: Change): string {
  return CHANGES.get(change) as string;
}

/** What keeps an exposure from being a plain "yes". */
export function doubtOf({ blocked, undecided }: Pick<Line, 'blocked' | 'undecided'>): string {
  return blocked ? '✕' : undecided ? '?' : '';
}

/** What is open to or from a node, in words, with the sign of what a change did. */
export function marksText({ from, to }: Pick<GraphNode, 'from' | 'to'>): string[] {
  const words = (marks: readonly Mark[], isIn: boolean) =>
    marks.map(({ scope, ports, before, change, count }) => {
      const who = {
        everybody: isIn ? 'everybody' : 'anywhere',
        outside: 'outside',
        IPv4: 'any IPv4',
        IPv6: 'any IPv6',
      };
      const was = before === undefined ? '' : `${portsLabel(before)} → `;
      const what = ports === 'all' && before === undefined ? '' : ` on ${was}${portsLabel(ports)}`;
      const gone = change === 'closed' ? 'no longer ' : '';
      const text = isIn
        ? `${gone}open to ${who[scope]}`
        : `may ${gone}go ${scope === 'everybody' ? '' : 'to '}${who[scope]}`;
      return `${change === 'kept' ? '' : `${signOf(change)} `}${text}${what}${count === undefined ? '' : ` ×${count}`}`;
    });
  return [...words(from, true), ...words(to, false)];
}
