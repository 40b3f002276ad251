import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

// The packed package as publint and Are The Types Wrong judge it, and whether the same sources give the same bytes.

const root = path.join(__dirname, '..');
const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
let folder: string;
/** The package as it is packed here. */
let archive: string;

function run(command: string, ...args: string[]): string {
  return runIn(root, command, ...args);
}

function runIn(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error || status !== 0) {
    throw error ?? new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
  return stdout;
}

/** The archive of the package, packed into a folder of its own. */
function packedInto(name: string, from = root): string {
  const at = path.join(folder, name);
  fs.mkdirSync(at);
  const [tarball] = JSON.parse(runIn(from, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', at));
  return path.join(at, tarball.filename);
}

/** The folder that the package is when it is unpacked. */
function unpacked(): string {
  run('tar', 'xzf', archive, '-C', path.dirname(archive));
  return path.join(path.dirname(archive), 'package');
}

const judged = (at: string, archive: string) =>
  JSON.parse(run(process.execPath, path.join(__dirname, 'helpers/package-judges.mjs'), at, archive));

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'judges-'));
  archive = packedInto('here');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('publint and Are The Types Wrong find nothing wrong with the package', () => {
  expect(judged(unpacked(), archive)).toEqual({ publint: [], types: [] });
}, 120_000);

test('both see an entry point that leads nowhere', () => {
  const at = path.join(folder, 'broken/package');
  fs.cpSync(unpacked(), at, { recursive: true });
  // The others have been judged.
  const exports = { './assert': { types: './lib/nowhere.d.ts', default: './lib/nowhere.js' } };
  fs.writeFileSync(path.join(at, 'package.json'), JSON.stringify({ ...own, exports }));
  const broken = path.join(folder, 'broken.tgz');
  run('tar', 'czf', broken, '-C', path.dirname(at), 'package');
  expect(judged(at, broken)).toEqual({
    publint: expect.arrayContaining([expect.stringContaining('lib/nowhere.js')]),
    types: expect.arrayContaining(['NoResolution ./assert']),
  });
}, 120_000);

test('the package is the same bytes when it is packed again', () => {
  const [one, other] = [archive, packedInto('again')].map((file) => fs.readFileSync(file));
  expect(one?.equals(other as Buffer)).toBe(true);
}, 120_000);

test('the package is the same bytes when it is built in another folder', () => {
  const copy = path.join(folder, 'a copy');
  for (const file of run('git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')) {
    // The half of all files is tests, which make nothing.
    if (fs.existsSync(path.join(root, file)) && !/^($|test\/|__snapshots__\/)/.test(file)) {
      fs.cpSync(path.join(root, file), path.join(copy, file));
    }
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  runIn(copy, 'npm', 'run', 'build');
  const [here, there] = [archive, packedInto('there', copy)].map((file) => fs.readFileSync(file));
  expect(there?.equals(here as Buffer)).toBe(true);
}, 600_000);
