// Lints, builds and checks types, as many at a time as there are processors: `npm test` waits for all of it; `npm run type-check`
// is the types alone. Continuous integration (.ci/run) says by LIB_IS_BUILT that it has just built these sources.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const TYPES = ['.', 'site', 'page', 'test/site', 'test/page'].map(
  (project) => `npm run -s tsc -- --noEmit -p ${project}`,
);

/** Those that take longest come first. */
const BUILD = process.env.LIB_IS_BUILT ? [] : ['npm run build'];
const COMMANDS = process.argv[2] === 'types' ? TYPES : [...BUILD, ...TYPES, 'biome check .'];

/** What a command says is shown when it ends, so that nothing is mixed; all of them run, whichever fails. */
async function checked(command: string): Promise<boolean> {
  let said = '';
  // npm puts the programs of the project on the path.
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      said += piece;
    });
  }
  const status = await new Promise((resolve) => child.on('close', resolve));
  console.log(`> ${command}${status === 0 ? '' : ` (fails with ${status})`}\n${said}`);
  return status === 0;
}

async function main(): Promise<void> {
  const waiting = [...COMMANDS];
  const worker = async () => {
    for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
      if (!(await checked(command))) {
        process.exitCode = 1;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
}

void main();
