import { el } from '../../page/ui/dom';
import type { WordedFinding } from '../../report/check/worded';

const SIGNS = { error: '✕', warning: '!', info: 'i' } as const;

/** What `check` found. */
export function findingsPanel(findings: readonly WordedFinding[]): HTMLElement {
  if (findings.length === 0) {
    return el('p', { class: 'verdict yes' }, 'Nothing is wrong as far as check can see.');
  }
  return el('ol', { class: 'findings' }, ...findings.map(findingItem));
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
