import { xml } from '../report/graph/svg/text';
import { json } from '../report/page/html';

/** What the build makes of the sources. */
export interface SiteAssets {
  readonly style: string;
  readonly script: string;
  /** The program of the worker. */
  readonly engine: string;
  /** Style and script as a Content-Security-Policy names them: `sha256-…`. */
  readonly styleHash: string;
  readonly scriptHash: string;
  /** Of the packages in the scripts, which demand that each copy has them. */
  readonly licences: string;
  /** What the script reads. */
  readonly data: unknown;
}

const TITLE = 'Kubernetes networking playground';

/** What the styles of the editor show to the policy. There is nothing in the page that could be made to show it too. */
const NONCE = 'editor';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="none" stroke="#0b62a8" stroke-width="1.6"><rect x="1" y="5.5" width="5" height="5" rx="1"/><rect x="10" y="1" width="5" height="5" rx="1"/><rect x="10" y="10" width="5" height="5" rx="1"/><path d="M6 7l4-3M6 9l4 3"/></g></svg>',
)}`;

/**
 * The playground as one page that needs nothing from elsewhere and sends nothing anywhere.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
 */
export function sitePage({ style, script, engine, styleHash, scriptHash, licences, data }: SiteAssets): string {
  const policy = [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}' 'nonce-${NONCE}'`,
    // Chromium itself writes style attributes where somebody types over coloured text, before the editor takes them out.
    "style-src-attr 'unsafe-inline'",
    'img-src data:',
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
    '<meta name="description" content="Who may connect to whom, and where requests go: written as Kubernetes YAML, answered as you type, in your browser.">',
    `<link rel="icon" href="${xml(ICON)}">`,
    `<title>${TITLE}</title>`,
    `<style nonce="${NONCE}">${style}</style>`,
    '</head>',
    '<body>',
    `<header id="head"><h1>${TITLE}</h1></header>`,
    '<main id="app"><p class="noscript">This page needs JavaScript: it reads your manifests here, in your browser, and sends them nowhere.</p></main>',
    `<script type="application/json" id="data">${json(data)}</script>`,
    `<script type="text/plain" id="engine">${engine}</script>`,
    `<script type="text/plain" id="licences">${licences}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
