import { el } from './dom';
import type { Picture } from './picture';

/** The buttons that make a picture larger, smaller, and as large as its place. */
export function zoomButtons(picture: () => Picture): HTMLElement {
  const button = (label: string, text: string, act: () => void) =>
    el('button', { type: 'button', 'aria-label': label, title: label, onclick: act }, text);
  return el(
    'div',
    { class: 'tools', role: 'group', 'aria-label': 'Zoom' },
    button('larger', '+', () => picture().zoom(1.25)),
    button('smaller', '−', () => picture().zoom(0.8)),
    button('whole picture', '⤢', () => picture().fit()),
  );
}
