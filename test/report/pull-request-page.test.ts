import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../cli/command-line';

const PAGE = join(__dirname, '../../docs/pull-requests.md');
const FIXTURES = join(__dirname, '../cli/fixtures');

test('the page shows the comment that the command writes; UPDATE_TRANSCRIPTS=1 writes it down', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const argv = ['diff', 'opened/before', 'opened/after', '--format', 'markdown'];
  const { stdout } = await commandLine(argv, { cwd: FIXTURES });
  const shown = page.replace(/(?<=<!-- comment -->\n).*(?=<!-- \/comment -->)/s, () => `\n${stdout.trimEnd()}\n\n`);
  if (process.env.UPDATE_TRANSCRIPTS === '1') {
    writeFileSync(PAGE, shown);
  }
  expect(stdout).toContain('> [!WARNING]');
  expect(process.env.UPDATE_TRANSCRIPTS === '1' ? shown : page).toBe(shown);
});
