import { xml } from '../graph/svg/text';

/** What the build makes of the sources of a page. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
  /** The program of the worker with the engines. */
  readonly engine: string;
  /** Style and script as a Content-Security-Policy names them: `sha256-…`. */
  readonly styleHash: string;
  readonly scriptHash: string;
  /** Of the packages in the scripts, which demand that each copy has them. */
  readonly licences: string;
}

/** What stands in a page. */
export interface Framed {
  readonly title: string;
  /** HTML, every text in it escaped. */
  readonly body: readonly string[];
  /** What the script reads. */
  readonly data: unknown;
  /** Further elements of the head, as HTML. */
  readonly head?: readonly string[];
  /** What the page may do besides running its script and its worker: further directives of its policy. */
  readonly policy?: readonly string[];
  /** By this the script may make style elements of its own. */
  readonly nonce?: string;
  /** A program that the script begins: compressed, as base64, and as a Content-Security-Policy names it. */
  readonly program?: { readonly text: string; readonly hash: string };
}

/**
 * A page that needs nothing from elsewhere and sends nothing anywhere.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
 */
export function framed(
  { title, body, data, head = [], policy = [], nonce, program }: Framed,
  assets: PageAssets,
): string {
  const { style, script, engine, styleHash, scriptHash, licences } = assets;
  const directives = [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src '${scriptHash}'${program === undefined ? '' : ` '${program.hash}'`}`,
    `style-src '${styleHash}'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    ...policy,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${directives.join('; ')}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    ...head,
    `<title>${xml(title)}</title>`,
    `<style${nonce === undefined ? '' : ` nonce="${nonce}"`}>${style}</style>`,
    '</head>',
    '<body>',
    ...body,
    `<script type="application/json" id="data">${json(data)}</script>`,
    `<script type="text/plain" id="engine">${engine}</script>`,
    ...(program === undefined ? [] : [`<script type="text/plain" id="program">${program.text}</script>`]),
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
