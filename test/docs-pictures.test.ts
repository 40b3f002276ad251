import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from '../scripts/doc-pictures';

test.each(pictures().map(({ file, svg }) => [file, svg]))('%s shows dist/; npm run docs draws it', (file, svg) => {
  expect(readFileSync(join(__dirname, '..', file), 'utf8')).toBe(svg);
});
