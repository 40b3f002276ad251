import type { Row } from '../../report/page/rows';
import type { ChangeRow, PairsPage } from '../../report/page/session';
import { el, list, table } from './dom';

/** So many rows of the table of the picture are shown at first. */
const SHOWN = 300;

/** The table that says what the picture says. */
export function rowsTable(rows: readonly Row[], isChange: boolean): HTMLElement {
  const shown = rows.slice(0, SHOWN);
  const cells = (list: readonly Row[]) =>
    list.map(({ from, to, ports, sign, change, why }) => [
      from,
      to,
      ports,
      ...(isChange ? [`${sign} ${change}`.trim()] : []),
      `${!isChange && sign !== '' ? `${sign} ` : ''}${why}`,
    ]);
  const heads = ['From', 'To', 'Ports', ...(isChange ? ['Change'] : []), 'Remarks'];
  const element = el('div', {}, table('What the picture shows', heads, cells(shown)));
  if (rows.length > SHOWN) {
    const button = el(
      'button',
      { type: 'button', onclick: () => element.replaceChildren(table('What the picture shows', heads, cells(rows))) },
      `Show all ${rows.length} rows`,
    );
    element.append(button);
  }
  return element;
}

/** Connections pair by pair, a page of them at a time. */
export class PairsTable {
  readonly element = el('section', { 'aria-label': 'Pair by pair' });
  private from = 0;

  constructor(
    private readonly ask: (from: number, most: number) => Promise<PairsPage>,
    private readonly why: (from: string, to: string) => void,
    private readonly most = 200,
  ) {}

  async show(from = 0): Promise<void> {
    this.from = from;
    const { rows, total, isMore } = await this.ask(from, this.most);
    const last = from + rows.length;
    const turn = (text: string, to: number, isOn: boolean) =>
      el('button', { type: 'button', disabled: !isOn, onclick: () => void this.show(to) }, text);
    const cells = rows.map(({ from: source, to, fromKey, toKey, ports, doubt }) => [
      source,
      to,
      doubt === undefined ? ports : el('span', {}, ports, el('span', { class: 'doubt' }, ` ? ${doubt}`)),
      el(
        'button',
        {
          type: 'button',
          class: 'link',
          'aria-label': `why may ${source} connect to ${to}`,
          onclick: () => this.why(fromKey, toKey),
        },
        'why?',
      ),
    ]);
    const many = isMore ? `more than ${total}` : `${total}`;
    this.element.replaceChildren(
      el('h2', {}, 'Pair by pair'),
      total === 0
        ? el('p', {}, 'Nothing of this is open.')
        : table(`Connections ${from + 1} to ${last} of ${many}`, ['From', 'To', 'Ports', ''], cells),
      (total > this.most &&
        el(
          'p',
          { class: 'turn' },
          turn('Back', Math.max(0, this.from - this.most), from > 0),
          turn('On', last, last < total),
        )) ||
        '',
    );
  }
}

/** What a change did, and because of what. */
export function changesTable(rows: readonly ChangeRow[]): HTMLElement {
  if (rows.length === 0) {
    return el('p', {}, 'The change does nothing to connections.');
  }
  const many = (texts: readonly string[]) =>
    texts.length > 8 ? `${texts.slice(0, 8).join(', ')} and ${texts.length - 8} more` : texts.join(', ');
  return table(
    'What the change does to connections',
    ['Change', 'From', 'To', 'Before', 'After', 'Because of'],
    rows.map(({ change, from, to, before, after, because }) => [
      change,
      many(from),
      many(to),
      before,
      after,
      list(because) ?? '',
    ]),
  );
}
