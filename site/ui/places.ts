import { el } from '../../page/ui/dom';
import { KEPT, NOW } from '../playground';

const PLACE = new RegExp(`(${NOW}|${KEPT}):(\\d+)(?:: )?`, 'g');

/** Makes ways to the line in the editor of all places that answers name in an element, now and whenever it changes. */
export function linkPlaces(root: Element, goTo: (line: number) => void): void {
  const link = (node: Node) => {
    for (const text of textsIn(node)) {
      const parts = partsOf(text.data, goTo);
      if (parts.length > 1) {
        text.replaceWith(...parts);
      }
    }
  };
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      link(node);
    }
  }).observe(root, { childList: true, subtree: true });
}

function textsIn(node: Node): readonly Text[] {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts: Text[] = node instanceof Text ? [node] : [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.parentElement?.closest('svg, button, textarea') === null) {
      texts.push(text);
    }
  }
  return texts;
}

function partsOf(text: string, goTo: (line: number) => void): readonly (Node | string)[] {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, file, line] = match;
    const colon = whole.endsWith(': ') ? ': ' : '';
    const way =
      file === NOW
        ? el('button', { type: 'button', class: 'link', onclick: () => goTo(Number(line)) }, `line ${line}`)
        : `line ${line} of the kept state`;
    parts.push(text.slice(end, match.index), way, colon);
    end = match.index + whole.length;
  }
  return end === 0 ? [text] : [...parts, text.slice(end)];
}
