import type { AuditItem, AuditRow, Migration } from '../../analysis';
import { auditOf } from '../../analysis';
import { tableText } from '../columns';
import { requestText } from '../diff/text';
import { jsonText } from '../json';
import { markdownHead, markdownRow, markdownText } from '../markdown';
import { printable } from '../printable';
import { placeOf } from '../problems';
import { withWarnings } from '../warnings';

/** What a migration would make of each Ingress, and for which target. */
export interface Audited {
  readonly migration: Migration;
  /** `undefined` for any. */
  readonly target: string | undefined;
}

const HEADS = ['Ingress', 'outcome', 'exactly', 'by extension', 'by hand', 'impossible'];
const OUTCOMES = { 'taken-over': 'taken over', 'left-out': 'left out', 'nothing-served': 'nothing served' } as const;

/** An audit as text: a table of what becomes of what, and below it what to do. */
export function auditText({ migration }: Audited): string {
  const rows = auditOf(migration);
  const table = tableText(HEADS, rows.map(cellsOf));
  const todo = rows.flatMap(todoOf);
  const below = [todo, provisos(migration), [countText(rows)]].filter((lines) => lines.length > 0);
  return `${[...table, ...below.flatMap((lines) => ['', ...lines])].map(printable).join('\n')}\n`;
}

/** The same for a page. */
export function auditMarkdown({ migration }: Audited): string {
  const rows = auditOf(migration);
  const todo = rows.flatMap(({ ingress, ...row }) =>
    todoItems(row).map(([kind, { what, how }]) => `- ${markdownText(`${ingress}, ${what}, ${kind}: ${how}`)}\n`),
  );
  const more = provisos(migration).map((line) => `- ${markdownText(line)}\n`);
  const list = [todo, more].map((items) => (items.length === 0 ? '' : `\n${items.join('')}`)).join('');
  return `${markdownHead(HEADS)}${rows.map((row) => markdownRow(cellsOf(row))).join('')}${list}\n${markdownText(countText(rows))}\n`;
}

/** The same for programs. */
export function auditJson({ migration, target }: Audited): string {
  const ingresses = auditOf(migration).map(({ ingress, outcome, exact, extension, hand, impossible }) => ({
    ingress,
    outcome,
    exact,
    extension: extension.map(itemJson),
    hand: hand.map(itemJson),
    impossible: impossible.map(itemJson),
  }));
  const { comparison, undecided } = migration;
  const accepted = comparison.accepted.map(({ name, request }) => ({ name, request: request.url }));
  const open = undecided.map(({ request }) => request.url);
  return `${jsonText(withWarnings({ target, ingresses, accepted, undecided: open }, migration.warnings), 2)}\n`;
}

/** What is not the same though it is accepted, and what the proof leaves open: both stand among what is exact. */
function provisos({ comparison: { accepted }, undecided }: Migration): readonly string[] {
  const [first] = undecided;
  return [
    ...accepted.map(({ name, request }) => `accepted: ${name}, e.g. ${requestText(request)}`),
    ...(first === undefined
      ? []
      : [
          `not decided: ${undecided.length}, e.g. ${requestText(first.request)}; without --audit each is told with its reasons`,
        ]),
  ];
}

function itemJson({ what, how, file, line }: AuditItem): object {
  return { what, how, source: placeOf(file, line) };
}

function cellsOf({ ingress, outcome, exact, extension, hand, impossible }: AuditRow): string[] {
  const names = (items: readonly AuditItem[]) => [...new Set(items.map(({ what }) => what))].join(', ') || '-';
  return [ingress, OUTCOMES[outcome], exact.join(', ') || '-', names(extension), names(hand), names(impossible)];
}

function todoItems({
  extension,
  hand,
  impossible,
}: Pick<AuditRow, 'extension' | 'hand' | 'impossible'>): readonly (readonly [string, AuditItem])[] {
  return [
    ...extension.map((item) => ['by extension', item] as const),
    ...hand.map((item) => ['by hand', item] as const),
    ...impossible.map((item) => ['impossible', item] as const),
  ];
}

function todoOf(row: AuditRow): string[] {
  const items = todoItems(row);
  return items.length === 0
    ? []
    : [
        `Ingress ${row.ingress}:`,
        ...items.map(([kind, { what, how, file, line }]) => {
          const place = placeOf(file, line);
          return `  ${place === '' ? '' : `${place}: `}${kind}: ${what}: ${how}`;
        }),
      ];
}

function countText(rows: readonly AuditRow[]): string {
  const count = (outcome: AuditRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  return `${rows.length} ${rows.length === 1 ? 'Ingress' : 'Ingresses'}: ${count('taken-over')} taken over, ${count('left-out')} left out, ${count('nothing-served')} of which nothing is served`;
}
