import type { PictureAnswer } from '../report/page/session';
import { Engine, programIn } from './engine';
import { App } from './ui/app';
import { el } from './ui/dom';
import { themeChoice } from './ui/theme';
import type { Opening } from './worker';

/** What the page carries: what the worker answers about, and the picture that is drawn already. */
export interface PageData {
  readonly opening: Opening;
  readonly picture: Omit<PictureAnswer, 'svg'>;
  /** The tab that is open at first; the picture where it is left out. */
  readonly start?: string;
}

const place = (id: string) => document.getElementById(id) as HTMLElement;

async function start(): Promise<void> {
  document.body.classList.add('script');
  const { opening, picture, start }: PageData = JSON.parse(place('data').textContent ?? '');
  place('head').append(themeChoice());
  const engine = new Engine(new Worker(await programIn(place('engine'))));
  await engine.open(opening);
  const contents = await engine.ask('contents');
  const places = { picture: place('picture'), said: place('said'), app: place('app') };
  new App(places, engine, contents, { svg: '', ...picture }, start);
  document.documentElement.dataset.ready = '';
}

start().catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  place('head').append(el('p', { class: 'note', role: 'alert' }, `The page cannot answer questions: ${why}`));
});
