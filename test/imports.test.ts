import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { load, loadAll } from 'js-yaml';
import { definitionsOf } from './helpers/crd';
import { crdDifferences } from './helpers/crd-differences';
import type { Fields } from './helpers/fields';

const root = path.join(__dirname, '..');
const read = (...parts: string[]) => fs.readFileSync(path.join(...parts), 'utf8');
const config = () => load(read(root, 'cdk8s.yaml')) as { imports: string[] };

describe('cdk8s import', () => {
  let folder: string;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'imports-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('writes what imports/ holds, and leaves cdk8s.yaml as it is', () => {
    const before = read(root, 'cdk8s.yaml');
    const command = path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'bin/cdk8s');
    execFileSync(process.execPath, [command, 'import', '--output', folder], {
      cwd: root,
      env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
      stdio: 'pipe',
    });
    expect(filesOf(path.join(root, 'imports'))).toEqual(filesOf(folder));
    expect(read(root, 'cdk8s.yaml')).toBe(before);
  }, 60_000);
});

test('cdk8s.yaml names every file of crds/, and nothing from elsewhere', () => {
  expect(config().imports).toEqual(
    fs
      .readdirSync(path.join(root, 'crds'))
      .map((file) => `crds/${file}`)
      .sort(),
  );
});

// A second file of the same group would overwrite what was generated for the first.
test('a file of crds/ holds one API group and is called after it', () => {
  for (const file of config().imports) {
    const groups = definitionsOf(path.basename(file)).map(({ spec }) => `crds/${spec.group}.yaml`);
    expect([...new Set(groups)]).toEqual([file]);
  }
});

const published = process.env.UPSTREAM_MANIFESTS;
if (published !== undefined) {
  const definitions = config().imports.flatMap((file) => definitionsOf(path.basename(file)));
  test.each(definitions.map((part) => [part.metadata.name as string, part] as const))(
    'what crds/ holds of %s is as upstream publishes it',
    (_, part) => {
      expect(crdDifferences(part, publishedAs(part.spec, published) ?? {})).toEqual([]);
    },
  );
}

/** A definition as it is published: in a file of its own, or with the others of its group. */
function publishedAs({ group, names }: Fields, at: string): Fields | undefined {
  const [file = ''] = [`${group}_${names.plural}.yaml`, `${group}.yaml`].filter((name) =>
    fs.existsSync(path.join(at, 'crds', name)),
  );
  // One of them goes on with descriptions where YAML does not let them go on.
  const text = read(at, 'crds', file).replace(/(description: '(?:[^']|'')*')/g, (held) => held.replace(/\s+/g, ' '));
  const whole = loadAll(text) as (Fields | null)[];
  return whole.find((one) => one?.spec.names.plural === names.plural) ?? undefined;
}

function filesOf(at: string): Map<string, string> {
  return new Map(
    fs
      .readdirSync(at)
      .sort()
      .map((file) => [file, read(at, file)]),
  );
}
