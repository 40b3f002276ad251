import type { ClusterOptions } from '../../analysis/connectivity';
import type { Manifest } from '../../analysis/manifest';
import type { Graph } from '../graph/model';
import { summary } from '../graph/svg/svg';
import { xml } from '../graph/svg/text';
import { packed } from './pack';
import type { Row } from './rows';
import { pictureOf } from './session';

/** What the build makes of the sources of the page. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
  /** The program of the worker with the engines: deflated, as base64. */
  readonly engine: string;
  /** Style and script as a Content-Security-Policy names them: `sha256-…`. */
  readonly styleHash: string;
  readonly scriptHash: string;
  /** Of the packages in the engine, which demand that each copy has them. */
  readonly licences: string;
}

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
  const main = [
    `<div id="picture">${svg}</div>`,
    `<section id="said" aria-label="What the picture shows">${rowsHtml(picture.rows, graph.isChange)}</section>`,
  ];
  return page(
    { title, lead: summary(graph), main, data: { opening, picture, ...(start === undefined ? {} : { start }) } },
    assets,
  );
}

/** What stands in a page. */
export interface PageParts {
  readonly title: string;
  readonly lead: string;
  /** HTML, every text in it escaped. */
  readonly main: readonly string[];
  /** What the script reads. */
  readonly data: unknown;
}

/** The frame of a page. */
export function page({ title, lead, main, data }: PageParts, assets: PageAssets): string {
  const { style, script, engine, styleHash, scriptHash, licences } = assets;
  const policy = [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${xml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<header id="head"><h1>${xml(title)}</h1><p>${xml(lead)}</p></header>`,
    '<div id="app">',
    ...main,
    '</div>',
    `<script type="application/json" id="data">${json(data)}</script>`,
    `<script type="text/plain" id="engine">${engine}</script>`,
    `<script type="text/plain" id="licences">${licences}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** JSON inside of a script element: nothing in it ends the element or begins a comment. */
export function json(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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
