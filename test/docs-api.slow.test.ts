import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = path.join(__dirname, '..');
const NAMES = ['Class', 'Interface', 'Function', 'Enum', 'EnumMember', 'Variable', 'TypeAlias', 'Method', 'Accessor'];

/** What typedoc complains of, with the settings of typedoc.json and these. */
function complaints(...settings: string[]): { status: number | null; said: string } {
  const typedoc = path.join(root, 'node_modules/typedoc/bin/typedoc');
  // Types are checked by npm run type-check, in a tenth of the time.
  const args = [
    typedoc,
    '--emit',
    'none',
    '--readme',
    'none',
    '--skipErrorChecking',
    '--logLevel',
    'Warn',
    ...settings,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return { status, said: stripVTControlCharacters(stdout + stderr) };
}

test('every public name has a doc comment, and names nothing that is not public', () => {
  expect(complaints()).toEqual({ status: 0, said: '' });
}, 60_000);

// Answers of the analysis have fields such as `namespace` that say it all; what a person sets always has a default or a form.
test('every setting and attribute of a construct has a doc comment', () => {
  const required = [...NAMES, 'Property'].flatMap((kind) => ['--requiredToBeDocumented', kind]);
  expect(complaints('--entryPoints', 'constructs/index.ts', ...required)).toEqual({ status: 0, said: '' });
}, 60_000);
