import { el } from '../page/ui/dom';
import { Engine } from './engine';
import { App } from './ui/app';

function start(): void {
  document.body.classList.add('script');
  const program = new Blob([place('engine').textContent ?? ''], { type: 'text/javascript' });
  const url = URL.createObjectURL(program);
  const app = new App(place('app'), new Engine(() => new Worker(url)));
  const { files } = JSON.parse(place('data').textContent ?? '') as { files: Record<string, string> };
  app.editor.text = Object.values(files).join('---\n');
  document.documentElement.dataset.ready = '';
}

function place(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

try {
  start();
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  place('head').append(el('p', { class: 'note', role: 'alert' }, `The page cannot start: ${why}`));
}
