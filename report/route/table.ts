import type { RouteRow } from '../../analysis/routing';
import { tableText } from '../columns';
import { csvLine } from '../csv';
import { markdownHead, markdownRow } from '../markdown';
import { percent } from '../numbers';
import { printable } from '../printable';
import type { Style } from '../style';
import { backendText } from './text';

const HEADS = ['Host', 'Path', 'Type', 'TLS', 'To', 'Canary', 'Rule'];

/** All routes for people: a line for each path of each host. */
export function* routesText(rows: readonly RouteRow[], style: Style): Generator<string> {
  if (rows.length === 0) {
    yield 'no routes\n';
    return;
  }
  const [head, ...lines] = tableText(
    HEADS.map((name) => name.toUpperCase()),
    rows.map((row) => cellsOf(row).map(printable)),
  ) as [string, ...string[]];
  yield `${style.dim(head)}\n`;
  for (const [index, line] of lines.entries()) {
    yield `${rows[index]?.error === undefined ? line : style.red(line)}\n`;
  }
}

/** All routes as comma-separated values. */
export function* routesCsv(rows: readonly RouteRow[]): Generator<string> {
  yield csvLine(['host', 'path', 'path_type', 'tls', 'to', 'canary', 'rule']);
  for (const row of rows) {
    yield csvLine(cellsOf(row));
  }
}

/** All routes as a table in Markdown. */
export function* routesMarkdown(rows: readonly RouteRow[]): Generator<string> {
  yield markdownHead(HEADS);
  for (const row of rows) {
    yield markdownRow(cellsOf(row));
  }
}

function cellsOf(row: RouteRow): string[] {
  const { host, path, pathType, tls, httpsRedirect, canary, rule } = row;
  return [
    host ?? '*',
    path,
    pathType,
    `${tls ? 'yes' : 'no'}${httpsRedirect === undefined ? '' : `, HTTP redirected (${httpsRedirect})`}`,
    goal(row),
    canary.map(({ when, to }) => `${to} if ${when}`).join('; '),
    `${rule.kind} ${rule.namespace}/${rule.name}`,
  ];
}

function goal({ backends, redirect, error, rule }: RouteRow): string {
  if (error !== undefined) {
    return `error ${error.status}: ${error.why}`;
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
