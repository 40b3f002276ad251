import type { Contents, PictureAnswer } from '../../report/page/session';
import type { Engine } from '../engine';
import { linesDetails, workloadDetails } from './details';
import { el, list } from './dom';
import { Filters } from './filters';
import { matrixPanel } from './matrix';
import { type Chosen, Picture } from './picture';
import { QuestionBox } from './question';
import { routesPanel } from './routes';
import { searchBox } from './search';
import { changesTable, PairsTable, rowsTable } from './tables';
import { type Tab, Tabs } from './tabs';
import { zoomButtons } from './zoom';

/** Where the parts of the page go: what is there already is what a page without script shows. */
export interface Places {
  /** Holds the picture. */
  readonly picture: HTMLElement;
  /** Holds the table that says the same. */
  readonly said: HTMLElement;
  /** Gets everything else. */
  readonly app: HTMLElement;
}

/** The page: a picture with its tables, and the answers of the engine. */
export class App {
  private readonly picture: Picture;
  private readonly filters: Filters;
  private readonly tabs: Tabs;
  private readonly question: QuestionBox;
  private readonly pairs: PairsTable;
  private readonly chosen = el('section', { class: 'chosen', 'aria-label': 'What you chose', 'aria-live': 'polite' });
  private readonly columns = el('div', { class: 'columns' });
  private readonly asideSwitch = el('button', {
    type: 'button',
    class: 'aside-switch',
    'aria-controls': 'aside',
    onclick: () => this.showAside(this.columns.classList.contains('wide')),
  });
  private readonly note = el('p', { class: 'note', role: 'status' });
  private readonly said: HTMLElement;
  private drawn: PictureAnswer;
  /** How often something else was asked for: an answer that comes late is dropped. */
  private turn = 0;

  constructor(
    places: Places,
    private readonly engine: Engine,
    private readonly contents: Contents,
    first: PictureAnswer,
    start = 'picture',
  ) {
    this.drawn = first;
    this.said = places.said;
    this.picture = new Picture(places.picture, (chosen) => void this.choose(chosen));
    this.filters = new Filters(contents.namespaces, contents.isChange, () => void this.redraw());
    this.question = new QuestionBox(async (asked) => ({
      now: await engine.ask('question', asked),
      before: await engine.ask('questionBefore', asked),
    }));
    this.pairs = new PairsTable(
      (from, most) => engine.ask('pairs', this.filters.filter, from, most),
      (from, to) => void this.put(from, to),
    );
    this.tabs = new Tabs(this.tabList(places));
    this.lay(places);
    this.picture.show(first, true);
    if (start !== 'picture') {
      this.tabs.open(start);
    }
    if (contents.problems.length > 0) {
      this.chosen.replaceChildren(el('h2', {}, 'Something is wrong'), list(contents.problems) ?? '');
    }
  }

  private tabList({ picture, said }: Places): readonly Tab[] {
    const { engine, contents } = this;
    const tools = zoomButtons(() => this.picture);
    const panel = (...children: (Node | string)[]) => el('div', { class: 'panel' }, ...children);
    const matrix = panel();
    const routes = panel();
    const changes = panel();
    const notes = panel(
      el('h2', {}, 'What the answers rest on'),
      list(contents.notes) ?? el('p', {}, 'The manifests alone.'),
      el('h2', {}, 'Pairs of which manifests cannot tell'),
      list(contents.doubts) ?? el('p', {}, 'None.'),
      el('h2', {}, 'What pods may do that no manifest shows'),
      list(contents.unseen) ?? el('p', {}, 'Nothing.'),
    );
    return [
      { id: 'picture', title: 'Picture', panel: el('div', { class: 'panel stage' }, picture, tools) },
      {
        id: 'table',
        title: 'Table',
        panel: panel(...this.hint(), said, this.pairs.element),
        show: () => void this.pairs.show(),
      },
      {
        id: 'matrix',
        title: 'Matrix',
        panel: matrix,
        show: async () => matrix.replaceChildren(...this.hint(), await this.matrix()),
      },
      {
        id: 'routes',
        title: 'Routes',
        panel: routes,
        show: async () => {
          if (routes.childElementCount === 0) {
            const [targets, drawn] = [await engine.ask('routes'), await engine.ask('routesPicture')];
            routes.replaceChildren(routesPanel(targets, (asked) => engine.ask('request', asked), drawn));
          }
        },
      },
      ...(contents.isChange
        ? [
            {
              id: 'changes',
              title: 'Changes',
              panel: changes,
              show: async () => {
                if (changes.childElementCount === 0) {
                  changes.replaceChildren(changesTable(await engine.ask('changes')));
                }
              },
            },
          ]
        : []),
      { id: 'notes', title: 'Notes', panel: notes },
    ];
  }

  /** That some pairs are told as closed or open, and may be otherwise. */
  private hint(): HTMLElement[] {
    return this.contents.doubts.length === 0
      ? []
      : [el('p', { class: 'doubt' }, '? Of some pairs manifests cannot tell whether they are open: Notes name them.')];
  }

  private lay({ app }: Places): void {
    const { contents, tabs } = this;
    const names = el(
      'datalist',
      { id: 'names' },
      ...[...contents.names, ...contents.workloads.map(({ key }) => key)].map((value) => el('option', { value })),
    );
    const search = searchBox(contents.workloads, ({ key, label }) => void this.find(key, label));
    const panels = tabs.all.map(({ panel }) => panel);
    this.columns.append(
      el('main', {}, tabs.element, this.note, ...panels),
      el('aside', { id: 'aside', 'aria-label': 'Questions and details' }, this.question.element, this.chosen),
    );
    app.replaceChildren(
      el('div', { class: 'bar' }, search, this.filters.element, this.asideSwitch),
      this.columns,
      names,
    );
    this.showAside(true);
  }

  /** Shows or hides questions and details: without them the picture has the whole width. */
  private showAside(isShown: boolean): void {
    this.columns.classList.toggle('wide', !isShown);
    this.asideSwitch.setAttribute('aria-expanded', String(isShown));
    this.asideSwitch.textContent = isShown ? 'Hide questions' : 'Show questions';
  }

  /** Draws again what the filters ask for. */
  private async redraw(): Promise<void> {
    const turn = ++this.turn;
    const answer = await this.engine.ask('picture', this.filters.filter);
    if (turn !== this.turn) {
      return;
    }
    this.drawn = answer;
    this.note.textContent = answer.note;
    this.picture.show(answer);
    this.said.replaceChildren(rowsTable(answer.rows, this.contents.isChange));
    this.picture.host.dataset.drawn = String(turn);
    if (!this.tabs.isShown('picture')) {
      this.tabs.again();
    }
  }

  private async choose(chosen: Chosen | undefined): Promise<void> {
    if (chosen === undefined) {
      this.picture.mark(new Set(), new Set());
      this.chosen.replaceChildren();
      return;
    }
    this.showAside(true);
    if (chosen.kind === 'net') {
      this.chooseLine(chosen.at);
      return;
    }
    const { nodes, nets } = this.picture.around(chosen.at);
    this.picture.mark(nodes, nets);
    this.picture.focus(chosen.at);
    const node = this.drawn.nodes[chosen.at];
    const [key] = node?.keys ?? [];
    if (node?.kind === 'workload' && key !== undefined) {
      const neighbours = await this.showWorkload(key);
      // Marks say of some that they are connected, and no line does.
      for (const [at, { keys }] of this.drawn.nodes.entries()) {
        if (keys.some((one) => neighbours.has(one))) {
          nodes.add(at);
        }
      }
      this.picture.mark(nodes, nets);
    } else if (node?.kind === 'island') {
      this.chosen.replaceChildren(
        el('h2', {}, node.name),
        el('button', { type: 'button', onclick: () => this.openNamespaces([node.label]) }, 'Show what is in it'),
        this.linesOf(nets),
      );
    } else {
      this.chosen.replaceChildren(el('h2', {}, node?.name ?? ''), this.linesOf(nets));
    }
  }

  private chooseLine(at: number): void {
    const { sources, targets } = this.drawn.nets[at] ?? { sources: [], targets: [] };
    this.picture.mark(new Set([...sources, ...targets]), new Set([at]));
    this.chosen.replaceChildren(this.linesOf(new Set([at])));
  }

  /** What lines say, with a way to the reason of each that leads from one workload to another. */
  private linesOf(nets: ReadonlySet<number>): HTMLElement {
    const names = (places: readonly number[]) => new Set(places.map((place) => this.drawn.nodes[place]?.name));
    const pairs = [...nets].map((at) => {
      const { sources, targets, isBoth = false } = this.drawn.nets[at] ?? { sources: [], targets: [] };
      return { from: names(sources), to: names(targets), isBoth };
    });
    const keyOf = (name: string) => {
      const node = this.drawn.nodes.find((one) => one.name === name);
      return node?.keys.length === 1 && (node.kind === 'workload' || node.kind === 'addresses')
        ? node.keys[0]
        : undefined;
    };
    const rows = this.drawn.rows.filter(({ from, to }) =>
      pairs.some(
        (pair) => (pair.from.has(from) && pair.to.has(to)) || (pair.isBoth && pair.from.has(to) && pair.to.has(from)),
      ),
    );
    return linesDetails(
      rows.map((row) => {
        const [from, to] = [keyOf(row.from), keyOf(row.to)];
        const ask = from === undefined || to === undefined ? undefined : () => void this.put(from, to);
        return { row, ask };
      }),
    );
  }

  /** @returns the keys of its neighbours */
  private async showWorkload(key: string): Promise<ReadonlySet<string>> {
    const answer = await this.engine.ask('workload', key);
    if (answer !== undefined) {
      this.question.set('to', key);
      this.chosen.replaceChildren(
        workloadDetails(answer, {
          ask: (from, to) => void this.put(from, to),
          focus: (one, label) => this.filters.focusOn([{ key: one, label }]),
        }),
      );
    }
    return new Set([...(answer?.incoming ?? []), ...(answer?.outgoing ?? [])].map((one) => one.key));
  }

  /** Shows a workload that was searched for: in the picture, where it is drawn. */
  private async find(key: string, label: string): Promise<void> {
    const at = this.drawn.nodes.findIndex(({ keys }) => keys.includes(key));
    const node = this.drawn.nodes[at];
    if (this.tabs.isShown('picture') && node !== undefined) {
      await this.choose({ kind: 'node', at });
    }
    if (node?.kind !== 'workload' || !this.tabs.isShown('picture')) {
      await this.showWorkload(key);
    }
    this.note.textContent =
      node === undefined ? `${label} is not in the picture that is shown; Show all brings it back` : '';
  }

  private openNamespaces(names: readonly string[]): void {
    this.tabs.open('picture');
    this.filters.chooseNamespaces(names);
  }

  private async put(from: string, to: string): Promise<void> {
    this.showAside(true);
    await this.question.put({ from: nameOf(from), to: nameOf(to), port: '' });
    this.question.element.scrollIntoView({ block: 'nearest' });
  }

  private async matrix(): Promise<HTMLElement> {
    const answer = await this.engine.ask('matrix', this.filters.filter);
    return matrixPanel(answer, (from, to) => {
      if (from.kind === 'namespace' || to.kind === 'namespace') {
        this.filters.chooseNamespaces([from, to].filter(({ kind }) => kind === 'namespace').map(({ key }) => key));
      } else {
        void this.put(from.key === '' ? 'external' : from.key, to.key === '' ? 'external' : to.key);
      }
    });
  }
}

/** How a question names a peer: a range of addresses by its first. */
function nameOf(key: string): string {
  const range = /^([0-9a-f.:]+)-[0-9a-f.:]+$/i.exec(key);
  return range?.[1] ?? key;
}
