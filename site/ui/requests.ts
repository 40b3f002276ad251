import { el } from '../../page/ui/dom';
import { exampleOf, requestAnswer, targetSection } from '../../page/ui/routes';
import type { AskedRequest, RequestAnswer, RouteTarget } from '../../report/page/routing';

/** What is asked of the worker. */
export interface RouteAsks {
  routes(): Promise<readonly RouteTarget[]>;
  request(asked: AskedRequest): Promise<RequestAnswer>;
}

/** The tab of routes: a request whose answer follows the text, and all routes. */
export class Requests {
  readonly element: HTMLElement;
  private readonly target = el('select', {});
  private readonly method = el('input', { type: 'text', value: 'GET', size: 7 });
  private readonly url = el('input', { type: 'text', size: 34, spellcheck: 'false', autocomplete: 'off' });
  private readonly headers = el('textarea', { rows: 2, cols: 24, placeholder: 'FOO: bar', spellcheck: 'false' });
  private readonly answer = el('div', { class: 'answer', role: 'status' });
  private readonly tables = el('div', {});
  private readonly none = el(
    'p',
    { class: 'soft' },
    'No Ingress and no route of the Gateway API is among these manifests, so no request from outside has a way in.',
  );
  private readonly form: HTMLElement;
  private readonly targetLabel = el('label', {}, 'To ', this.target);
  /** Whether somebody chose the URL. */
  private isChosen = false;
  private isAny = false;

  constructor(private readonly asks: RouteAsks) {
    this.url.addEventListener('input', () => {
      this.isChosen = true;
    });
    const form = el(
      'form',
      {
        onsubmit: (event: Event) => event.preventDefault(),
        oninput: () => void this.put(),
      },
      this.targetLabel,
      el('label', {}, 'Method ', this.method),
      el('label', { class: 'wide' }, 'URL ', this.url),
      el('label', {}, 'Headers ', this.headers),
    );
    this.form = el(
      'section',
      { class: 'question', 'aria-labelledby': 'request-title' },
      el('h2', { id: 'request-title' }, 'Where does a request go?'),
      form,
      this.answer,
    );
    this.element = el('div', {}, this.none, this.form, this.tables);
  }

  /** Takes a request that a lesson speaks of. */
  prefill(url: string, headers = ''): void {
    this.url.value = url;
    this.headers.value = headers;
    this.isChosen = true;
  }

  /** Forgets what somebody asked. */
  forget(): void {
    this.isChosen = false;
    this.headers.value = '';
  }

  async show(): Promise<void> {
    const targets = await this.asks.routes();
    this.isAny = targets.length > 0;
    this.none.hidden = this.isAny;
    this.form.hidden = !this.isAny;
    const chosen = this.target.selectedOptions[0]?.textContent;
    this.target.replaceChildren(
      ...targets.map(({ label }, at) => el('option', { value: at, selected: label === chosen }, label)),
    );
    this.targetLabel.hidden = targets.length < 2;
    if (this.isAny && !this.isChosen) {
      this.url.value = exampleOf(targets);
    }
    this.tables.replaceChildren(...targets.map(targetSection));
    await this.put();
  }

  private async put(): Promise<void> {
    if (!this.isAny) {
      return;
    }
    const asked = {
      target: Number(this.target.value),
      method: this.method.value.trim(),
      url: this.url.value.trim(),
      headers: this.headers.value,
    };
    const found = await this.asks.request(asked);
    this.answer.replaceChildren(requestAnswer(found));
  }
}
