import type { AskedRequest, RequestAnswer, RouteTarget } from '../../report/page/routing';
import { el, list, shares, table } from './dom';

/**
 * The tab of routes: a request box, a picture, and all routes of who serves them.
 *
 * @param picture the picture as SVG, as the report draws it; left out where it is empty
 */
export function routesPanel(
  targets: readonly RouteTarget[],
  ask: (asked: AskedRequest) => Promise<RequestAnswer>,
  picture = '',
): HTMLElement {
  if (targets.length === 0) {
    return el('p', {}, 'No Ingress and no route of the Gateway API is among these manifests.');
  }
  return el('div', {}, requestBox(targets, ask), ...routesPicture(picture), ...targets.map(targetSection));
}

/** The SVG is what the report draws: every text in it is escaped there. */
function routesPicture(svg: string): HTMLElement[] {
  if (svg === '') {
    return [];
  }
  const place = el('div', {
    class: 'scroll routed',
    tabindex: 0,
    role: 'region',
    'aria-label': 'Picture of the routes',
  });
  place.innerHTML = svg.replace('role="group"', 'role="img"');
  return [place];
}

function requestBox(
  targets: readonly RouteTarget[],
  ask: (asked: AskedRequest) => Promise<RequestAnswer>,
): HTMLElement {
  const target = el('select', {}, ...targets.map(({ label }, at) => el('option', { value: at }, label)));
  const method = el('input', { type: 'text', value: 'GET', size: 7 });
  const url = el('input', { type: 'text', size: 40, value: exampleOf(targets), spellcheck: 'false' });
  const headers = el('textarea', { rows: 2, cols: 30, placeholder: 'FOO: bar', spellcheck: 'false' });
  const answer = el('div', { class: 'answer', role: 'status' });
  return el(
    'section',
    { class: 'question', 'aria-labelledby': 'request-title' },
    el('h2', { id: 'request-title' }, 'Where does a request go?'),
    el(
      'form',
      {
        onsubmit: (event: Event) => {
          event.preventDefault();
          const asked = {
            target: Number(target.value),
            method: method.value.trim(),
            url: url.value.trim(),
            headers: headers.value,
          };
          void ask(asked).then((found) => answer.replaceChildren(requestAnswer(found)));
        },
      },
      targets.length > 1 && el('label', {}, 'To ', target),
      el('label', { class: 'short' }, 'Method ', method),
      el('label', {}, 'URL ', url),
      el('label', {}, 'Headers ', headers),
      el('button', { type: 'submit' }, 'Ask'),
    ),
    answer,
  );
}

/** A request that some route takes. */
export function exampleOf(targets: readonly RouteTarget[]): string {
  const row = targets.flatMap(({ rows }) => rows).find(({ shares: all }) => all.length > 0);
  const host = row === undefined || row.host.startsWith('~') ? 'shop.example.com' : row.host.replace('*', 'www');
  return `http://${host === 'www' ? 'shop.example.com' : host}${row?.path.startsWith('/') ? row.path : '/'}`;
}

/** An answer in full. */
export function requestAnswer({
  outcome,
  lines,
  shares: all,
  sees,
  because,
  place,
  notes,
}: RequestAnswer): HTMLElement {
  const isGood = outcome === 'backends' || outcome === 'redirect';
  return el(
    'div',
    {},
    ...(all.length > 0
      ? [shares(all)]
      : lines.map((line) => el('p', { class: `verdict ${isGood ? 'yes' : 'no'}` }, line))),
    el(
      'dl',
      {},
      ...sees.flatMap((line) => [el('dt', {}, 'sees'), el('dd', {}, line)]),
      ...because.flatMap((line, at) => [...(at === 0 ? [el('dt', {}, 'because')] : []), el('dd', {}, line)]),
      ...(place === '' ? [] : [el('dt', {}, 'at'), el('dd', {}, place)]),
      ...notes.flatMap((line) => [el('dt', {}, 'note'), el('dd', {}, line)]),
    ),
  );
}

/** All routes of who serves them. */
export function targetSection({ label, rows, notes }: RouteTarget): HTMLElement {
  const has = (name: 'when' | 'listener' | 'canary') => rows.some((row) => row[name].length > 0);
  const heads = [
    ...['Host', 'Path', 'Type'],
    ...(has('when') ? ['When'] : []),
    ...(has('listener') ? ['Listener'] : []),
    ...['TLS', 'To'],
    ...(has('canary') ? ['Canary'] : []),
    'Rule',
  ];
  const cells = rows.map((row) => [
    ...[row.host, row.path, row.pathType],
    ...(has('when') ? [row.when] : []),
    ...(has('listener') ? [row.listener] : []),
    row.tls,
    row.shares.length > 0 ? shares(row.shares) : row.instead,
    ...(has('canary') ? [list(row.canary) ?? ''] : []),
    row.rule,
  ]);
  const all = [...new Set([...notes, ...rows.flatMap((row) => row.notes)])];
  return el(
    'section',
    {},
    el('h2', {}, `Routes of ${label}`),
    rows.length > 0 && table(`Where requests go by ${label}`, heads, cells),
    all.length > 0 && el('h3', {}, 'Notes'),
    list(all),
  );
}
