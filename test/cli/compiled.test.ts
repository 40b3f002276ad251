import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// What the program keeps of its code from one run to the next: never what it answers. `npm test` builds it first.

const ROOT = join(__dirname, '../..');
const STARS = join(ROOT, 'dist/stars');

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  cache = join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(argv: readonly string[], env: Record<string, string> = {}, program = ROOT) {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(program, 'bin/cdk8s-networking.js'), ...argv], {
    encoding: 'utf8',
    env: { ...rest, XDG_CACHE_HOME: cache, ...env },
  });
  return { status, stdout, stderr };
}

const KEPT = 'cdk8s-networking/compiled';
const kept = () => (existsSync(join(cache, KEPT)) ? readdirSync(join(cache, KEPT)).sort() : []);
const fileOf = (command: string) => join(cache, KEPT, `${command}-${process.version}-${process.arch}`);
const PLAIN = { NODE_DISABLE_COMPILE_CACHE: '1' };

// That of the help is so small that its text is no single one.
test.each([[['connections', STARS, '-f', 'csv']], [['help']]])(
  'a run of %j answers as one that keeps nothing, and the second one writes nothing',
  (argv) => {
    const plain = run(argv, PLAIN);
    expect(plain.status).toBe(0);
    expect(kept()).toEqual([]);
    expect(run(argv)).toEqual(plain);
    const [command = ''] = argv;
    expect(kept()).toEqual([`${command}-${process.version}-${process.arch}`]);
    const { ino, mode } = statSync(fileOf(command));
    expect(mode & 0o077).toBe(0);
    expect(run(argv)).toEqual(plain);
    expect(statSync(fileOf(command)).ino).toBe(ino);
  },
);

test('a file is kept for each command, and one for all that is none', () => {
  for (const argv of [['--help'], ['nonsense'], ['../../x'], ['route', '--help'], []]) {
    run(argv);
  }
  expect(kept().map((name) => name.split('-')[0])).toEqual(['help', 'route']);
});

test('a run that takes long keeps nothing: it would make each short one read more', () => {
  const pods = Array.from({ length: 8_000 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, labels: { app: `app-${index}` } },
    spec: { containers: [{ name: 'main', image: 'main' }] },
  }));
  const policies = pods.map(({ metadata: { name, labels } }, index) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: { podSelector: { matchLabels: labels }, ingress: [{ ports: [{ port: index + 1 }] }] },
  }));
  const file = join(folder, 'many.json');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...pods, ...policies] }));
  expect(run(['connections', file, '--to', 'pod-1'])).toMatchObject({ status: 0, stderr: '' });
  expect(kept()).toEqual([]);
});

test('what a later run needs as well is added to what is there', () => {
  run(['graph', STARS, '-f', 'dot']);
  const { size } = statSync(fileOf('graph'));
  run(['graph', STARS, '-f', 'html']);
  const more = statSync(fileOf('graph'));
  expect(more.size).toBeGreaterThan(size);
  run(['graph', STARS, '-f', 'dot']);
  expect(statSync(fileOf('graph')).ino).toBe(more.ino);
});

test('code is that of the files as they are, even where one has changed and is as long as it was', () => {
  const program = join(folder, 'program');
  for (const part of ['bin', 'lib', 'package.json']) {
    cpSync(join(ROOT, part), join(program, part), { recursive: true });
  }
  expect(run(['--help'], {}, program).stdout).toContain('without a cluster');
  const file = join(program, 'lib/cli-program.js');
  writeFileSync(file, readFileSync(file, 'utf8').replace('without a cluster', 'without a clutter'));
  expect(run(['--help'], {}, program).stdout).toContain('without a clutter');
  expect(run(['--help'], {}, program).stdout).toContain('without a clutter');
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['empty', () => Buffer.alloc(0)],
  ['cut off', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['text', () => Buffer.from('cdk8s-networking 2\nno table of what is in it')],
  ['longer than it was', (bytes) => Buffer.concat([bytes, bytes.subarray(-1)])],
])('a file that is %s is of no use, and written anew', (_, broken) => {
  const answer = run(['--help']);
  const good = readFileSync(fileOf('help'));
  writeFileSync(fileOf('help'), broken(good));
  expect(run(['--help'])).toEqual(answer);
  expect(readFileSync(fileOf('help')).length).toBeGreaterThan(good.length / 2);
  expect(run(['--help'])).toEqual(answer);
});

test('code that others may write is not run', () => {
  const answer = run(['--help']);
  const file = fileOf('help');
  const { ino } = statSync(file);
  chmodSync(file, 0o666);
  expect(run(['--help'])).toEqual(answer);
  const own = statSync(file);
  expect([own.ino === ino, own.mode & 0o777]).toEqual([false, 0o600]);
});

test('a folder in which nothing can be written changes no answer', () => {
  writeFileSync(cache, 'a file, and no folder');
  expect(run(['connections', 'nowhere'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'nowhere: there is no such file or folder\n',
  });
  expect(run(['--help'], { XDG_CACHE_HOME: '', HOME: '' })).toEqual(run(['--help'], PLAIN));
});
