import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './command-line';

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web, labels: { app: web } }\nspec: { containers: [{ name: web, image: i }] }\n';
const DENY =
  '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny }\nspec: { podSelector: {} }\n';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
  const git = (...argv: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...argv], { cwd: folder });
  mkdirSync(join(folder, 'dist/deep'), { recursive: true });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(folder, 'dist/deep/web.yaml'), POD);
  writeFileSync(join(folder, 'dist/deny.yaml'), DENY);
  writeFileSync(join(folder, 'dist/notes.txt'), 'no manifest');
  git('add', '.');
  git('commit', '-q', '-m', 'Close');
  rmSync(join(folder, 'dist/deny.yaml'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const diff = (...argv: string[]) => commandLine(['diff', ...argv], { cwd: folder });

test('a revision of git is compared with the folder as it is now, and what opens is told first', async () => {
  const { status, stdout } = await diff('main:dist', 'dist', '--exit-code');
  expect(status).toBe(1);
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    'opened',
    '  any IPv4 → default/Pod/web: all',
    '    NetworkPolicy default/deny is removed, main:dist/deny.yaml:2',
  ]);
});

test('a file of a revision, and a revision against itself', async () => {
  expect(await diff('HEAD:dist', 'main:dist', '--exit-code')).toMatchObject({
    status: 0,
    stdout: 'no connection differs between workloads of both sides\n',
  });
  expect(await diff('HEAD:dist/deep/web.yaml', 'dist/deep/web.yaml', '--exit-code')).toMatchObject({ status: 0 });
});

test('JSON holds pairs with their reasons, workloads and ways in', async () => {
  const { stdout } = await diff('main:dist', 'dist', '-f', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    same: false,
    connections: [
      {
        change: 'opened',
        from: { ipRange: '0.0.0.0-255.255.255.255' },
        to: { namespace: 'default', kind: 'Pod', name: 'web' },
        before: null,
        after: 'all',
        because: [{ policy: 'NetworkPolicy default/deny', source: 'main:dist/deny.yaml:2', change: 'removed' }],
      },
      { from: { ipRange: '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' } },
    ],
    workloads: { added: [], removed: [] },
    exposures: [],
    undecided: [],
    warnings: [],
  });
});

test('Markdown begins with the verdict', async () => {
  const { stdout } = await diff('main:dist', 'dist', '-f', 'markdown');
  expect(stdout.split('\n')[0]).toBe('**2 connections opened**');
});

test('a workflow is told what opens as a warning; what is removed has no line in the change', async () => {
  const { stdout } = await diff('main:dist', 'dist', '-f', 'github');
  expect(stdout.split('\n')[0]).toBe(
    '::warning title=connection opened::any IPv4 → default/Pod/web: all%0ANetworkPolicy default/deny is removed, main:dist/deny.yaml:2',
  );
  const back = await diff('dist', 'main:dist/deny.yaml', '-f', 'github');
  expect(back.status).toBe(0);
});

test('JSON tells new workloads with their connections, and pods that no manifest shows', async () => {
  const { stdout } = await diff('main:dist/deny.yaml', 'dist', '-f', 'json');
  const { workloads, unseen } = JSON.parse(stdout);
  expect(workloads.removed).toEqual([]);
  expect(workloads.added).toMatchObject([{ name: 'web', kind: 'Pod' }]);
  expect(workloads.added[0].connections).toContainEqual({
    from: { ipRange: '0.0.0.0-255.255.255.255' },
    to: { namespace: 'default', kind: 'Pod', name: 'web' },
    ports: 'all',
  });
  expect(unseen).toEqual([]);
  const opened = JSON.parse((await diff('main:dist', 'dist', '-f', 'json')).stdout);
  expect(opened.unseen).toMatchObject([
    {
      change: 'opened',
      before: null,
      after: { from: { pods: { namespaceSelector: {}, podSelector: {} } }, ports: 'all' },
    },
  ]);
});

test.each([
  [
    'nowhere:dist',
    'nowhere:dist: there is no file or folder of this name, and no revision nowhere in a git repository here',
  ],
  ['main:nowhere', 'main:nowhere: revision main has no file or folder nowhere'],
  [
    'main:dist/notes.txt',
    'main:dist/notes.txt:1: the document is "no manifest"; a manifest is a mapping with apiVersion and kind',
  ],
  ['--help:dist', "unknown option '--help:dist'"],
])('fails for %s', async (before, message) => {
  const { status, stderr } = await diff(before, 'dist');
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

describe('what changes of a way that leads in', () => {
  const service = (port: number, targetPort: number | string) =>
    `---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: ${port}, targetPort: ${targetPort} }] }\n`;
  const ingress = (port: number) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec: { defaultBackend: { service: { name: web, port: { number: ${port} } } } }\n`;
  const ways = async (before: string, after: string, ...argv: string[]) => {
    writeFileSync(join(folder, 'before.yaml'), before);
    writeFileSync(join(folder, 'after.yaml'), after);
    return (await diff('before.yaml', 'after.yaml', '--connections', ...argv)).stdout;
  };
  const REACHED = 'Ingress default/web */ → default/Pod/web: no policy selects either end';

  test('the port of the pods', async () => {
    const [before, after] = [POD + service(80, 8080) + ingress(80), POD + service(80, 8081) + ingress(80)];
    expect(await ways(before, after)).toContain(`changed: ${REACHED}; on TCP 8081, before TCP 8080\n`);
    // The table has it in a column of its own.
    expect(await ways(before, after, '--format', 'markdown')).toContain(
      'reachable on `TCP 8080` → reachable on `TCP 8081` | no policy selects either end |',
    );
  });

  test('the port of the Service', async () => {
    const [before, after] = [POD + service(80, 8080) + ingress(80), POD + service(81, 8080) + ingress(81)];
    const text = `${REACHED}; port of the Service: 81, before 80`;
    expect(await ways(before, after)).toContain(`changed: ${text}\n`);
    expect(await ways(before, after, '--format', 'github')).toContain(`::${text}`);
  });

  test('the Service, where no pod of the manifests stands behind it', async () => {
    const [before, after] = [service(80, 8080) + ingress(80), service(80, 8081) + ingress(80)];
    const why = 'Service default/web selects no pod of the manifests (app=web); Service web itself changed';
    expect(await ways(before, after)).toContain(`changed: Ingress default/web */ → Service web: ${why}\n`);
    expect(await ways(before, after, '--format', 'markdown')).toContain(`${why} |`);
  });
});
