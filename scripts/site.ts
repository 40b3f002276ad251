import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { sitePage } from '../site/html';
import { COURSES, EXAMPLES } from '../site/lessons';
import { filesIn } from '../site/lessons/lesson';
import { compressed, hashOf, pageStyle, small } from './page';

const ROOT = join(__dirname, '..');

/** Where the build puts the playground. */
export const SITE = join(ROOT, 'site/build/index.html');

/** Where `npm run site:dev` serves it. */
const PORT = 8080;

/** The playground as one page, from its sources. Fewer iterations of Zopfli make the same page of a few more bytes. */
export async function siteHtml(iterations?: number): Promise<string> {
  const [start, main, worker] = await Promise.all([
    small('site/start.ts'),
    small('site/main.ts'),
    small('site/worker.ts'),
  ]);
  const styles = `${pageStyle()}\n${readFileSync(join(ROOT, 'site/site.css'), 'utf8')}`;
  const style = (await transform(styles, { loader: 'css', minify: true })).code.trim();
  const licences = [...new Set([...main.licences, ...worker.licences])].sort().join('\n');
  for (const text of [start.text, style, licences]) {
    if (/<\/(script|style)|<!--/i.test(text)) {
      throw new Error('a script or style of the playground holds what would end its element');
    }
  }
  const [program, engine] = await Promise.all([compressed(main.text, iterations), compressed(worker.text, iterations)]);
  return sitePage(
    { files: filesOf() },
    { text: program, hash: hashOf(main.text) },
    { style, script: start.text, engine, styleHash: hashOf(style), scriptHash: hashOf(start.text), licences },
  );
}

/** The files of `dist/` that lessons and examples name. */
function filesOf(): Readonly<Record<string, string>> {
  const steps = COURSES.flatMap(({ lessons }) => lessons.flatMap((lesson) => lesson.steps));
  const pieces = [
    ...EXAMPLES.map((one) => one.pieces),
    ...steps.flatMap(({ start = [], solution }) => [start, solution]),
  ];
  const names = [...new Set(pieces.flatMap(filesIn))].sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(ROOT, `dist/${name}.k8s.yaml`), 'utf8')]));
}

function serve(): void {
  createServer((_, response) => {
    siteHtml().then(
      (html) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
      (error: unknown) => response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error)),
    );
  }).listen(PORT, '127.0.0.1', () =>
    console.log(`http://127.0.0.1:${PORT}/ is built anew each time that it is loaded`),
  );
}

if (require.main === module) {
  if (process.argv.includes('--serve')) {
    serve();
  } else {
    void siteHtml().then((html) => {
      mkdirSync(join(SITE, '..'), { recursive: true });
      writeFileSync(SITE, html);
    });
  }
}
