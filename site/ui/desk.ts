import { el } from '../../page/ui/dom';
import type { Engine } from '../engine';
import { chosenFiles, droppedFiles, type OpenedFile, opened } from '../files';
import { COURSES, EXAMPLES, type Example, type Lesson, type Step, startOf, textOf } from '../lessons';
import { Progress } from '../progress';
import { fragmentOf, isShared, type Shared, sharedIn } from '../share';
import { Store } from '../store';
import { App } from './app';
import { Chooser } from './chooser';
import { LessonPanel } from './lesson-panel';
import { linkPlaces } from './places';
import { shareBox } from './share-box';

const LESSONS = COURSES.flatMap(({ lessons }) => lessons);

/** What the page carries. */
export interface DeskData {
  /** The files of `dist/` that lessons and examples name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Everything around the editor and its answers: lessons, examples, links and files. */
export class Desk {
  private readonly app: App;
  private readonly progress: Progress;
  private readonly chooser: Chooser;
  private readonly shareDialog = el('dialog', { class: 'share', 'aria-labelledby': 'share-title' });
  private readonly note = el('p', { class: 'flash', role: 'status' });
  private readonly keepButton = el('button', { type: 'button', onclick: () => this.toggleKept() }, 'Keep this state');
  /** What survives that the page is loaded again. */
  private readonly draft = new Store(() => sessionStorage);
  private panel: LessonPanel | undefined;
  /** Whether the fragment of the address says what is in the editor. */
  private isAddressed = false;
  private isPutting = false;

  constructor(
    host: HTMLElement,
    head: HTMLElement,
    private readonly engine: Engine,
    private readonly data: DeskData,
  ) {
    this.progress = new Progress(new Store(() => localStorage));
    this.app = new App(host, engine, {
      changed: () => this.changed(),
      answered: () => this.grade(),
      unanswered: () => this.panel?.old(true),
    });
    this.chooser = new Chooser(this.progress, {
      lesson: (lesson) => this.begin(lesson, this.firstUndone(lesson)),
      example: (example) => this.show(example),
    });
    linkPlaces(this.app.above, (line) => this.app.editor.goTo(line));
    this.lay(head);
    this.takeDrops();
    window.addEventListener('hashchange', () => void this.openAddress());
  }

  private lay(head: HTMLElement): void {
    const button = (text: string, act: () => void, primary = false) =>
      el('button', { type: 'button', class: primary ? 'primary' : '', onclick: act }, text);
    const pick = (isFolder: boolean) => {
      const input = el('input', { type: 'file', multiple: true, accept: isFolder ? '' : '.yaml,.yml,.json' });
      input.webkitdirectory = isFolder;
      input.addEventListener('change', () => void this.open(chosenFiles(input)));
      input.click();
    };
    head.append(
      el(
        'div',
        { class: 'actions', role: 'group', 'aria-label': 'Manifests' },
        button('Lessons and examples', () => this.chooser.open(), true),
        button('Open files', () => pick(false)),
        el('button', { type: 'button', class: 'folder', onclick: () => pick(true) }, 'Open a folder'),
        this.keepButton,
        button('Share', () => void this.share()),
      ),
    );
    document.body.append(this.chooser.element, this.shareDialog, this.note);
  }

  /** Opens what the address names, else what was there before, else an example. */
  async start(): Promise<void> {
    if (await this.openAddress()) {
      return;
    }
    const draft = this.draft.get('draft', isDraft);
    if (draft === undefined) {
      this.welcome();
      this.put(textOf(EXAMPLES[0].pieces, this.data.files));
    } else {
      this.openShared(draft);
    }
  }

  private async openAddress(): Promise<boolean> {
    const { hash } = window.location;
    if (isShared(hash)) {
      try {
        this.openShared(await sharedIn(hash));
        this.isAddressed = true;
        return true;
      } catch (error) {
        this.flash(error instanceof Error ? `There are no manifests: ${error.message}.` : String(error));
        return false;
      }
    }
    const [, id, step = '1'] = /^#lesson=([a-z0-9-]+)(?:\/(\d+))?$/.exec(hash) ?? [];
    const lesson = LESSONS.find((one) => one.id === id);
    if (lesson === undefined) {
      return false;
    }
    const draft = this.draft.get('draft', isDraft);
    if (draft?.lesson === lesson.id && draft.step === Number(step) && this.panel === undefined) {
      this.openShared(draft);
    } else {
      this.begin(lesson, Math.min(Math.max(Number(step), 1), lesson.steps.length) - 1);
    }
    return true;
  }

  private openShared({ yaml, kept, lesson: id, step = 1 }: Shared): void {
    const lesson = LESSONS.find((one) => one.id === id);
    this.app.kept = kept;
    if (lesson?.steps[step - 1] === undefined) {
      this.leave();
    } else {
      this.teach(lesson, step - 1);
    }
    this.put(yaml);
  }

  /** What the editor holds, as a link or a draft has it. */
  private shared(): Shared {
    const { panel, app } = this;
    return {
      yaml: app.editor.text,
      ...(app.kept === undefined ? {} : { kept: app.kept }),
      ...(panel === undefined ? {} : { lesson: panel.lesson.id, step: panel.at + 1 }),
    };
  }

  private async share(): Promise<void> {
    const fragment = await fragmentOf(this.shared());
    window.history.replaceState(null, '', fragment);
    this.isAddressed = true;
    await shareBox(this.shareDialog, window.location.href);
  }

  private changed(): void {
    this.keepButton.textContent = this.app.kept === undefined ? 'Keep this state' : 'Forget the kept state';
    this.draft.set('draft', this.shared());
    if (this.isAddressed && !this.isPutting) {
      // The address would say something else than the editor.
      this.isAddressed = false;
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
    }
  }

  /** Another text in the editor. */
  private put(text: string): void {
    this.isPutting = true;
    this.app.editor.text = text;
    this.isPutting = false;
  }

  private welcome(): void {
    const lesson = LESSONS.find(({ id }) => id === 'services') as Lesson;
    this.app.above.replaceChildren(
      el(
        'section',
        { class: 'welcome', 'aria-label': 'Welcome' },
        el(
          'p',
          {},
          'Change the manifests below, paste your own, or drop files here. What they do stands beside them as you type. Nothing leaves your browser.',
        ),
        el(
          'p',
          {},
          el(
            'button',
            { type: 'button', class: 'link', onclick: () => this.begin(lesson, 0) },
            'Begin with the first lesson',
          ),
        ),
      ),
    );
  }

  private show({ pieces, title }: Example): void {
    this.leave();
    this.app.kept = undefined;
    this.app.answers.requests.forget();
    this.put(textOf(pieces, this.data.files));
    this.flash(`${title} is in the editor. Undo brings the former text back.`);
  }

  /** Begins a step of a lesson with its own text. */
  private begin(lesson: Lesson, at: number): void {
    this.teach(lesson, at);
    this.app.kept = undefined;
    this.put(textOf(startOf(lesson, at), this.data.files));
    this.address(lesson, at);
  }

  private address(lesson: Lesson, at: number): void {
    window.history.replaceState(null, '', `#lesson=${lesson.id}${at === 0 ? '' : `/${at + 1}`}`);
    this.isAddressed = false;
    this.draft.set('draft', this.shared());
  }

  private teach(lesson: Lesson, at: number): void {
    const { view = 'picture', request, solution } = lesson.steps[at] as Step;
    const next = LESSONS[LESSONS.indexOf(lesson) + 1];
    this.panel = new LessonPanel(lesson, at, this.progress, next?.title, {
      step: (to, isFresh) => {
        if (isFresh) {
          this.begin(lesson, to);
        } else {
          this.teach(lesson, to);
          this.address(lesson, to);
          void this.app.read();
        }
      },
      solve: () => this.put(textOf(solution, this.data.files)),
      next: () => (next === undefined ? this.chooser.open() : this.begin(next, 0)),
      close: () => this.leave(),
    });
    this.app.above.replaceChildren(this.panel.element);
    if (request === undefined) {
      this.app.answers.requests.forget();
    } else {
      this.app.answers.requests.prefill(request.url, request.headers);
    }
    this.app.answers.open(view);
  }

  private leave(): void {
    if (this.panel !== undefined) {
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
    }
    this.panel = undefined;
    this.app.above.replaceChildren();
    this.draft.set('draft', this.shared());
  }

  private firstUndone(lesson: Lesson): number {
    const at = lesson.steps.findIndex((_, step) => !this.progress.has(lesson, step));
    return Math.max(at, 0);
  }

  private async grade(): Promise<void> {
    const { panel } = this;
    if (panel === undefined) {
      return;
    }
    const claims = (panel.lesson.steps[panel.at] as Step).tasks.flatMap((task) => task.claims);
    const grades = await this.engine.ask('grade', claims);
    if (panel === this.panel) {
      panel.old(false);
      if (panel.show(grades)) {
        this.progress.add(panel.lesson, panel.at);
      }
      document.documentElement.dataset.graded = `${panel.lesson.id}/${panel.at + 1}`;
    }
  }

  private toggleKept(): void {
    this.app.keep(this.app.kept === undefined ? this.app.editor.text : undefined);
    if (this.app.kept !== undefined) {
      this.flash('Kept. From now on the picture draws what you change.');
    }
  }

  private takeDrops(): void {
    const isFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const over = (isOver: boolean) => document.body.classList.toggle('dropping', isOver);
    // In front of the editor, which would put files where the cursor is.
    window.addEventListener(
      'dragover',
      (event) => {
        if (isFiles(event)) {
          event.preventDefault();
          over(true);
        }
      },
      true,
    );
    window.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && over(false), true);
    window.addEventListener(
      'drop',
      (event) => {
        over(false);
        if (isFiles(event) && event.dataTransfer !== null) {
          event.preventDefault();
          event.stopPropagation();
          void droppedFiles(event.dataTransfer).then((files) => this.open(files));
        }
      },
      true,
    );
  }

  private async open(files: readonly OpenedFile[]): Promise<void> {
    const { text, names, refused } = await opened(files);
    const left = refused.length === 0 ? '' : ` ${refused.slice(0, 3).join('; ')}${refused.length > 3 ? '; …' : ''}.`;
    if (names.length === 0) {
      this.flash(`No manifests were found.${left}`);
      return;
    }
    this.leave();
    this.app.answers.requests.forget();
    this.put(text);
    const what = names.length === 1 ? names[0] : `${names.length} files`;
    this.flash(`${what} opened. Undo brings the former text back.${left}`);
  }

  /** Says something for a while. */
  private flash(text: string): void {
    this.note.textContent = text;
    setTimeout(() => {
      if (this.note.textContent === text) {
        this.note.textContent = '';
      }
    }, 6000);
  }
}

function isDraft(value: unknown): value is Shared {
  return typeof value === 'object' && value !== null && 'yaml' in value && typeof value.yaml === 'string';
}
