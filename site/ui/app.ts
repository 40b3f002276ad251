import { calmly, el } from '../../page/ui/dom';
import { themeChoice } from '../../page/ui/theme';
import { Editor } from '../editor/editor';
import { type Engine, GivenUp } from '../engine';
import type { Mark, Reading } from '../playground';
import { Answers } from './answers';

/** After so many milliseconds without a key the text is asked about. */
const CALM = 30;

/** The playground: the editor, and what its text means. */
export class App {
  readonly editor: Editor;
  readonly answers: Answers;
  private readonly said = el('p', { class: 'said', role: 'status' });
  private kept: string | undefined;
  private turn = 0;
  private changedAt = 0;
  private readonly soon = calmly(() => void this.read(), CALM);

  constructor(
    host: HTMLElement,
    private readonly engine: Engine,
  ) {
    const place = el('div', { class: 'editor' });
    this.answers = new Answers(engine, {
      goTo: (line) => this.editor.goTo(line),
      keep: (isKept) => this.keep(isKept),
      failed: (error) => this.failed(error),
    });
    host.replaceChildren(
      el('section', { class: 'input', 'aria-label': 'Manifests' }, place, this.said),
      this.answers.element,
    );
    this.editor = new Editor(place, () => {
      this.changedAt = performance.now();
      this.soon();
    });
    document.getElementById('head')?.append(themeChoice());
  }

  /** Keeps the text as what changes are told against, or nothing more. */
  keep(isKept: boolean): void {
    this.kept = isKept ? this.editor.text : undefined;
    this.changedAt = performance.now();
    void this.read();
  }

  private async read(): Promise<void> {
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
      this.say(`${counted(reading.objects, 'object')}, answered ${Math.round(took)} ms after the last change`);
      document.documentElement.dataset.answered = String(turn);
      const findings = await this.engine.ask('findings');
      if (turn === this.turn) {
        this.answers.findings(findings);
        this.editor.mark([
          ...reading.marks,
          ...findings.map(
            ({ severity, source, message, advice }): Mark => ({
              line: source.line,
              column: source.column,
              severity,
              message: `${message}\n${advice}`,
            }),
          ),
        ]);
        document.documentElement.dataset.checked = String(turn);
      }
    } catch (error) {
      if (turn === this.turn) {
        this.failed(error);
      }
    }
  }

  private unanswered({ state, marks, objects }: Reading): void {
    document.documentElement.dataset.answered = String(this.turn);
    const first = marks.find(({ severity }) => severity === 'error');
    if (state === 'empty') {
      this.say('no object');
      this.answers.old('There is no object in the text. What stands below is the last answer.');
      return;
    }
    const errors = marks.filter(({ severity }) => severity === 'error').length;
    this.say(`${counted(objects, 'object')}, ${counted(errors, 'error')}`);
    const way =
      first === undefined || first.line === 0
        ? ''
        : el(
            'button',
            { type: 'button', class: 'link', onclick: () => this.editor.goTo(first.line) },
            `line ${first.line}`,
          );
    this.answers.old(
      'The text cannot be used: ',
      way,
      `${way === '' ? '' : ': '}${first?.message ?? ''}. What stands below is the last answer.`,
    );
  }

  private failed(error: unknown): void {
    if (error instanceof GivenUp && !error.isTooLong) {
      return;
    }
    const why = error instanceof Error ? error.message : String(error);
    this.answers.old(
      `There is no answer: ${why}. What stands below is the last one. `,
      el('button', { type: 'button', onclick: () => void this.read() }, 'Try again'),
    );
  }

  private say(text: string): void {
    this.said.textContent = text;
  }
}

function counted(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
