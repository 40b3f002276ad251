import { programIn } from '../page/engine';
import { el } from '../page/ui/dom';
import { themeChoice } from '../page/ui/theme';
import { Engine } from './engine';
import { Desk, type DeskData } from './ui/desk';

async function start(): Promise<void> {
  document.body.classList.add('script');
  const url = await programIn(place('engine'));
  const data: DeskData = JSON.parse(place('data').textContent ?? '');
  const desk = new Desk(place('app'), place('head'), new Engine(() => new Worker(url)), data);
  place('head').append(themeChoice());
  await desk.start();
  document.documentElement.dataset.ready = '';
}

function place(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

start().catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  place('head').append(el('p', { class: 'note', role: 'alert' }, `The page cannot start: ${why}`));
});
