type Child = Node | string | undefined | false;

/** Attributes of an element: `on…` are listeners, booleans are there or not. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: never) => void)>>;

/** Makes an element. Texts are texts: nothing in them is markup. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** A list of texts; nothing where there are none. */
export function list(texts: readonly string[], className = ''): HTMLElement | undefined {
  return texts.length === 0 ? undefined : el('ul', { class: className }, ...texts.map((text) => el('li', {}, text)));
}

/** A table with heads and cells. A cell that is an element stays one. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el(
      'table',
      {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
      el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell))))),
    ),
  );
}

/** Shares as bars, with their numbers. */
export function shares(all: readonly { readonly label: string; readonly probability: number }[]): HTMLElement {
  return el(
    'ul',
    { class: 'shares' },
    ...all.map(({ label, probability }) => {
      const text = `${Number((probability * 100).toFixed(2))} %`;
      return el(
        'li',
        {},
        el('progress', { max: 1, value: probability, 'aria-label': `share of ${label}` }),
        ` ${text} ${label}`,
      );
    }),
  );
}

/** Waits until nothing was called for a while. */
export function calmly<Args extends readonly unknown[]>(
  call: (...args: Args) => void,
  wait = 200,
): (...args: Args) => void {
  let timer: number | undefined;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), wait);
  };
}
