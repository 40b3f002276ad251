import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { billOfMaterials, componentsIn } from '../scripts/sbom';
import { ran } from '../scripts/tools';

// How a release is made, in a copy of the project, and what it is accompanied by.

const root = path.join(__dirname, '..');
const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

describe('npm run release', () => {
  let copy: string;

  /** A repository with what a release touches. */
  function repository(changelog: string): string {
    const at = fs.mkdtempSync(path.join(os.tmpdir(), 'release-'));
    for (const file of ['package.json', 'package-lock.json']) {
      fs.copyFileSync(path.join(root, file), path.join(at, file));
    }
    fs.writeFileSync(path.join(at, 'CHANGELOG.md'), changelog);
    git(at, 'init', '--quiet', '--initial-branch=main');
    git(at, 'add', '.');
    git(at, 'commit', '--quiet', '--message=Begin');
    return at;
  }

  const person = ['name', 'email'].flatMap((one) => ['-c', `user.${one}=test`]);
  const git = (at: string, ...args: string[]) => ran('git', [...person, ...args], at);
  const release = (at: string, version: string) =>
    ran(
      process.execPath,
      ['--require', path.join(root, 'scripts/typescript'), path.join(root, 'scripts/release.ts'), version, '--ci'],
      at,
      {
        ...Object.fromEntries(['AUTHOR', 'COMMITTER'].map((who) => [`GIT_${who}_NAME`, 'test'])),
        ...Object.fromEntries(['AUTHOR', 'COMMITTER'].map((who) => [`GIT_${who}_EMAIL`, 'test'])),
      },
    );

  afterEach(() => fs.rmSync(copy, { recursive: true, force: true }));

  test('gives what is unreleased to the version, and commits and tags both', () => {
    copy = repository(fs.readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'));
    const before = fs.readFileSync(path.join(copy, 'CHANGELOG.md'), 'utf8').split('## [Unreleased]\n')[1] ?? '';
    release(copy, 'minor');
    const [major, minor] = own.version.split('.').map(Number);
    const version = `${major}.${minor + 1}.0`;
    const changelog = fs.readFileSync(path.join(copy, 'CHANGELOG.md'), 'utf8');
    expect(changelog).toMatch(/^# Changelog\n\n## \[Unreleased\]\n\n## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d\n\n- /);
    expect(changelog).toContain(`## [${version}] - `);
    expect(changelog.split(/## \[\d.*\n/)[1]?.trim()).toBe(before.trim());
    for (const file of ['package.json', 'package-lock.json']) {
      expect(JSON.parse(fs.readFileSync(path.join(copy, file), 'utf8')).version).toBe(version);
    }
    expect(git(copy, 'tag', '--points-at', 'HEAD').trim()).toBe(`v${version}`);
    expect(git(copy, 'log', '-1', '--format=%s').trim()).toBe(`Release ${version}`);
    expect(git(copy, 'status', '--porcelain')).toBe('');
  });

  test('fails where nothing is unreleased', () => {
    copy = repository('# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- All.\n');
    expect(() => release(copy, 'minor')).toThrow(/no entries under "Unreleased"/);
    expect(git(copy, 'tag')).toBe('');
  });
});

test('the bill of materials has what npm installs, and the libraries of which parts are in the package', () => {
  const bill = JSON.parse(billOfMaterials());
  const names: string[] = bill.components.map(({ name }: { name: string }) => name);
  expect(bill.metadata.component).toMatchObject({ name: own.name, version: own.version });
  expect(names).toEqual(expect.arrayContaining(['commander', 'ip-address', 'js-yaml', '@peculiar/x509', 'diff']));
  expect(names).not.toEqual(expect.arrayContaining(['jest']));
  expect(bill.components.every(({ version }: { version: string }) => /^\d+\.\d+/.test(version))).toBe(true);
  expect(new Set(bill.components.map((one: { 'bom-ref': string }) => one['bom-ref'])).size).toBe(names.length);
  expect(componentsIn('@a/b 1.2.3 (MIT)\n\nText.\n')).toEqual([
    expect.objectContaining({ name: '@a/b', version: '1.2.3', purl: 'pkg:npm/%40a/b@1.2.3' }),
  ]);
});

test('what publishes may write nothing but statements, publishes what it stated, and with provenance', () => {
  const workflow = load(fs.readFileSync(path.join(root, '.github/workflows/release.yml'), 'utf8')) as {
    permissions: object;
    jobs: { package: { permissions: object; steps: { uses?: string; run?: string; with?: Record<string, string> }[] } };
  };
  expect(workflow.permissions).toEqual({});
  const { permissions, steps } = workflow.jobs.package;
  expect(permissions).toEqual({ contents: 'read', 'id-token': 'write', attestations: 'write' });
  const uses = steps.flatMap((step) => step.uses?.replace(/@.*/, '') ?? []);
  expect(uses).toEqual(expect.arrayContaining(['actions/attest-build-provenance', 'actions/attest-sbom']));
  expect(steps.at(-1)?.run).toMatch(/^npm publish release-files\/\*\.tgz --provenance /);
  const scripts = steps.flatMap(({ run = '' }) =>
    [...run.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name),
  );
  expect(scripts.filter((name) => !(String(name) in own.scripts))).toEqual([]);
});
