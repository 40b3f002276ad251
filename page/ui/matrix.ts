import type { MatrixAnswer } from '../../report/page/matrix';
import { el } from './dom';

/** A table of who may connect to whom: from the row to the column. */
export function matrixPanel(
  { ends, cells, note }: MatrixAnswer,
  choose: (from: MatrixAnswer['ends'][number], to: MatrixAnswer['ends'][number]) => void,
): HTMLElement {
  if (note !== '' || ends.length < 2) {
    return el('p', {}, note === '' ? 'No workload is here.' : note);
  }
  const found = new Map(cells.map((cell) => [cell.row * ends.length + cell.column, cell]));
  const head = el(
    'tr',
    {},
    el('td', {}),
    ...ends.map(({ label }) => el('th', { scope: 'col' }, el('span', {}, label))),
  );
  const rows = ends.map((from, row) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, from.label),
      ...ends.map((to, column) => {
        const cell = found.get(row * ends.length + column);
        return cell === undefined
          ? el('td', { class: row === column ? 'same' : '' })
          : el(
              'td',
              { class: cell.isDoubtful ? 'open doubtful' : 'open' },
              el(
                'button',
                {
                  type: 'button',
                  class: 'link',
                  title: cell.title,
                  'aria-label': cell.title,
                  onclick: () => choose(from, to),
                },
                cell.text,
              ),
            );
      }),
    ),
  );
  const what =
    ends[0]?.kind === 'namespace'
      ? 'Namespaces, with the number of connections'
      : 'Workloads, with the ports that are open';
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Matrix' },
    el(
      'table',
      { class: 'matrix' },
      el(
        'caption',
        {},
        `From row to column. ${what}; empty where nothing is open${cells.some(({ isDoubtful }) => isDoubtful) ? '; ? where manifests cannot tell' : ''}.`,
      ),
      el('thead', {}, head),
      el('tbody', {}, ...rows),
    ),
  );
}
