import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { library } from '../../scripts/library';

const ROOT = join(__dirname, '../..');
const BINARY = join(ROOT, 'bin/cdk8s-networking.js');

/** The sources of all that the program has loaded when it ends, those of libraries too, line by line. */
export async function loadedBy(cwd: string, ...argv: readonly string[]): Promise<string> {
  const script = `process.argv.splice(1, 1, 'node', ...${JSON.stringify([BINARY, ...argv])}.slice(1));
    process.on('exit', () => console.error(JSON.stringify(Object.keys(require.cache))));
    require(${JSON.stringify(BINARY)});`;
  // Node.js knows what it has loaded itself.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const { stderr } = spawnSync(process.execPath, ['-e', script, 'script'], { cwd, env, encoding: 'utf8' });
  const loaded: readonly string[] = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  const { outputs } = (await built()).metafile;
  return loaded
    .map((file) => relative(ROOT, file))
    .flatMap((file) => [file, ...Object.keys(outputs[file]?.inputs ?? {})])
    .join('\n');
}

let build: ReturnType<typeof library> | undefined;

function built(): ReturnType<typeof library> {
  build ??= library();
  return build;
}
