import { EditorView } from '@codemirror/view';
import { el } from '../../page/ui/dom';

/** So many places are counted. */
const MOST = 1000;

/** Finds a text in the editor. The browser would find it only where it is in sight, since no other line is in the page. */
export class Find {
  readonly element: HTMLElement;
  private readonly field = el('input', { type: 'search', 'aria-label': 'Find in the manifests', spellcheck: 'false' });
  private readonly count = el('span', { class: 'soft', role: 'status' });

  /** @param view gives the editor */
  constructor(private readonly view: () => EditorView) {
    const button = (label: string, text: string, act: () => void) =>
      el('button', { type: 'button', 'aria-label': label, title: label, onclick: act }, text);
    this.element = el(
      'div',
      { class: 'find', role: 'search', hidden: true, onkeydown: (event: KeyboardEvent) => this.key(event) },
      this.field,
      button('Next', '↓', () => this.go(1)),
      button('Previous', '↑', () => this.go(-1)),
      this.count,
      button('Close', '×', () => this.close()),
    );
    this.field.addEventListener('input', () => this.go(0));
  }

  /** Opens the field, with what is selected. */
  open(): void {
    const { state } = this.view();
    const { from, to } = state.selection.main;
    const chosen = state.sliceDoc(from, to);
    this.element.hidden = false;
    if (chosen !== '' && !chosen.includes('\n')) {
      this.field.value = chosen;
    }
    this.field.focus();
    this.field.select();
    this.go(0);
  }

  close(): void {
    this.element.hidden = true;
    this.view().focus();
  }

  /** Selects the next place, the one before, or for 0 the first from where the cursor is. */
  private go(by: -1 | 0 | 1): void {
    const view = this.view();
    const places = placesOf(view.state.doc.toString(), this.field.value);
    const { from } = view.state.selection.main;
    const next = places.findIndex((place) => (by === 1 ? place > from : place >= from));
    const at = by === -1 ? (next === -1 ? places.length : next) - 1 : next;
    const index = at === -1 ? (by === -1 ? places.length - 1 : 0) : at;
    const place = places[index];
    if (place === undefined) {
      this.count.textContent = this.field.value === '' ? '' : 'not found';
      return;
    }
    this.count.textContent = `${index + 1} of ${places.length}${places.length === MOST ? ' or more' : ''}`;
    view.dispatch({
      selection: { anchor: place, head: place + this.field.value.length },
      effects: EditorView.scrollIntoView(place, { y: 'center' }),
    });
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && event.target === this.field) {
      this.go(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** Where a text stands in another, small and capital letters alike. */
export function placesOf(text: string, wanted: string): readonly number[] {
  const places: number[] = [];
  const [low, sought] = [text.toLowerCase(), wanted.toLowerCase()];
  // Some capital letters have small ones of another length: then places are those of the text as it is.
  const [whole, part] = low.length === text.length && sought.length === wanted.length ? [low, sought] : [text, wanted];
  for (let at = part === '' ? -1 : whole.indexOf(part); at >= 0 && places.length < MOST; ) {
    places.push(at);
    at = whole.indexOf(part, at + part.length);
  }
  return places;
}
