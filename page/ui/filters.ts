import type { Filter } from '../../report/page/asked';
import { calmly, el } from './dom';

export const NO_FILTER: Filter = { namespaces: [], focus: [], port: '', protocol: '', isChanged: false };

/** The fields by which somebody says what to see. */
export class Filters {
  readonly element: HTMLElement;
  private focus: readonly { readonly key: string; readonly label: string }[] = [];
  private readonly boxes: readonly HTMLInputElement[];
  private readonly port = el('input', { type: 'text', placeholder: 'any, 80, udp:53', size: 12, autocomplete: 'off' });
  private readonly protocol = el(
    'select',
    {},
    el('option', { value: '' }, 'any'),
    ...['TCP', 'UDP', 'SCTP'].map((name) => el('option', { value: name }, name)),
  );
  private readonly changed = el('input', { type: 'checkbox' });
  private readonly namespaceText = el('span', {}, 'all');
  private readonly focusText = el('span', { class: 'focus' });

  /** @param changed called a moment after anything was changed */
  constructor(
    namespaces: readonly string[],
    isChange: boolean,
    private readonly onChange: (filter: Filter) => void,
  ) {
    this.boxes = namespaces.map((value) => el('input', { type: 'checkbox', value }));
    const choices = this.boxes.map((box) => el('label', {}, box, ` ${box.value}`));
    const told = calmly(() => this.tell());
    this.element = el(
      'form',
      { class: 'filters', 'aria-label': 'Filters', onsubmit: (event: Event) => event.preventDefault() },
      el(
        'details',
        { class: 'choice' },
        el('summary', {}, 'Namespaces: ', this.namespaceText),
        el('div', { class: 'choices', role: 'group', 'aria-label': 'Namespaces' }, ...choices),
      ),
      el('label', {}, 'Port ', this.port),
      el('label', {}, 'Protocol ', this.protocol),
      isChange && el('label', {}, this.changed, ' only what changed'),
      this.focusText,
      el('button', { type: 'button', onclick: () => this.reset() }, 'Show all'),
    );
    this.element.addEventListener('input', told);
  }

  get filter(): Filter {
    return {
      namespaces: this.boxes.filter(({ checked }) => checked).map(({ value }) => value),
      focus: this.focus.map(({ key }) => key),
      port: this.port.value,
      protocol: this.protocol.value,
      isChanged: this.changed.checked,
    };
  }

  /** Shows these workloads and what they are connected with. */
  focusOn(workloads: readonly { readonly key: string; readonly label: string }[]): void {
    this.focus = workloads;
    this.tell();
  }

  /** Shows these namespaces. */
  chooseNamespaces(names: readonly string[]): void {
    this.focus = [];
    for (const box of this.boxes) {
      box.checked = names.includes(box.value);
    }
    this.tell();
  }

  reset(): void {
    this.focus = [];
    for (const box of [...this.boxes, this.changed]) {
      box.checked = false;
    }
    this.port.value = '';
    this.protocol.value = '';
    this.tell();
  }

  private tell(): void {
    const { filter } = this;
    const names = filter.namespaces;
    this.namespaceText.textContent =
      names.length === 0
        ? 'all'
        : names.length > 2
          ? `${names.slice(0, 2).join(', ')} +${names.length - 2}`
          : names.join(', ');
    const [first] = this.focus;
    const more = this.focus.length > 1 ? ` +${this.focus.length - 1}` : '';
    this.focusText.textContent = first === undefined ? '' : `only around ${first.label}${more}`;
    this.onChange(filter);
  }
}
