import { el } from './dom';

/** Something that can be searched for. */
export interface Found {
  readonly key: string;
  readonly label: string;
}

/** So many are offered. */
const MOST = 12;

/** A field that finds workloads by a part of their name. */
export function searchBox(all: readonly Found[], choose: (found: Found) => void): HTMLElement {
  const input = el('input', {
    type: 'search',
    placeholder: 'Search workloads',
    'aria-label': 'Search workloads',
    autocomplete: 'off',
  });
  const results = el('ul', { class: 'results' });
  const count = el('span', { class: 'unseen', role: 'status' });
  const take = (found: Found) => {
    results.replaceChildren();
    choose(found);
  };
  const look = () => {
    const wanted = input.value.trim().toLowerCase().split(/\s+/);
    const hits =
      input.value.trim() === ''
        ? []
        : all.filter(({ key }) => wanted.every((word) => key.toLowerCase().includes(word)));
    count.textContent = input.value.trim() === '' ? '' : `${hits.length} found`;
    results.replaceChildren(
      ...hits
        .slice(0, MOST)
        .map((found) => el('li', {}, el('button', { type: 'button', onclick: () => take(found) }, found.key))),
      ...(hits.length > MOST ? [el('li', {}, `and ${hits.length - MOST} more`)] : []),
    );
    return hits;
  };
  input.addEventListener('input', look);
  input.addEventListener('focus', look);
  const box = el('div', { class: 'search', role: 'search' }, input, count, results);
  box.addEventListener('keydown', (event) => {
    const buttons = [...results.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'Enter' && document.activeElement === input) {
      const [first] = look();
      if (first !== undefined) {
        take(first);
      }
    } else if (event.key === 'ArrowDown') {
      buttons[Math.min(at + 1, buttons.length - 1)]?.focus();
    } else if (event.key === 'ArrowUp') {
      (at <= 0 ? input : buttons[at - 1])?.focus();
    } else if (event.key === 'Escape') {
      results.replaceChildren();
      input.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
  // A press on a result takes the focus from the field in some browsers, and the results with it.
  results.addEventListener('mousedown', (event) => event.preventDefault());
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (!box.contains(relatedTarget as Node | null)) {
      results.replaceChildren();
    }
  });
  return box;
}
