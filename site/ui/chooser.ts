import { el } from '../../page/ui/dom';
import { COURSES, EXAMPLES, type Example, type Lesson } from '../lessons';
import type { Progress } from '../progress';

/** The dialog with all lessons and examples. */
export class Chooser {
  readonly element: HTMLDialogElement;

  constructor(
    private readonly progress: Progress,
    private readonly actions: { lesson(lesson: Lesson): void; example(example: Example): void },
  ) {
    this.element = el('dialog', { class: 'chooser', 'aria-labelledby': 'chooser-title' });
    // A click beside of the dialog closes it.
    this.element.addEventListener('click', (event) => {
      if (event.target === this.element) {
        this.element.close();
      }
    });
  }

  open(): void {
    const entry = (title: string, about: string, state: string, act: () => void) =>
      el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            class: state === '✓' ? 'done' : '',
            onclick: () => {
              this.element.close();
              act();
            },
          },
          el('b', {}, title),
          state !== '' && el('span', { class: 'state' }, state),
          el('span', { class: 'soft' }, about),
        ),
      );
    const part = (title: string, about: string, entries: readonly HTMLElement[]) =>
      el('section', {}, el('h3', {}, title), el('p', { class: 'soft' }, about), el('ul', {}, ...entries));
    this.element.replaceChildren(
      el(
        'div',
        { class: 'inside' },
        el(
          'button',
          { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => this.element.close() },
          '×',
        ),
        el('h2', { id: 'chooser-title' }, 'Lessons and examples'),
        ...COURSES.map(({ title, about, lessons }) =>
          part(
            title,
            about,
            lessons.map((lesson) =>
              entry(lesson.title, lesson.about, this.stateOf(lesson), () => this.actions.lesson(lesson)),
            ),
          ),
        ),
        part(
          'Examples',
          'Manifests to look at, and to change.',
          EXAMPLES.map((example) => entry(example.title, example.about, '', () => this.actions.example(example))),
        ),
      ),
    );
    this.element.showModal();
  }

  private stateOf(lesson: Lesson): string {
    const done = this.progress.count(lesson);
    return done === 0 ? '' : done === lesson.steps.length ? '✓' : `${done} of ${lesson.steps.length}`;
  }
}
