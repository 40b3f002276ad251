import type { Neighbour, WorkloadAnswer } from '../../report/page/neighbours';
import type { Row } from '../../report/page/rows';
import { el, list } from './dom';

/** What somebody may do from what they chose. */
export interface Actions {
  /** Asks about a pair, by names as a question takes them. */
  ask(from: string, to: string): void;
  /** Shows a workload and what it is connected with, where that is possible. */
  focus?(key: string, label: string): void;
}

/** So many neighbours are listed at first. */
const SHOWN = 40;

/** A workload: who may connect to it, to what it may connect, and why, one click further. */
export function workloadDetails(answer: WorkloadAnswer, actions: Actions): HTMLElement {
  const { title, key, incoming, outgoing, exposed, unseen, doubts = [] } = answer;
  const section = (head: string, neighbours: readonly Neighbour[], ask: (other: string) => void) => [
    el('h3', {}, `${head} (${neighbours.length})`),
    neighbours.length === 0 ? el('p', { class: 'soft' }, 'nobody') : neighbourList(neighbours, ask),
  ];
  return el(
    'div',
    {},
    el('h2', {}, title),
    actions.focus !== undefined &&
      el('button', { type: 'button', onclick: () => actions.focus?.(key, title) }, 'Show only this and its neighbours'),
    ...section('May connect to it', incoming, (other) => actions.ask(other, key)),
    ...section('It may connect to', outgoing, (other) => actions.ask(key, other)),
    doubts.length > 0 && el('h3', {}, 'Cannot be told from manifests'),
    list(
      doubts.map((text) => `? ${text.replace(' -> ', ' → ')}`),
      'doubt',
    ),
    exposed.length > 0 && el('h3', {}, 'Exposed'),
    list(exposed),
    unseen.length > 0 && el('h3', {}, 'Pods that no manifest shows'),
    list(unseen),
  );
}

/** What lines of the picture say, with a way to their reason. */
export function linesDetails(
  lines: readonly { readonly row: Row; readonly ask: (() => void) | undefined }[],
): HTMLElement {
  return el(
    'div',
    {},
    el('h2', {}, lines.length === 1 ? 'This line' : 'These lines'),
    el(
      'ul',
      { class: 'neighbours' },
      ...lines.slice(0, SHOWN).map(({ row, ask }) => {
        const text = `${row.sign === '' ? '' : `${row.sign} `}${row.from} → ${row.to}: ${row.ports}`;
        return el(
          'li',
          {},
          ask === undefined ? text : el('button', { type: 'button', class: 'link', onclick: ask }, text),
          row.why !== '' && el('div', { class: 'soft' }, row.why),
        );
      }),
    ),
    lines.length > SHOWN && el('p', {}, `and ${lines.length - SHOWN} more`),
  );
}

function neighbourList(neighbours: readonly Neighbour[], ask: (other: string) => void): HTMLElement {
  const item = ({ label, key, ports }: Neighbour) =>
    el(
      'li',
      {},
      el('button', { type: 'button', class: 'link', title: 'why?', onclick: () => ask(key) }, label),
      ` ${ports}`,
    );
  const all = el('ul', { class: 'neighbours' }, ...neighbours.slice(0, SHOWN).map(item));
  const rest = neighbours.length - SHOWN;
  if (rest > 0) {
    const more = el(
      'button',
      { type: 'button', onclick: () => more.parentElement?.replaceWith(...neighbours.slice(SHOWN).map(item)) },
      `${rest} more`,
    );
    all.append(el('li', {}, more));
  }
  return all;
}
