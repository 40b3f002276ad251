import type { ClusterOptions } from '../../analysis/connectivity';
import type { Manifest } from '../../analysis/manifest';
import type { Graph } from '../graph/model';
import { summary } from '../graph/svg/svg';
import { xml } from '../graph/svg/text';
import { framed, type PageAssets } from './frame';
import { packed } from './pack';
import type { Row } from './rows';
import { pictureOf } from './session';

/** What a page shows. */
export interface PageInput {
  readonly title: string;
  readonly graph: Graph;
  readonly manifests: readonly Manifest[];
  readonly before?: readonly Manifest[] | undefined;
  readonly options: ClusterOptions;
  /** The tab that is open at first; the picture where it is left out. */
  readonly start?: 'routes' | undefined;
}

/** So many rows of the table stand in the page for who reads it without script. */
const MOST_ROWS = 300;

/**
 * A picture as one page that needs nothing from elsewhere. What is shown without script is the picture and a table that says the
 * same; the script brings the engines, which answer questions as the command line does.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
 */
export function graphPage({ title, graph, manifests, before, options, start }: PageInput, assets: PageAssets): string {
  const { svg, ...picture } = pictureOf(graph);
  const opening = { now: packed(manifests), ...(before === undefined ? {} : { before: packed(before) }), options };
  const body = [
    `<header id="head"><h1>${xml(title)}</h1><p>${xml(summary(graph))}</p></header>`,
    '<div id="app">',
    `<div id="picture">${svg}</div>`,
    `<section id="said" aria-label="What the picture shows">${rowsHtml(picture.rows, graph.isChange)}</section>`,
    '</div>',
  ];
  return framed({ title, body, data: { opening, picture, ...(start === undefined ? {} : { start }) } }, assets);
}

function rowsHtml(rows: readonly Row[], isChange: boolean): string {
  const cells = rows
    .slice(0, MOST_ROWS)
    .map(({ from, to, ports, sign, change, why }) =>
      [
        from,
        to,
        ports,
        ...(isChange ? [`${sign} ${change}`.trim()] : []),
        `${!isChange && sign !== '' ? `${sign} ` : ''}${why}`,
      ]
        .map((text) => `<td>${xml(text)}</td>`)
        .join(''),
    );
  const heads = ['From', 'To', 'Ports', ...(isChange ? ['Change'] : []), 'Remarks']
    .map((head) => `<th scope="col">${head}</th>`)
    .join('');
  const more = rows.length > MOST_ROWS ? `<p>and ${rows.length - MOST_ROWS} more</p>` : '';
  return `<div class="scroll" tabindex="0" role="region" aria-label="What the picture shows"><table><caption>What the picture shows</caption><thead><tr>${heads}</tr></thead><tbody>${cells.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table></div>${more}`;
}
