import { el } from '../../page/ui/dom';
import type { Grade } from '../grade';
import type { Lesson, Step } from '../lessons';
import type { Progress } from '../progress';
import { rich } from './rich';

/** What the panel of a lesson asks of the page. */
export interface LessonActions {
  /** Goes to a step, with the text as it is or with that with which the step begins. */
  step(at: number, isFresh: boolean): void;
  /** Puts a solution into the editor. */
  solve(): void;
  /** Goes on with what follows this lesson. */
  next(): void;
  close(): void;
}

/** A step of a lesson: what it is about, and its tasks, which are graded as somebody types. */
export class LessonPanel {
  readonly element: HTMLElement;
  private readonly items: readonly TaskItem[];
  private readonly count = el('span', { class: 'soft', role: 'status' });
  private readonly onward: HTMLButtonElement;
  private readonly step: Step;

  constructor(
    readonly lesson: Lesson,
    readonly at: number,
    private readonly progress: Progress,
    next: string | undefined,
    actions: LessonActions,
  ) {
    this.step = lesson.steps[at] as Step;
    const { title, text, tasks, hint } = this.step;
    const last = at === lesson.steps.length - 1;
    this.items = tasks.map(({ says }) => new TaskItem(says));
    this.onward = el(
      'button',
      { type: 'button', class: 'onward', onclick: () => (last ? actions.next() : actions.step(at + 1, false)) },
      last ? (next === undefined ? 'All lessons' : `Next: ${next}`) : 'Next step',
    );
    const button = (label: string, act: () => void) => el('button', { type: 'button', onclick: act }, label);
    this.element = el(
      'section',
      { class: 'lesson', 'aria-labelledby': 'lesson-title' },
      el(
        'div',
        { class: 'lesson-head' },
        el(
          'h2',
          { id: 'lesson-title' },
          lesson.title,
          lesson.steps.length > 1 && el('span', { class: 'soft' }, ` ${title}`),
        ),
        lesson.steps.length > 1 && this.dots(actions),
        el('button', { type: 'button', class: 'close', 'aria-label': 'Close the lesson', onclick: actions.close }, '×'),
      ),
      ...text.map((paragraph) => el('p', {}, ...rich(paragraph))),
      el('ul', { class: 'tasks' }, ...this.items.map(({ element }) => element)),
      hint !== undefined && el('details', { class: 'hint' }, el('summary', {}, 'Hint'), el('p', {}, ...rich(hint))),
      el(
        'div',
        { class: 'lesson-foot' },
        this.onward,
        button('Begin again', () => actions.step(at, true)),
        button('Show a solution', actions.solve),
        this.count,
      ),
    );
  }

  /** One dot for each step, to go to. */
  private dots(actions: LessonActions): HTMLElement {
    const { lesson, at, progress } = this;
    return el(
      'ol',
      { class: 'dots', 'aria-label': 'Steps' },
      ...lesson.steps.map(({ title }, step) => {
        const isDone = progress.has(lesson, step);
        return el(
          'li',
          {},
          el(
            'button',
            {
              type: 'button',
              class: isDone ? 'done' : '',
              'aria-current': step === at ? 'step' : undefined,
              'aria-label': `Step ${step + 1}: ${title}${isDone ? ', done' : ''}`,
              title,
              onclick: () => actions.step(step, true),
            },
            isDone ? '✓' : String(step + 1),
          ),
        );
      }),
    );
  }

  /** Shows which tasks are done, and says whether all are. */
  show(grades: readonly Grade[]): boolean {
    const { tasks } = this.step;
    let from = 0;
    let done = 0;
    for (const [place, { claims }] of tasks.entries()) {
      const own = grades.slice(from, from + claims.length);
      from += claims.length;
      const failed = own.find(({ holds }) => !holds);
      this.items[place]?.show(failed);
      done += failed === undefined ? 1 : 0;
    }
    const isAll = done === tasks.length;
    this.element.classList.toggle('all-done', isAll);
    this.onward.classList.toggle('primary', isAll);
    const said = isAll ? 'All done.' : `${done} of ${tasks.length} done`;
    if (this.count.textContent !== said) {
      this.count.textContent = said;
    }
    return isAll;
  }

  /** Says that the grades are those of an older text. */
  old(isOld: boolean): void {
    this.element.classList.toggle('old', isOld);
  }
}

/** A task with its sign, and why it is not done. */
class TaskItem {
  readonly element: HTMLElement;
  private readonly sign = el('span', { class: 'sign' }, '○');
  private readonly state = el('span', { class: 'unseen' }, 'not done: ');
  private readonly why = el('pre', {});
  private readonly details = el('details', { hidden: true }, el('summary', {}, 'Why not yet?'), this.why);

  constructor(says: string) {
    this.sign.setAttribute('aria-hidden', 'true');
    this.element = el('li', {}, this.sign, el('div', {}, el('span', {}, this.state, ...rich(says)), this.details));
  }

  show(failed: Grade | undefined): void {
    const isDone = failed === undefined;
    this.element.classList.toggle('done', isDone);
    this.sign.textContent = isDone ? '✓' : '○';
    this.state.textContent = isDone ? 'done: ' : 'not done: ';
    this.details.hidden = isDone;
    const why = failed?.why ?? '';
    if (this.details.dataset.why !== why) {
      this.details.dataset.why = why;
      this.why.textContent = why;
    }
  }
}
