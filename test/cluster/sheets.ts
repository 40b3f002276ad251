import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { blocksIn, isExample } from '../../scripts/doc-blocks';
import { synthesized } from '../../scripts/doc-examples';
import { pages, ROOT } from '../../scripts/doc-pages';
import { filesBelow } from '../helpers/app-copy';
import { QUICK } from '../helpers/consumer';
import type { Fields } from '../helpers/fields';
import { packed, ran } from '../versions/install';
import type { Sheet } from './objects';
import { variants } from './variants';

// What the library writes, as sheets that are applied together.

export const objectsIn = (text: string) => (loadAll(text) as Fields[]).filter((document) => document !== null);

/** Every file of dist/: the steps of Stars in their order, and each variant of the canary over the one before. */
export const FILES: readonly Sheet[] = [...filesBelow(`${ROOT}/dist`)]
  .map(([file, text]) => ({ name: `dist/${file}`, objects: objectsIn(text) }))
  .sort((one, other) => Number(isVariant(one)) - Number(isVariant(other)));

function isVariant({ name }: Sheet): boolean {
  return name.includes('canary-variants/');
}

export const EXAMPLES: readonly Sheet[] = pages().flatMap(({ file, text }) =>
  blocksIn(text)
    .filter(isExample)
    .map((block) => ({ name: `${file}:${block.line}`, objects: objectsIn(synthesized(block.text).yaml) })),
);

/** Objects of one kind with the same fields are taken alike, and are applied once. */
function shape(value: unknown, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [at];
  }
  const isMap = /(labels|annotations|matchLabels|data|config|nodeSelector)$/i.test(at);
  return Object.entries(value).flatMap(([key, inside]) =>
    shape(inside, `${at}.${Array.isArray(value) ? '' : isMap ? '*' : key}`),
  );
}

/**
 * What the apps of examples/ write, each made as their readers do: with the packed library, installed. The namespaces of an app
 * come first, as Argo CD brings them: its files lead from one to another, so no order of files would do.
 */
export function exampleApps(): readonly Sheet[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'examples-'));
  try {
    const archive = packed(folder);
    return fs.readdirSync(path.join(ROOT, 'examples')).map((name) => {
      const at = path.join(folder, name);
      const isWritten = (from: string) => /\/(node_modules|dist|build|package-lock\.json)$/.test(from);
      fs.cpSync(path.join(ROOT, 'examples', name), at, { recursive: true, filter: (from) => !isWritten(from) });
      ran('npm', ['install', ...QUICK, archive], at);
      ran('npm', ['run', 'synth'], at);
      const objects = [...filesBelow(path.join(at, 'dist'))].flatMap(([, text]) => objectsIn(text));
      const isNamespace = ({ kind }: Fields) => kind === 'Namespace';
      return {
        name: `examples/${name}`,
        objects: objects.sort((a, b) => Number(isNamespace(b)) - Number(isNamespace(a))),
      };
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What the settings of the constructs make: one object of each form. */
export function forms(): readonly Sheet[] {
  const seen = new Set<string>();
  return variants().flatMap(({ name, objects }) => {
    const fresh = objects.filter((object) => {
      const key = `${object.kind} ${[...new Set(shape(object))].sort().join()}`;
      return seen.size < seen.add(key).size;
    });
    return fresh.length === 0 ? [] : [{ name, objects: fresh }];
  });
}
