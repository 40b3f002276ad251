import { el, list } from '../../page/ui/dom';
import { matrixPanel } from '../../page/ui/matrix';
import { QuestionBox } from '../../page/ui/question';
import { rowsTable } from '../../page/ui/tables';
import type { Contents, PictureAnswer } from '../../report/page/session';
import type { Engine } from '../engine';
import { EVERYTHING } from './everything';

/** The tab of connections: a question, the matrix, and the table that says what the picture says. */
export class Connections {
  readonly element: HTMLElement;
  private readonly question: QuestionBox;
  private readonly names = el('datalist', { id: 'names' });
  private readonly doubt = el('p', { class: 'doubt' });
  private readonly matrix = el('section', { 'aria-labelledby': 'matrix-title' });
  private readonly rows = el('section', { 'aria-labelledby': 'rows-title' });
  private readonly notes = el('section', { 'aria-labelledby': 'rests-title' });
  private isAsked = false;

  /** @param enter draws what is in a namespace */
  constructor(
    private readonly engine: Engine,
    private readonly enter: (namespace: string) => void,
  ) {
    this.question = new QuestionBox(async (asked) => {
      this.isAsked = true;
      const now = await engine.ask('question', asked);
      return { now, before: await engine.ask('questionBefore', asked) };
    });
    this.element = el('div', {}, this.question.element, this.names, this.doubt, this.matrix, this.rows, this.notes);
  }

  async show(contents: Contents, picture: PictureAnswer): Promise<void> {
    const matrix = await this.engine.ask('matrix', EVERYTHING);
    this.names.replaceChildren(
      ...[...contents.names, ...contents.workloads.map(({ key }) => key)].map((value) => el('option', { value })),
    );
    this.doubt.textContent =
      contents.doubts.length > 0 ? '? Of some pairs manifests cannot tell whether they are open: see below.' : '';
    this.matrix.replaceChildren(
      el('h2', { id: 'matrix-title' }, 'Who may connect to whom'),
      matrixPanel(matrix, (from, to) => {
        const space = [to, from].find(({ kind }) => kind === 'namespace');
        if (space === undefined) {
          void this.put(from.key === '' ? 'external' : from.key, to.key === '' ? 'external' : to.key);
        } else {
          this.enter(space.key);
        }
      }),
    );
    this.rows.replaceChildren(
      el('h2', { id: 'rows-title' }, 'In words'),
      picture.rows.length === 0 ? el('p', {}, 'Nothing is open.') : rowsTable(picture.rows, contents.isChange),
    );
    const { notes, doubts, unseen } = contents;
    this.notes.replaceChildren(
      el('h2', { id: 'rests-title' }, 'What the answers rest on'),
      list(notes) ?? el('p', { class: 'soft' }, 'The manifests alone.'),
      ...(doubts.length === 0 ? [] : [el('h3', {}, 'Pairs of which manifests cannot tell'), list(doubts) ?? '']),
      ...(unseen.length === 0 ? [] : [el('h3', {}, 'What pods may do that no manifest shows'), list(unseen) ?? '']),
    );
    if (this.isAsked) {
      await this.question.put();
    }
  }

  /** Asks why one end may connect to the other. */
  async put(from: string, to: string): Promise<void> {
    await this.question.put({ from: nameOf(from), to: nameOf(to), port: '' });
    this.question.element.scrollIntoView({ block: 'nearest' });
  }
}

/** How a question names a peer: a range of addresses by its first. */
function nameOf(key: string): string {
  return /^([0-9a-f.:]+)-[0-9a-f.:]+$/i.exec(key)?.[1] ?? key;
}
