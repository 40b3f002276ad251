import { xml } from '../report/graph/svg/text';
import { type Framed, framed, type PageAssets } from '../report/page/frame';

const TITLE = 'Kubernetes networking playground';

/** What the styles of the editor show to the policy. There is nothing in the page that could be made to show it too. */
const NONCE = 'editor';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="none" stroke="#0b62a8" stroke-width="1.6"><rect x="1" y="5.5" width="5" height="5" rx="1"/><rect x="10" y="1" width="5" height="5" rx="1"/><rect x="10" y="10" width="5" height="5" rx="1"/><path d="M6 7l4-3M6 9l4 3"/></g></svg>',
)}`;

/**
 * The playground as one page that needs nothing from elsewhere and sends nothing anywhere.
 *
 * @param data what the program reads
 * @param program what the script begins
 */
export function sitePage(data: unknown, program: Framed['program'], assets: PageAssets): string {
  return framed(
    {
      title: TITLE,
      data,
      nonce: NONCE,
      program,
      policy: [
        // Chromium itself writes style attributes where somebody types over coloured text, before the editor takes them out.
        "style-src-attr 'unsafe-inline'",
        'img-src data:',
      ],
      head: [
        '<meta name="description" content="Who may connect to whom, and where requests go: written as Kubernetes YAML, answered as you type, in your browser.">',
        `<link rel="icon" href="${xml(ICON)}">`,
      ],
      body: [
        `<header id="head"><h1>${TITLE}</h1></header>`,
        '<main id="app"><p class="noscript">This page needs JavaScript: it reads your manifests here, in your browser, and sends them nowhere.</p></main>',
      ],
    },
    assets,
  );
}
