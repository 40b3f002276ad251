import type { Asked, PairAnswer, QuestionAnswer } from '../../report/page/pairs';
import { el, list } from './dom';

const VERDICTS = {
  yes: 'Yes',
  no: 'No',
  some: 'Some of them',
  unknown: 'Manifests cannot tell all of it',
  refused: 'Not a question that can be answered',
} as const;

/** The box that asks: may this connect to that? */
export class QuestionBox {
  readonly element: HTMLElement;
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly port: HTMLInputElement;
  private readonly answer = el('div', { class: 'answer', role: 'status' });

  constructor(
    private readonly ask: (
      asked: Asked,
    ) => Promise<{ readonly now: QuestionAnswer; readonly before: QuestionAnswer | undefined }>,
  ) {
    const field = (label: string, id: string, placeholder: string, names?: string) => {
      const input = el('input', {
        id,
        type: 'text',
        placeholder,
        list: names,
        autocomplete: 'off',
        spellcheck: 'false',
      });
      return { input, label: el('label', { for: id }, label, ' ', input) };
    };
    const from = field('From', 'from', 'namespace/name, external, 10.1.2.3', 'names');
    const to = field('To', 'to', 'namespace/name, service/ns/name', 'names');
    const port = field('Port', 'port', 'any');
    [this.from, this.to, this.port] = [from.input, to.input, port.input];
    this.element = el(
      'section',
      { class: 'question', 'aria-labelledby': 'question-title' },
      el('h2', { id: 'question-title' }, 'May it connect?'),
      el(
        'form',
        {
          onsubmit: (event: Event) => {
            event.preventDefault();
            void this.put();
          },
        },
        from.label,
        to.label,
        port.label,
        el('button', { type: 'submit' }, 'Ask'),
      ),
      this.answer,
    );
  }

  /** Asks about a pair. */
  async put(asked?: Partial<Asked>): Promise<void> {
    this.from.value = asked?.from ?? this.from.value;
    this.to.value = asked?.to ?? this.to.value;
    this.port.value = asked?.port ?? this.port.value;
    const { now, before } = await this.ask({ from: this.from.value, to: this.to.value, port: this.port.value });
    this.answer.replaceChildren(answerOf(now), ...(before === undefined ? [] : [beforeOf(now, before)]));
  }

  /** Takes this end from what somebody chose. */
  set(end: 'from' | 'to', value: string): void {
    this[end].value = value;
  }
}

/** An answer in full. */
export function answerOf({ verdict, refusals, pairs, more }: QuestionAnswer): HTMLElement {
  return el(
    'div',
    {},
    el('p', { class: `verdict ${verdict}` }, VERDICTS[verdict]),
    list(refusals),
    ...pairs.map(pairElement),
    more > 0 && el('p', {}, `and ${more} more pairs; ask for fewer`),
  );
}

/** One pair and its reason. */
export function pairElement({ from, to, isOpen, ports, why, doubts }: PairAnswer): HTMLElement {
  const what = isOpen ? `open: ${ports}` : `closed${ports === 'no ports' || ports === '' ? '' : `: ${ports}`}`;
  return el(
    'div',
    { class: 'pair' },
    el('p', {}, el('b', {}, `${from} → ${to}`), ` ${what}`),
    ...doubts.map((doubt) => el('p', { class: 'doubt' }, `? ${doubt}`)),
    el('dl', {}, ...why.flatMap(({ side, lines }) => [el('dt', {}, side), ...lines.map((line) => el('dd', {}, line))])),
  );
}

function beforeOf(now: QuestionAnswer, before: QuestionAnswer): HTMLElement {
  const isSame = JSON.stringify(now.pairs.map(brief)) === JSON.stringify(before.pairs.map(brief));
  return isSame && now.verdict === before.verdict
    ? el('p', { class: 'soft' }, 'The same as before the change.')
    : el(
        'details',
        { open: true },
        el('summary', {}, `Before the change: ${VERDICTS[before.verdict]}`),
        answerOf(before),
      );
}

function brief({ from, to, isOpen, ports }: PairAnswer) {
  return { from, to, isOpen, ports };
}
