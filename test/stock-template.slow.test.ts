import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { blocksIn } from '../scripts/doc-blocks';

// What `cdk8s init typescript-app` sets up: modules as CommonJS, of which the compiler reads no `exports`, and jest by ts-jest of
// releases that are older than those here.

const root = path.join(__dirname, '..');
const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const versionOf = (name: string) =>
  JSON.parse(fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/** What `cdk8s init` puts into the places of the template. */
const FILLED: [place: string, text: string][] = [
  ['{{ $base }}', 'stock'],
  ['{{ cdk8s_core_version }}', versionOf('cdk8s')],
  ['{{ constructs_version }}', versionOf('constructs')],
  ['{{ cdk8s_cli_spec }}', `^${versionOf('cdk8s-cli')}`],
];

/** What is imported of every entry point, so that a compiler finds its types. */
const ENTRIES = Object.keys(own.exports)
  .filter((entry) => !entry.endsWith('.json'))
  // The runner that it is for is not part of the template.
  .filter((entry) => entry !== './vitest')
  .map((entry, at) => `import * as entry${at} from '${path.posix.join(own.name, entry)}';\nvoid entry${at};`);

const WRONG = `
import 'cdk8s-networking/jest';
test('a failure says what was asked and what is so', () => {
  expect('dist').toDenyConnection({ from: 'frontend', to: 'backend', port: 6379 });
});`;

let folder: string;
let app: string;

function run(command: string, ...args: string[]): { status: number | null; text: string } {
  const { CDK8S_OUTDIR: _, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: app, encoding: 'utf8', env });
  if (error) {
    throw error;
  }
  return { status, text: stripVTControlCharacters(stdout + stderr) };
}
const tool = (file: string, ...args: string[]) => run(process.execPath, path.join(app, 'node_modules', file), ...args);
const write = (file: string, text: string) => fs.writeFileSync(path.join(app, file), text);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stock-'));
  app = path.join(folder, 'app');
  const template = path.dirname(require.resolve('cdk8s-cli/package.json'));
  fs.cpSync(path.join(template, 'templates/typescript-app'), app, { recursive: true });
  for (const file of ['.hooks.sscaff.js', 'help', '__snapshots__']) {
    fs.rmSync(path.join(app, file), { recursive: true });
  }
  const config = fs.readFileSync(path.join(app, 'package.json'), 'utf8');
  const [, plus = ''] = /"(cdk8s-plus-\d+)"/.exec(config) ?? [];
  const release = spawnSync('npm', ['view', plus, 'version'], { encoding: 'utf8' }).stdout.trim();
  const places: [string, string][] = [...FILLED, ['{{ cdk8s_plus_version }}', release]];
  const settings = JSON.parse(places.reduce((text, [place, value]) => text.replaceAll(place, value), config));
  // A hundred packages that nothing here runs: what cdk8s-cli does with the library is tested by that of this project.
  expect(settings.devDependencies['cdk8s-cli']).toBe(FILLED.at(-1)?.[1]);
  delete settings.devDependencies['cdk8s-cli'];
  write('package.json', JSON.stringify(settings));

  const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed.stdout);
  const quick = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  expect(run('npm', 'install', ...quick, path.join(folder, filename))).toMatchObject({ status: 0 });

  const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8').split('## As a library')[1] ?? '';
  const [main = '', tests = ''] = blocksIn(readme).flatMap(({ info, text }) => (info === 'ts' ? [text] : []));
  write('main.ts', main);
  write('main.test.ts', tests);
  write('entries.ts', ENTRIES.join('\n'));
}, 600_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the app and the tests of README.md, and every entry point, compile', () => {
  expect(tool('typescript/bin/tsc', '--noEmit')).toEqual({ status: 0, text: '' });
}, 120_000);

test('the app is synthesized, its tests pass, and one that fails says what was asked and what is so', () => {
  expect(tool('ts-node/dist/bin.js', 'main.ts')).toMatchObject({ status: 0 });
  expect(fs.readdirSync(path.join(app, 'dist'))).toEqual(['shop.k8s.yaml']);
  write('wrong.test.ts', WRONG);
  const { status, text } = tool('jest/bin/jest.js', '--ci', '--runInBand');
  expect(status).toBe(1);
  expect(text).toMatch(/^PASS .*main\.test\.ts/m);
  expect(text).toMatch(/^FAIL .*wrong\.test\.ts/m);
  expect(text).toContain('1 failed, 2 passed, 3 total');
  expect(text).toContain('expect(manifests).toDenyConnection(');
  expect(text).toMatch(/\(wrong\.test\.ts:\d+:\d+\)/);
}, 120_000);
