import { el } from '../../page/ui/dom';
import { type Tab, Tabs } from '../../page/ui/tabs';
import type { WordedFinding } from '../../report/check/worded';
import type { Contents, PictureAnswer } from '../../report/page/session';
import type { Engine } from '../engine';
import type { Mark } from '../playground';
import { changesPanel } from './changes';
import { Connections } from './connections';
import { EVERYTHING } from './everything';
import { findingsPanel } from './findings';
import { linkPlaces } from './places';
import { Requests } from './requests';
import { Stage } from './stage';

/** What the answers ask of the rest of the page. */
export interface AnswerActions {
  goTo(line: number): void;
  /** Keeps the text as it is, or nothing more. */
  keep(isKept: boolean): void;
  /** Takes back that a text has no answer. */
  failed(error: unknown): void;
}

type View = 'picture' | 'connections' | 'routes' | 'findings' | 'changes';

/** The side of the answers: tabs about the text that was answered last. */
export class Answers {
  readonly element: HTMLElement;
  readonly requests: Requests;
  private readonly tabs: Tabs;
  private readonly stage: Stage;
  private readonly connections: Connections;
  private readonly findingsPanel = el('div', { class: 'panel' });
  private readonly changesPanel = el('div', { class: 'panel' });
  private readonly banner = el('p', { class: 'banner', role: 'status' });
  private contents: Contents | undefined;
  private picture: Promise<PictureAnswer> | undefined;
  private shown: View = 'picture';
  /** The only namespace that is drawn; all where it is undefined. */
  private inside: string | undefined;
  /** Tabs that show an older text. */
  private readonly stale = new Set<View>();

  constructor(
    private readonly engine: Engine,
    private readonly actions: AnswerActions,
  ) {
    this.stage = new Stage({
      workload: (key) => engine.ask('workload', key),
      why: (from, to) => {
        this.open('connections');
        void this.connections.put(from, to);
      },
      enter: (namespace) => this.enter(namespace),
    });
    this.connections = new Connections(engine, (namespace) => this.enter(namespace));
    this.requests = new Requests({
      routes: () => engine.ask('routes'),
      request: (asked) => engine.ask('request', asked),
    });
    const panel = (element: HTMLElement) => el('div', { class: 'panel' }, element);
    const tab = (id: View, title: string, of: HTMLElement): Tab => ({
      id,
      title,
      panel: of,
      show: () => this.turnTo(id),
    });
    this.tabs = new Tabs([
      tab('picture', 'Picture', this.stage.element),
      tab('connections', 'Connections', panel(this.connections.element)),
      tab('routes', 'Requests', panel(this.requests.element)),
      tab('findings', 'Findings', this.findingsPanel),
      tab('changes', 'What changed', this.changesPanel),
    ]);
    const panels = el('div', { class: 'panels' }, ...this.tabs.all.map((one) => one.panel));
    this.element = el('section', { class: 'answers', 'aria-label': 'Answers' }, this.tabs.element, this.banner, panels);
    linkPlaces(this.element, actions.goTo);
  }

  /** Shows a tab. */
  open(id: View): void {
    this.tabs.open(id);
  }

  /** Shows what is said of a text that was answered just now. */
  async show(contents: Contents): Promise<void> {
    this.contents = contents;
    this.picture = this.engine.ask('picture', EVERYTHING);
    for (const view of ['picture', 'connections', 'routes', 'changes'] as const) {
      this.stale.add(view);
    }
    await this.fill(this.shown);
    this.old();
  }

  /** Shows what is to be said of how the text was read, and what `check` found. */
  findings(marks: readonly Mark[], found: readonly WordedFinding[]): void {
    const many = marks.length + found.length;
    this.tabs.count('findings', many === 0 ? undefined : many);
    this.findingsPanel.replaceChildren(findingsPanel(marks, found));
  }

  /** Says how much changed; nothing where nothing is kept. */
  changes(many: number | undefined): void {
    this.tabs.count('changes', many);
  }

  /** Says that the answers are those of an older text, and why; nothing where they are not. */
  old(...why: readonly (Node | string)[]): void {
    this.element.classList.toggle('old', why.length > 0);
    this.banner.replaceChildren(
      ...why,
      ...(why.length > 0 ? [el('span', { class: 'soft' }, ' Below is the last answer.')] : []),
    );
  }

  private enter(namespace: string | undefined): void {
    this.inside = namespace;
    this.stale.add('picture');
    this.open('picture');
  }

  private turnTo(id: View): void {
    this.shown = id;
    this.fill(id).catch((error: unknown) => this.actions.failed(error));
  }

  private async fill(id: View): Promise<void> {
    if (this.contents === undefined || !this.stale.has(id)) {
      return;
    }
    this.stale.delete(id);
    const { contents, picture, engine } = this;
    if (id === 'picture' && picture !== undefined) {
      const { inside } = this;
      const isThere = inside !== undefined && contents.namespaces.includes(inside);
      this.stage.show(
        await (isThere ? engine.ask('picture', { ...EVERYTHING, namespaces: [inside] }) : picture),
        isThere ? inside : undefined,
      );
    } else if (id === 'connections' && picture !== undefined) {
      await this.connections.show(contents, await picture);
    } else if (id === 'routes') {
      await this.requests.show();
    } else if (id === 'changes') {
      const isChange = contents.isChange;
      this.changesPanel.replaceChildren(
        changesPanel(
          isChange ? { connections: await engine.ask('changes'), routes: await engine.ask('routeChanges') } : undefined,
          (isKept) => this.actions.keep(isKept),
        ),
      );
    }
  }
}
