import { printable } from '../printable';
import type { Change, Graph, GraphNode, Line, Mark } from './model';
import { portsLabel } from './ports';

const CHANGES: ReadonlyMap<Change, string> = new Map([
  ['kept', ''],
  ['opened', '+'],
  ['closed', '−'],
  ['wider', '▲'],
  ['narrower', '▼'],
  ['changed', '±'],
]);

/** So many sentences stand beside a picture. */
const SHOWN = 6;

/** What a change did, as a sign before a text. */
export function signOf(change: Change): string {
  return CHANGES.get(change) as string;
}

/** What keeps a line from being a plain "yes". */
export function doubtOf({ blocked, undecided }: Pick<Line, 'blocked' | 'undecided'>): string {
  return blocked ? '✕' : undecided ? '?' : '';
}

/** What a line says where there is room for words: in Mermaid and DOT, which have no legend. */
export function lineWords(line: Line): string {
  const { label, change, count, blocked, undecided } = line;
  const words = [signOf(change), doubtOf(line), label, label === '' && count > 1 ? `×${count}` : ''];
  const text = words.filter((part) => part !== '').join(' ');
  return `${text}${blocked ? ', stopped' : undecided ? ', cannot be told' : ''}`;
}

/** What is open to or from a node, in words, with the sign of what a change did. */
export function marksText({ from, to }: Pick<GraphNode, 'from' | 'to'>): string[] {
  const words = (marks: readonly Mark[], isIn: boolean) =>
    marks.map(({ scope, ports, before, change, count, undecided = false }) => {
      const who = {
        everybody: isIn ? 'everybody' : 'anywhere',
        workloads: 'all workloads',
        namespace: 'all of its namespace',
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
      const doubt = undecided ? ', which cannot be told' : '';
      const sign = change === 'kept' ? '' : `${signOf(change)} `;
      return `${sign}${undecided ? '? ' : ''}${text}${what}${doubt}${count === undefined ? '' : ` ×${count}`}`;
    });
  return [...words(from, true), ...words(to, false)];
}

/** What stands beside the boxes and lines of a picture: what pods may do that no manifest shows, and what is left open. */
export function asideOf({ nodes, unseen, notes = [] }: Pick<Graph, 'nodes' | 'unseen' | 'notes'>): readonly {
  readonly title: string;
  readonly texts: readonly string[];
}[] {
  const rest = unseen.length - SHOWN;
  const shown = [
    ...unseen.slice(0, SHOWN).map((text) => printable(text).replaceAll('->', '→')),
    ...(rest > 0 ? [`and ${rest} more; connections tells all`] : []),
  ];
  return [
    ...(nodes.length === 0
      ? [{ title: 'Nothing to draw', texts: ['no workload of these manifests is asked for'] }]
      : []),
    ...(shown.length > 0 ? [{ title: 'Pods that no manifest shows', texts: shown }] : []),
    ...(notes.length > 0 ? [{ title: 'Not looked at', texts: notes }] : []),
  ];
}
