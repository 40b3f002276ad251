import { linesDetails, workloadDetails } from '../../page/ui/details';
import { el } from '../../page/ui/dom';
import { type Chosen, Picture } from '../../page/ui/picture';
import { zoomButtons } from '../../page/ui/zoom';
import type { WorkloadAnswer } from '../../report/page/neighbours';
import type { PictureAnswer } from '../../report/page/session';

/** What is asked of the worker, and of the other tabs. */
export interface StageAsks {
  workload(key: string): Promise<WorkloadAnswer | undefined>;
  /** Asks why one end may connect to the other. */
  why(from: string, to: string): void;
  /** Draws what is in one namespace, or everything again. */
  enter(namespace: string | undefined): void;
}

/** The picture, and what somebody chose in it. */
export class Stage {
  readonly element: HTMLElement;
  private readonly picture: Picture;
  private readonly chosen = el('section', { class: 'chosen', 'aria-label': 'What you chose', 'aria-live': 'polite' });
  private readonly note = el('p', { class: 'soft empty' });
  private readonly inside = el('p', { class: 'inside-of' });
  private drawn: PictureAnswer | undefined;
  /** The box that somebody chose: it stays chosen where it is drawn again. */
  private name: string | undefined;

  constructor(private readonly asks: StageAsks) {
    const host = el('div', { id: 'picture' });
    this.picture = new Picture(host, (chosen) => void this.choose(chosen));
    const tools = zoomButtons(() => this.picture);
    this.element = el('div', { class: 'panel stage' }, host, this.note, this.inside, tools, this.chosen);
  }

  /** @param namespace the only one that is drawn, where it is only one */
  show(answer: PictureAnswer, namespace?: string): void {
    this.inside.replaceChildren(
      ...(namespace === undefined
        ? []
        : [
            `Only namespace ${namespace} `,
            el('button', { type: 'button', onclick: () => this.asks.enter(undefined) }, 'Show all'),
          ]),
    );
    this.note.textContent = answer.note === '' ? '' : `${answer.note.charAt(0).toUpperCase()}${answer.note.slice(1)}.`;
    if (answer.svg === this.drawn?.svg) {
      return;
    }
    this.drawn = answer;
    this.picture.show(answer);
    const at = answer.nodes.findIndex(({ name }) => name === this.name);
    if (at < 0) {
      this.chosen.replaceChildren();
    } else {
      void this.tellNode(at);
    }
  }

  /** Shows all of it: it was hidden when it was drawn. */
  fit(): void {
    this.picture.fit();
  }

  private async choose(chosen: Chosen | undefined): Promise<void> {
    this.name = undefined;
    if (chosen === undefined) {
      this.picture.mark(new Set(), new Set());
      this.chosen.replaceChildren();
      return;
    }
    if (chosen.kind === 'net') {
      const { sources = [], targets = [] } = this.drawn?.nets[chosen.at] ?? {};
      this.picture.mark(new Set([...sources, ...targets]), new Set([chosen.at]));
      this.tell(this.linesOf(new Set([chosen.at])));
      return;
    }
    this.picture.focus(chosen.at);
    await this.tellNode(chosen.at);
  }

  private async tellNode(at: number): Promise<void> {
    const { nodes, nets } = this.picture.around(at);
    this.picture.mark(nodes, nets);
    const node = this.drawn?.nodes[at];
    this.name = node?.name;
    const [key] = node?.keys ?? [];
    const answer = node?.kind === 'workload' && key !== undefined ? await this.asks.workload(key) : undefined;
    this.tell(
      answer === undefined
        ? el(
            'div',
            {},
            el('h2', {}, node?.name ?? ''),
            node?.kind === 'island' &&
              el('button', { type: 'button', onclick: () => this.asks.enter(node.label) }, 'Show what is in it'),
            this.linesOf(nets),
          )
        : workloadDetails(answer, { ask: (from, to) => this.asks.why(from, to) }),
    );
  }

  private tell(details: HTMLElement): void {
    const close = el(
      'button',
      { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => void this.choose(undefined) },
      '×',
    );
    this.chosen.replaceChildren(close, details);
  }

  private linesOf(nets: ReadonlySet<number>): HTMLElement {
    const { nodes = [], rows = [] } = this.drawn ?? {};
    const names = (places: readonly number[]) => new Set(places.map((place) => nodes[place]?.name));
    const pairs = [...nets].map((at) => {
      const { sources, targets, isBoth = false } = this.drawn?.nets[at] ?? { sources: [], targets: [] };
      return { from: names(sources), to: names(targets), isBoth };
    });
    const keyOf = (name: string) => {
      const node = nodes.find((one) => one.name === name);
      return node?.keys.length === 1 && (node.kind === 'workload' || node.kind === 'addresses')
        ? node.keys[0]
        : undefined;
    };
    const shown = rows.filter(({ from, to }) =>
      pairs.some(
        (pair) => (pair.from.has(from) && pair.to.has(to)) || (pair.isBoth && pair.from.has(to) && pair.to.has(from)),
      ),
    );
    return linesDetails(
      shown.map((row) => {
        const [from, to] = [keyOf(row.from), keyOf(row.to)];
        const ask = from === undefined || to === undefined ? undefined : () => this.asks.why(from, to);
        return { row, ask };
      }),
    );
  }
}
