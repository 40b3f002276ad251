import { el } from './dom';

/** One tab: its panel is filled when it is shown. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly panel: HTMLElement;
  show?(): void;
}

/**
 * Tabs, by mouse and by keys.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export class Tabs {
  readonly element: HTMLElement;
  private readonly buttons: readonly HTMLButtonElement[];
  private at = 0;

  constructor(readonly all: readonly Tab[]) {
    this.buttons = all.map(({ id, title, panel }, at) => {
      panel.id = `panel-${id}`;
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', `tab-${id}`);
      panel.tabIndex = 0;
      return el(
        'button',
        { type: 'button', id: `tab-${id}`, role: 'tab', 'aria-controls': `panel-${id}`, onclick: () => this.show(at) },
        title,
      );
    });
    this.element = el(
      'div',
      { role: 'tablist', 'aria-label': 'Views', onkeydown: (event: KeyboardEvent) => this.key(event) },
      ...this.buttons,
    );
    this.show(0, true);
  }

  /** Whether a tab is the one that is shown. */
  isShown(id: string): boolean {
    return this.all[this.at]?.id === id;
  }

  /** Shows the tab with this id. */
  open(id: string): void {
    this.show(this.all.findIndex((tab) => tab.id === id));
  }

  /** Says how much there is in a tab; nothing where there is nothing to say. */
  count(id: string, many: number | undefined): void {
    const at = this.all.findIndex((tab) => tab.id === id);
    const title = this.all[at]?.title ?? '';
    this.buttons[at]?.replaceChildren(
      title,
      ...(many === undefined ? [] : [' ', el('span', { class: 'count' }, String(many))]),
    );
  }

  /** Fills the tab again that is shown. */
  again(): void {
    this.all[this.at]?.show?.();
  }

  private show(at: number, isFirst = false): void {
    this.at = at;
    for (const [place, { panel }] of this.all.entries()) {
      const isShown = place === at;
      panel.hidden = !isShown;
      this.buttons[place]?.setAttribute('aria-selected', String(isShown));
      this.buttons[place]?.setAttribute('tabindex', isShown ? '0' : '-1');
    }
    if (!isFirst) {
      this.again();
    }
  }

  private key(event: KeyboardEvent): void {
    const last = this.all.length - 1;
    const to = new Map([
      ['ArrowRight', this.at === last ? 0 : this.at + 1],
      ['ArrowLeft', this.at === 0 ? last : this.at - 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    if (to !== undefined) {
      event.preventDefault();
      this.show(to);
      this.buttons[to]?.focus();
    }
  }
}
