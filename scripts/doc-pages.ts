import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from './doc-blocks';

export const ROOT = path.join(__dirname, '..');

/** The pages that people read: README.md, CONTRIBUTING.md and docs/, without what typedoc writes. */
export function pages(): readonly Page[] {
  const below = fs.readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const docs = below.map((file) => `docs/${file.split(path.sep).join('/')}`);
  return ['README.md', 'CONTRIBUTING.md', ...docs.sort()]
    .filter((file) => file.endsWith('.md') && !file.startsWith('docs/api/') && fs.existsSync(path.join(ROOT, file)))
    .map((file) => ({ file, text: fs.readFileSync(path.join(ROOT, file), 'utf8') }));
}
