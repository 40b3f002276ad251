// Writes what the examples of the pages synthesize below them, and the pictures. What is current is not written.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { refreshed } from './doc-examples';
import { pages, ROOT } from './doc-pages';
import { pictures } from './doc-pictures';

try {
  const changed = pages()
    .map((page) => ({ ...page, current: refreshed(page) }))
    .filter(({ text, current }) => text !== current);
  for (const { file, current } of changed) {
    fs.writeFileSync(path.join(ROOT, file), current);
    console.log(`refreshed ${file}`);
  }
  for (const { file, text } of pictures()) {
    const at = path.join(ROOT, file);
    if (!fs.existsSync(at) || fs.readFileSync(at, 'utf8') !== text) {
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(at, text);
      console.log(`refreshed ${file}`);
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
