import { createHash } from 'node:crypto';
import type { Graph } from '../report/graph/model';
import { DARK, LIGHT, RULES } from '../report/graph/svg/style';
import { pagePicture } from '../report/graph/svg/svg';
import { FONT, xml } from '../report/graph/svg/text';
import { rowsOf } from '../report/page/rows';

/** One step: what is applied, what it does, the picture behind it, and what changed against the step before. */
export interface Step {
  readonly file: string;
  readonly title: string;
  readonly graph: Graph;
  readonly change: Graph | undefined;
}

const OWN = `
body{margin:0 auto;max-width:1100px;padding:1rem;background:var(--bg);color:var(--ink);font:15px/1.45 ${FONT}}
h1{font-size:1.3rem}h2{font-size:1.1rem;margin:.8rem 0 .2rem}p{margin:.3rem 0}.lead{color:var(--soft)}code{background:var(--box);padding:.1rem .4rem;border-radius:4px}
nav{display:flex;flex-wrap:wrap;gap:.4rem;margin:.8rem 0}nav label{border:1px solid var(--soft);border-radius:6px;padding:.3rem .7rem;cursor:pointer}
input{position:absolute;opacity:0}section{display:none;overflow-x:auto}svg{max-width:100%;height:auto;display:block}
table{border-collapse:collapse}td,th{text-align:left;padding:.1rem .9rem .1rem 0;border-bottom:1px solid var(--edge);vertical-align:top}
@media print{section{display:block!important;break-after:page}nav{display:none}}`;

/** The five steps of the Stars demo as one page, as its management UI would have shown them. It has no script. */
export function stepsPage(steps: readonly Step[]): string {
  const chosen = steps.flatMap((_, at) => [
    `#s${at}:checked~#p${at}{display:block}`,
    `#s${at}:checked~nav label[for=s${at}]{background:var(--awaybg);font-weight:600}`,
    `#s${at}:focus-visible~nav label[for=s${at}]{outline:2px solid var(--away);outline-offset:1px}`,
  ]);
  const style = [
    `:root{color-scheme:light dark;${LIGHT}}`,
    `@media (prefers-color-scheme:dark){:root{${DARK}}}`,
    RULES,
    OWN.trim(),
    ...chosen,
  ].join('\n');
  const hash = createHash('sha256').update(style).digest('base64');
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>The Stars demo in five steps</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    '<h1>The Stars demo in five steps</h1>',
    '<p class="lead">Who may connect to whom, as the management UI of the demo would show it: by the manifests alone. The arrow keys go from step to step.</p>',
    ...steps.map(
      ({ title }, at) =>
        `<input type="radio" name="step" id="s${at}"${at === 0 ? ' checked' : ''} aria-label="Step ${at + 1}: ${xml(title)}">`,
    ),
    `<nav aria-label="Steps">${steps.map(({ title }, at) => `<label for="s${at}">${at + 1}. ${xml(title)}</label>`).join('')}</nav>`,
    ...steps.map(section),
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

function section({ file, title, graph, change }: Step, at: number): string {
  return [
    `<section id="p${at}" aria-label="Step ${at + 1}">`,
    `<h2>${at + 1}. ${xml(title)}</h2>`,
    `<p><code>kubectl apply -f ${xml(file)}</code></p>`,
    pagePicture(graph).svg.trim().replace('role="group"', 'role="img"'),
    change === undefined ? '' : changed(change),
    '</section>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function changed(graph: Graph): string {
  const rows = rowsOf(graph)
    .filter(({ change }) => change !== '')
    .map(({ from, to, ports, sign, change }) =>
      [`${sign} ${change}`, from, to, ports].map((text) => `<td>${xml(text)}</td>`).join(''),
    );
  return `<h2>What this step did</h2>\n<table><thead><tr>${['Change', 'From', 'To', 'Ports'].map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>\n${rows.map((row) => `<tr>${row}</tr>`).join('\n')}\n</tbody></table>`;
}
