import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Yaml } from 'cdk8s';

const root = join(__dirname, '..');
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'dist-'));
  for (const name of ['main.ts', 'charts', 'constructs', 'imports', 'cdk8s.yaml', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(project, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Runs `cdk8s synth` as a person does, without a network. */
function synth(settings: Record<string, string> = {}, command = ['cdk8s', 'synth']) {
  const own = Object.entries(process.env).filter(([name]) => !/^(NETWORKING_|CDK8S_)/.test(name));
  const nowhere = 'http://127.0.0.1:9';
  const env = { ...Object.fromEntries(own), HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere, ...settings };
  return spawnSync('npx', ['--no-install', ...command], { cwd: project, encoding: 'utf8', env });
}

function files(folder: string): Map<string, string> {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}

const written = files(join(root, 'dist'));
// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
const objectsOf = (file: string): any[] => Yaml.load(join(root, 'dist', file));

test('dist/ is what `npm run synth` writes', () => {
  const { status, stderr } = synth();
  expect(stderr).not.toMatch(/error|latest version|upgrade/i);
  expect(status).toBe(0);
  const now = files(join(project, 'dist'));
  const changed = [...new Set([...written.keys(), ...now.keys()])].filter(
    (name) => written.get(name) !== now.get(name),
  );
  expect(changed).toEqual([]);
}, 60_000);

test.each([
  ['NETWORKING_SHOP_HOST', 'https://shop', 'NETWORKING_SHOP_HOST is "https://shop"; leave out the scheme "https://"'],
  ['NETWORKING_CANARY_WEIGHT', '105', 'NETWORKING_CANARY_WEIGHT is 105; give an integer from 0 to 100'],
  ['NETWORKING_HOST', 'a', 'NETWORKING_HOST is "a"; no setting is called so, give NETWORKING_PROVIDER, '],
  ['NETWORKING_REPO_URL', 'git', 'argocd: repoUrl is "git"; give the URL of a Git repository'],
])(
  'a wrong %s names what is wrong and leaves dist/ untouched',
  (name, value, message) => {
    const dist = join(project, 'dist');
    rmSync(dist, { recursive: true, force: true });
    mkdirSync(dist);
    cpSync(join(root, 'dist'), dist, { recursive: true });
    const { status, stdout, stderr } = synth({ [name]: value });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain(message);
    expect(stdout + stderr).not.toMatch(/^\s+at .*main\.ts/m);
    expect(files(dist)).toEqual(written);
  },
  60_000,
);

test('settings by the environment reach the manifests', () => {
  expect(synth({ NETWORKING_GAME_HOST: 'game.example.net', NETWORKING_GATEWAY_API: 'false' }).status).toBe(0);
  const now = files(join(project, 'dist'));
  expect(now.get('game-2048.k8s.yaml')).toContain('host: game.example.net');
  expect([...now.keys()].filter((name) => name.startsWith('gateway-api'))).toEqual([]);
}, 60_000);

describe.each([...written.keys()])('%s', (file) => {
  const objects = objectsOf(file);

  test('has its namespaces first', () => {
    const kinds = objects.map(({ kind }) => kind === 'Namespace');
    expect(kinds).toEqual([...kinds].sort((a, b) => Number(b) - Number(a)));
  });

  test('holds nothing that an API server drops or rewrites', () => {
    const found: string[] = [];
    const visit = (value: unknown, at: string) => {
      if (value === null || (Array.isArray(value) && value.length === 0)) {
        found.push(at);
      } else if (typeof value === 'object') {
        for (const [key, inner] of Object.entries(value as object)) {
          visit(inner, `${at}.${key}`);
        }
      }
    };
    for (const object of objects) {
      visit(object, `${object.kind} ${object.metadata.name}`);
      expect(object).not.toHaveProperty('status');
    }
    expect(found).toEqual([]);
  });

  test('holds no private key', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(written.get(file)).not.toContain('PRIVATE KEY');
  });
});

const top = [...written.keys()].filter((name) => !name.includes('/'));

test('files at the top of dist/ need no custom resources', () => {
  const groups = top.flatMap(objectsOf).map(({ apiVersion }) => apiVersion.split('/').at(-2) ?? '');
  expect(groups.filter((group) => group.includes('.') && !group.endsWith('.k8s.io'))).toEqual([]);
  expect(groups).not.toContain('gateway.networking.k8s.io');
});

test('Ingresses are applied before the webhook of the controller, which refuses them until the controller runs', () => {
  const kinds = top.sort().flatMap((file) => objectsOf(file).map(({ kind }) => kind));
  expect(kinds).toContain('Ingress');
  expect(kinds.lastIndexOf('Ingress')).toBeLessThan(kinds.indexOf('ValidatingWebhookConfiguration'));
});
