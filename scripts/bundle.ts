import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..');

/** Where the bundle of the action stands, which its runner starts. */
export const BUNDLE = join(ROOT, 'action/dist/index.js');

/** The action with all that it imports as one file: a runner installs nothing. Its lines stay readable, and merge as sources do. */
export function bundled(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, 'action/main.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    charset: 'utf8',
    legalComments: 'inline',
    define: { VERSION: JSON.stringify(version) },
    tsconfigRaw: {},
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

if (require.main === module) {
  writeFileSync(BUNDLE, bundled());
}
