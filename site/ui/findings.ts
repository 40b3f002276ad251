import { el } from '../../page/ui/dom';
import type { WordedFinding } from '../../report/check/worded';
import { type Mark, NOW } from '../playground';

const SIGNS = { error: '✕', warning: '!', info: 'i' } as const;

/** What is to be said of how the text was read, and what `check` found. */
export function findingsPanel(marks: readonly Mark[], findings: readonly WordedFinding[]): HTMLElement {
  return el(
    'div',
    {},
    marks.length > 0 && el('h2', {}, 'What an API server would not take as it is'),
    marks.length > 0 && el('ol', { class: 'findings' }, ...marks.map(markItem)),
    marks.length > 0 && el('h2', {}, 'What check finds'),
    findings.length === 0
      ? el('p', { class: 'verdict yes' }, 'Nothing is wrong as far as check can see.')
      : el('ol', { class: 'findings' }, ...findings.map(findingItem)),
  );
}

function markItem({ line, severity, message }: Mark): HTMLElement {
  return el(
    'li',
    { class: severity },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[severity]),
    el('p', {}, `${message}${line > 0 ? `, ${NOW}:${line}` : ''}`),
  );
}

function findingItem({ rule, severity, object, source, message, advice, related }: WordedFinding): HTMLElement {
  return el(
    'li',
    { class: severity },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[severity]),
    el(
      'div',
      {},
      el(
        'p',
        { class: 'head' },
        el('b', {}, object),
        el('span', { class: 'soft' }, ` ${severity}, `),
        el('code', {}, rule),
        el('span', { class: 'soft' }, source.line > 0 ? `, ${source.file}:${source.line}` : ''),
      ),
      el('p', {}, message),
      el('p', { class: 'soft' }, advice),
      ...related.map((one) =>
        el(
          'p',
          { class: 'soft' },
          `${one.message}${one.source.line > 0 ? `, ${one.source.file}:${one.source.line}` : ''}`,
        ),
      ),
    ),
  );
}
