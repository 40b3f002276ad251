import { el, table } from '../../page/ui/dom';
import { changesTable } from '../../page/ui/tables';
import type { ChangeRow } from '../../report/page/session';
import type { RouteChange } from '../route-changes';

/** What a change did. */
export interface Changes {
  readonly connections: readonly ChangeRow[];
  readonly routes: readonly RouteChange[];
}

/**
 * The tab of what changed.
 *
 * @param changes undefined where no state is kept
 */
export function changesPanel(changes: Changes | undefined, keep: (isKept: boolean) => void): HTMLElement {
  const button = (text: string, isKept: boolean, isPrimary = false) =>
    el('button', { type: 'button', class: isPrimary ? 'primary' : '', onclick: () => keep(isKept) }, text);
  if (changes === undefined) {
    return el(
      'div',
      {},
      el('h2', {}, 'What does my change do?'),
      el(
        'p',
        {},
        'Keep the text as it is now, then change it. Here stands what the change opens and closes, and because of what; the picture draws it.',
      ),
      button('Keep this state', true, true),
    );
  }
  const { connections, routes } = changes;
  return el(
    'div',
    {},
    el('h2', {}, 'Connections'),
    changesTable(connections),
    el('h2', {}, 'Routes'),
    routes.length === 0
      ? el('p', {}, 'The table of routes is as it was.')
      : table(
          'Routes that are not as they were',
          ['Change', 'By', 'Request', 'Before', 'After'],
          routes.map(({ change, target, request, before, after }) => [change, target, request, before, after]),
        ),
    el(
      'p',
      { class: 'soft' },
      'This compares what the tables say. That every request goes where it went, ',
      el('code', {}, 'cdk8s-networking diff'),
      ' proves.',
    ),
    el('p', { class: 'row' }, button('Keep this state instead', true), button('Forget the kept state', false)),
  );
}
