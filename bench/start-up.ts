import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exports, peerDependencies } from '../package.json';
import { millis, printHead, printRow, ratio } from './table';

/**
 * How long the commands and the entry points of the built package take to start, beside Node.js that does nothing:
 * `npm run build && npm run bench start-up`. Each figure is the middle of many runs that took turns, in milliseconds of the processor.
 */
const RUNS = 20;

const ROOT = join(__dirname, '..');
const BINARY = join(ROOT, 'bin/cdk8s-networking.js');
const VERBS = ['connections', 'route', 'diff', 'check', 'graph', 'migrate', 'probe', 'certificate'];

const NOTHING = 'node -e 0';

/** What is asked for the first time after the package was installed, each time that it is measured. */
const FIRST = 'connections dist/stars, for the first time';

function main(): void {
  if (!existsSync(join(ROOT, 'lib/cli-bin.js'))) {
    throw new Error('lib/ is missing; npm run build makes it');
  }
  const cases = casesOf();
  const times = new Map([...cases.keys()].map((name): [string, number[]] => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const [name, argv] of cases) {
      times.get(name)?.push(name === FIRST ? timeWithNothingKept(argv) : timeOf(argv));
    }
  }
  const middle = (name: string) => (times.get(name) ?? []).sort((a, b) => a - b)[RUNS / 2] as number;
  printHead(['what', 'takes', `of ${NOTHING}`]);
  for (const name of cases.keys()) {
    printRow([`\`${name}\``, millis(middle(name)), ratio(middle(name), middle(NOTHING))]);
  }
}

/** What is started, by what a reader would type. */
function casesOf(): ReadonlyMap<string, readonly string[]> {
  const loaded = (file: string, asked = '') => ['-e', `require(${JSON.stringify(file)})${asked}`];
  return new Map([
    [NOTHING, ['-e', '0']],
    ['--help', [BINARY, '--help']],
    ...VERBS.map((verb): [string, string[]] => [`${verb} --help`, [BINARY, verb, '--help']]),
    ['connections dist/stars', [BINARY, 'connections', join(ROOT, 'dist/stars')]],
    [FIRST, [BINARY, 'connections', join(ROOT, 'dist/stars')]],
    ...Object.entries(exports).flatMap(([name, target]): [string, string[]][] =>
      typeof target === 'string'
        ? []
        : [[`require('${join('cdk8s-networking', name)}')`, loaded(join(ROOT, target.default))]],
    ),
    // What an entry point exports is loaded when it is asked for.
    ["require('cdk8s-networking/analysis').Cluster", loaded(join(ROOT, exports['./analysis'].default), '.Cluster')],
    ...Object.keys(peerDependencies).map((name): [string, string[]] => [
      `require('${name}')`,
      loaded(require.resolve(name)),
    ]),
  ]);
}

function timeWithNothingKept(argv: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'start-up-'));
  try {
    return timeOf(argv, { NODE_COMPILE_CACHE: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds of the processor that a run of Node.js takes, all threads together. */
function timeOf(argv: readonly string[], added: NodeJS.ProcessEnv = {}): number {
  // The shell alone tells what its children took, the end of their process included.
  const script = '"$@" > /dev/null || exit; times';
  // Where this is set, Node.js reads certificates before anything else, which takes several times as long as its own start.
  const { NODE_EXTRA_CA_CERTS, ...env } = process.env;
  const output = execFileSync('bash', ['-c', script, 'bash', process.execPath, ...argv], {
    cwd: ROOT,
    env: { ...env, ...added },
    encoding: 'utf8',
  });
  const [, children = ''] = output.split('\n');
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
}

main();
