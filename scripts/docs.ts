// Writes what the examples of the pages synthesize below them. Pages that are current are not written.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { refreshed } from './doc-examples';
import { pages, ROOT } from './doc-pages';

try {
  const changed = pages()
    .map((page) => ({ ...page, current: refreshed(page) }))
    .filter(({ text, current }) => text !== current);
  for (const { file, current } of changed) {
    fs.writeFileSync(path.join(ROOT, file), current);
    console.log(`refreshed ${file}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
