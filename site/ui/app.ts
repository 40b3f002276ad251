import { calmly, el } from '../../page/ui/dom';
import { Editor } from '../editor/editor';
import { type Engine, GivenUp } from '../engine';
import type { Mark, Reading } from '../playground';
import { Answers } from './answers';

/** After so many milliseconds without a key the text is asked about. */
const CALM = 30;

/** What others do about texts. */
export interface AppEvents {
  /** Each change of the text, before it is read. */
  changed(): void;
  /** A text was answered. */
  answered(): Promise<void>;
  /** A text has no answer. */
  unanswered(): void;
}

/** The editor, and what its text means. */
export class App {
  readonly editor: Editor;
  readonly answers: Answers;
  /** Holds what stands above the editor. */
  readonly above = el('div', { class: 'above' });
  /** The text against which changes are told. */
  kept: string | undefined;
  private readonly said = el('p', { class: 'said', role: 'status' });
  private turn = 0;
  private changedAt = 0;
  private readonly soon = calmly(() => void this.read(), CALM);

  constructor(
    host: HTMLElement,
    private readonly engine: Engine,
    private readonly events: AppEvents,
  ) {
    const place = el('div', { class: 'editor' });
    this.answers = new Answers(engine, {
      goTo: (line) => this.editor.goTo(line),
      keep: (isKept) => this.keep(isKept ? this.editor.text : undefined),
      failed: (error) => this.failed(error),
    });
    host.replaceChildren(
      el('section', { class: 'input', 'aria-label': 'Manifests' }, this.above, place, this.said),
      this.answers.element,
    );
    this.editor = new Editor(place, () => {
      this.changedAt = performance.now();
      events.changed();
      this.soon();
    });
  }

  /** Tells changes against this text from now on, or none. */
  keep(text: string | undefined): void {
    this.kept = text;
    this.changedAt = performance.now();
    this.events.changed();
    void this.read();
  }

  /** Reads the text at once. */
  async read(): Promise<void> {
    const turn = ++this.turn;
    const { changedAt } = this;
    try {
      const reading = await this.engine.read(this.editor.text, this.kept);
      if (turn !== this.turn) {
        return;
      }
      this.editor.mark(reading.marks);
      if (reading.state !== 'answered' || reading.contents === undefined) {
        this.unanswered(reading);
        return;
      }
      await this.answers.show(reading.contents);
      const took = performance.now() - changedAt;
      if (turn !== this.turn) {
        return;
      }
      this.said.textContent = `${counted(reading.objects, 'object')}, answered ${Math.round(took)} ms after the last change`;
      document.documentElement.dataset.answered = String(turn);
      await this.events.answered();
      await this.check(reading, turn);
    } catch (error) {
      if (turn === this.turn) {
        this.failed(error);
      }
    }
  }

  private async check({ marks, contents }: Reading, turn: number): Promise<void> {
    const findings = await this.engine.ask('findings');
    const changes =
      contents?.isChange === true
        ? (await this.engine.ask('changes')).length + (await this.engine.ask('routeChanges')).length
        : undefined;
    if (turn !== this.turn) {
      return;
    }
    this.answers.findings(marks, findings);
    this.answers.changes(changes);
    const found = findings.map(
      ({ severity, source: { line, column }, message, advice }): Mark => ({
        line,
        column,
        severity,
        message: `${message}\n${advice}`,
      }),
    );
    this.editor.mark([...marks, ...found]);
    document.documentElement.dataset.checked = String(turn);
  }

  private unanswered({ state, marks, objects }: Reading): void {
    document.documentElement.dataset.answered = String(this.turn);
    const errors = marks.filter(({ severity }) => severity === 'error');
    this.events.unanswered();
    if (state === 'empty') {
      this.said.textContent = 'no object';
      this.answers.old('There is no object in the text.');
      return;
    }
    this.said.textContent = `${counted(objects, 'object')}, ${counted(errors.length, 'problem')}`;
    const [first] = errors;
    const line = first?.line ?? 0;
    const act = () => this.editor.goTo(line);
    const way = line > 0 && el('button', { type: 'button', class: 'link', onclick: act }, `Line ${line}`);
    this.answers.old(...(way === false ? [] : [way, ': ']), `${first?.message ?? 'it cannot be used'}.`);
  }

  private failed(error: unknown): void {
    if (error instanceof GivenUp && !error.isTooLong) {
      return;
    }
    const why = error instanceof Error ? error.message : String(error);
    this.events.unanswered();
    this.answers.old(`${why}. `, el('button', { type: 'button', onclick: () => void this.read() }, 'Try again'));
  }
}

function counted(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
