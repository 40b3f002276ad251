import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from '../scripts/doc-pictures';

test.each(pictures().map(({ file, text }) => [file, text]))('%s shows dist/; npm run docs draws it', (file, text) => {
  expect(readFileSync(join(__dirname, '..', file), 'utf8')).toBe(text);
});
