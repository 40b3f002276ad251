import type { ElsewhereRoute, RouteRow } from '../../analysis/routing';
import { tableText } from '../columns';
import { csvLine } from '../csv';
import { markdownHead, markdownRow, markdownText } from '../markdown';
import { percent } from '../numbers';
import { printable } from '../printable';
import type { Style } from '../style';
import { backendText } from './text';

/** What scripts came to know later. */
const LATER = new Set(['when', 'listener', 'notes']);

interface Column {
  readonly head: string;
  readonly csv: string;
  readonly cell: (row: RouteRow) => string;
  /** Whether tables for people have it; where it is left out, always. */
  readonly isShown?: (rows: readonly RouteRow[]) => boolean;
}

const COLUMNS: readonly Column[] = [
  { head: 'Host', csv: 'host', cell: ({ host }) => host ?? '*' },
  { head: 'Path', csv: 'path', cell: ({ path }) => path },
  { head: 'Type', csv: 'path_type', cell: ({ pathType }) => pathType },
  {
    head: 'When',
    csv: 'when',
    cell: ({ when }) => when ?? '',
    isShown: (rows) => rows.some(({ when }) => when !== undefined),
  },
  {
    head: 'Listener',
    csv: 'listener',
    cell: ({ listener }) => listener ?? '',
    isShown: (rows) => rows.some(({ listener }) => listener !== undefined),
  },
  {
    head: 'TLS',
    csv: 'tls',
    cell: ({ tls, httpsRedirect }) =>
      `${tls ? 'yes' : 'no'}${httpsRedirect === undefined ? '' : `, HTTP redirected (${httpsRedirect})`}`,
  },
  { head: 'To', csv: 'to', cell: goal },
  {
    head: 'Canary',
    csv: 'canary',
    cell: ({ canary }) => canary.map(({ when, to }) => `${to} if ${when}`).join('; '),
    // A Gateway has no canaries of its own: what they do stands under When and To.
    isShown: (rows) => rows.some(({ listener }) => listener === undefined),
  },
  { head: 'Rule', csv: 'rule', cell: ({ rule }) => `${rule.kind} ${rule.namespace}/${rule.name}` },
  // Too long for a table that people read: there they stand below.
  { head: 'Notes', csv: 'notes', cell: ({ notes }) => notes.join('; '), isShown: () => false },
];

/** Columns of scripts, in an order of which the beginning never changes. */
const CSV = [...COLUMNS].sort((a, b) => Number(LATER.has(a.csv)) - Number(LATER.has(b.csv)));

/**
 * All routes for people: a line for each path of each host.
 *
 * @param elsewhere routes of which the manifests do not tell whether they are served
 */
export function* routesText(
  rows: readonly RouteRow[],
  style: Style,
  elsewhere: readonly ElsewhereRoute[] = [],
): Generator<string> {
  if (rows.length === 0) {
    const count = elsewhere.length === 1 ? '1 route' : `${elsewhere.length} routes`;
    yield elsewhere.length === 0
      ? 'no routes\n'
      : `not decided: ${count} of which the manifests do not tell whether ${elsewhere.length === 1 ? 'it is' : 'they are'} served\n${elsewhere.map(({ name, why }) => `  ${printable(`${name} ${why}`)}\n`).join('')}`;
    return;
  }
  const columns = shown(rows);
  const [head, ...lines] = tableText(
    columns.map((column) => column.head.toUpperCase()),
    rows.map((row) => columns.map(({ cell }) => printable(cell(row)))),
  ) as [string, ...string[]];
  yield `${style.dim(head)}\n`;
  for (const [index, line] of lines.entries()) {
    yield `${rows[index]?.error === undefined ? line : style.red(line)}\n`;
  }
  const notes = notesOf(rows);
  yield notes.length === 0 ? '' : '\n';
  for (const note of notes) {
    yield `${style.dim('note')} ${printable(note)}\n`;
  }
}

/** What manifests cannot decide, each once, with the first route that it is about. */
function notesOf(rows: readonly RouteRow[]): string[] {
  const first = new Map<string, { readonly row: RouteRow; others: number }>();
  for (const row of rows) {
    for (const note of row.notes) {
      const known = first.get(note);
      if (known === undefined) {
        first.set(note, { row, others: 0 });
      } else {
        known.others++;
      }
    }
  }
  return [...first].map(
    ([note, { row, others }]) =>
      `${row.host ?? '*'}${row.path === '' ? ` (${row.pathType})` : row.path}${others === 0 ? '' : ` and ${others} more`}: ${note}`,
  );
}

/** All routes as comma-separated values. */
export function* routesCsv(rows: readonly RouteRow[]): Generator<string> {
  yield csvLine(CSV.map(({ csv }) => csv));
  for (const row of rows) {
    yield csvLine(CSV.map(({ cell }) => cell(row)));
  }
}

/** All routes as a table in Markdown. */
export function* routesMarkdown(rows: readonly RouteRow[]): Generator<string> {
  const columns = shown(rows);
  yield markdownHead(columns.map(({ head }) => head));
  for (const row of rows) {
    yield markdownRow(columns.map(({ cell }) => cell(row)));
  }
  const notes = notesOf(rows);
  yield notes.length === 0 ? '' : '\n';
  for (const note of notes) {
    yield `- ${markdownText(note)}\n`;
  }
}

function shown(rows: readonly RouteRow[]): readonly Column[] {
  return COLUMNS.filter(({ isShown }) => isShown === undefined || isShown(rows));
}

function goal({ backends, redirect, error, rule }: RouteRow): string {
  if (error !== undefined) {
    return error.status === 0 ? `nowhere: ${error.why}` : `error ${error.status}: ${error.why}`;
  }
  if (redirect !== undefined) {
    return `redirect ${redirect.status} to ${redirect.location}`;
  }
  return backends
    .map((backend) =>
      backends.length === 1
        ? backendText(backend, rule)
        : `${percent(backend.probability)} ${backendText(backend, rule)}`,
    )
    .join(', ');
}
