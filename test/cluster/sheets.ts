import { loadAll } from 'js-yaml';
import { blocksIn, isExample } from '../../scripts/doc-blocks';
import { synthesized } from '../../scripts/doc-examples';
import { pages, ROOT } from '../../scripts/doc-pages';
import { filesBelow } from '../helpers/app-copy';
import type { Fields } from '../helpers/fields';
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
