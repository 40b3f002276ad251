import { el } from '../../page/ui/dom';

/** So many characters of a link pass everywhere. */
const SHORT = 8_000;

/** Shows a link, copies it where that is allowed, and says what it holds. */
export async function shareBox(dialog: HTMLDialogElement, link: string): Promise<void> {
  const field = el('input', { type: 'text', readonly: true, value: link, 'aria-label': 'Link', class: 'link-field' });
  const said = el('p', { role: 'status' });
  const copy = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = 'The link is copied.';
    } catch {
      said.textContent = 'Copy it from here: the browser does not let the page do it.';
    }
  };
  dialog.replaceChildren(
    el(
      'div',
      { class: 'inside' },
      el('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => dialog.close() }, '×'),
      el('h2', { id: 'share-title' }, 'Share'),
      el(
        'p',
        {},
        'The manifests stand in the link itself, behind the #, which browsers send to no server. Who has the link can read them: leave out what is secret.',
      ),
      el(
        'p',
        { class: 'row' },
        field,
        el('button', { type: 'button', class: 'primary', onclick: () => void copy() }, 'Copy'),
      ),
      said,
      link.length > SHORT &&
        el('p', { class: 'doubt' }, `It has ${link.length} characters, more than some mail and chat programs pass on.`),
    ),
  );
  dialog.showModal();
  await copy();
}
