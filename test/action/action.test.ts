import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { BUNDLE, bundled } from '../../scripts/bundle';
import { FakeGitHub } from './fake-github';

const ROOT = path.join(__dirname, '../..');

const workload = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: c, image: i, ports: [{ containerPort: 8080 }] }] }
---`;
const policy = (name: string, from: string, port = 8080) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }], ports: [{ port: ${port} }] }]
---`;
const SHOP = ['web', 'worker', 'db'].map(workload).join('');
/** An Ingress that leads to a Service which is not there. */
const lost = (name: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop }
spec:
  ingressClassName: nginx
  rules: [{ host: ${name}.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 81 } } } }] } }]
---`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---`;

let folder: string;
let repository: string;
let github: FakeGitHub;
const git = (...argv: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...argv], {
    cwd: repository,
    encoding: 'utf8',
  }).trim();
const commit = (files: Readonly<Record<string, string>>, message: string) => {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(repository, file)), { recursive: true });
    fs.writeFileSync(path.join(repository, file), text);
  }
  git('add', '.');
  git('commit', '-q', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
};

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'action-'));
  repository = path.join(folder, 'repository');
  fs.mkdirSync(repository);
  git('init', '-q', '-b', 'main');
  github = await FakeGitHub.start();
});
afterEach(async () => {
  await github.stop();
  fs.rmSync(folder, { recursive: true });
});

/** Runs the bundle as the runner of GitHub does. */
async function run(event: object, inputs: Readonly<Record<string, string>> = {}, cwd = repository) {
  const file = (name: string) => path.join(folder, name);
  fs.writeFileSync(file('event.json'), JSON.stringify(event));
  for (const name of ['output', 'summary']) {
    fs.writeFileSync(file(name), '');
  }
  const { inputs: declared } = load(fs.readFileSync(path.join(ROOT, 'action/action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const given = Object.entries({ ...inputs, token: inputs.token ?? 'secret' });
  expect(Object.keys(declared)).toEqual(expect.arrayContaining(given.map(([name]) => name)));
  const all = {
    ...Object.fromEntries(Object.entries(declared).map(([name, one]) => [name, one.default ?? ''])),
    ...Object.fromEntries(given),
  };
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_REPOSITORY: 'team/shop',
    GITHUB_SERVER_URL: 'https://git.example.com',
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_SHA: execFileSync('git', ['rev-parse', 'HEAD'], { cwd, encoding: 'utf8' }).trim(),
  };
  const child = spawn(process.execPath, [BUNDLE], { cwd, env: env as NodeJS.ProcessEnv });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const outputs = Object.fromEntries(
    fs
      .readFileSync(file('output'), 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=')),
  );
  return { status, text, outputs, summary: fs.readFileSync(file('summary'), 'utf8') };
}

const pull = (base: string, head: string) => ({
  pull_request: { number: 7, base: { sha: base }, head: { sha: head } },
});

test('the bundle is what the sources make; npm run bundle writes it', () => {
  expect(fs.readFileSync(BUNDLE, 'utf8') === bundled()).toBe(true);
});

test('a change is told in a comment, the summary, outputs and annotations, with links to the commits on which the lines stand', async () => {
  const base = commit({ 'dist/shop.yaml': SHOP + policy('db', 'web') }, 'Before');
  const head = commit({ 'dist/shop.yaml': SHOP + policy('db', 'worker') }, 'After');
  const { status, text, outputs, summary } = await run(pull(base, head));
  expect({ status, outputs }).toEqual({
    status: 0,
    outputs: { same: 'false', opened: '1', closed: '1', findings: '0' },
  });
  expect(github.comments).toHaveLength(1);
  const [comment] = github.comments;
  expect(comment?.body.split('\n')[0]).toBe('**1 connection opened, 1 closed**');
  expect(comment?.body).toContain(`](https://git.example.com/team/shop/blob/${head}/dist/shop.yaml#L`);
  expect(comment?.body.trimEnd().endsWith('<!-- cdk8s-networking: dist -->')).toBe(true);
  expect(summary).toContain('## dist\n\n**1 connection opened, 1 closed**');
  expect(text).toMatch(/^::warning file=dist\/shop\.yaml,line=\d+,title=connection opened::/m);
});

test('the comment is edited in place, also back to nothing, and another target has one of its own', async () => {
  const base = commit({ 'dist/shop.yaml': SHOP + policy('db', 'web') }, 'Before');
  const changed = commit({ 'dist/shop.yaml': SHOP + policy('db', 'worker') }, 'After');
  for (let at = 0; at < 120; at++) {
    github.write('a remark', 'somebody');
  }
  await run(pull(base, changed));
  const back = commit({ 'dist/shop.yaml': SHOP + policy('database', 'web') }, 'Back');
  const { text, outputs } = await run(pull(base, back));
  expect(text).toContain('comment: edited');
  expect(outputs).toEqual({ same: 'true', opened: '0', closed: '0', findings: '0' });
  expect(github.comments).toHaveLength(121);
  expect(github.comments.at(-1)?.body).toBe('**proven: no connection changes**\n\n<!-- cdk8s-networking: dist -->\n');
  expect((await run(pull(base, back))).text).toContain('comment: kept');
  git('checkout', '-q', changed);
  await run(pull(base, changed), { target: 'production' });
  expect((await run(pull(base, changed), { target: 'production' })).text).toContain('comment: kept');
  expect(github.comments).toHaveLength(122);
});

test('nothing is written where nothing ever differed', async () => {
  const base = commit({ 'dist/shop.yaml': SHOP }, 'Before');
  const head = commit({ 'README.md': 'words' }, 'After');
  const { text } = await run(pull(base, head));
  expect(text).toContain('comment: none');
  expect(github.comments).toEqual([]);
  expect(github.requests.filter((one) => !one.startsWith('GET') && one !== 'POST /graphql')).toEqual([]);
});

test('a comment of somebody else with the same mark is left alone', async () => {
  github.write('**proven: nothing**\n\n<!-- cdk8s-networking: dist -->', 'somebody');
  const base = commit({ 'dist/shop.yaml': SHOP + policy('db', 'web') }, 'Before');
  const head = commit({ 'dist/shop.yaml': SHOP }, 'After');
  await run(pull(base, head));
  expect(github.comments.map(({ user }) => user.login)).toEqual(['somebody', FakeGitHub.BOT]);
  expect(github.comments[0]?.body).toContain('nothing');
});

test.each([
  ['may not write', 'secret'],
  ['is not known', 'wrong'],
])('a fork whose token %s gets the summary, and the step does not fail', async (_, token) => {
  github.mayWrite = false;
  const base = commit({ 'dist/shop.yaml': SHOP + policy('db', 'web') }, 'Before');
  const head = commit({ 'dist/shop.yaml': SHOP }, 'After');
  const { status, text, summary } = await run(pull(base, head), { token });
  expect(status).toBe(0);
  expect(text).toMatch(/^::notice title=no comment::.*status 40[13]; the summary/m);
  expect(summary).toContain('opened');
  expect(github.comments).toEqual([]);
});

test('new findings fail the step, are marked errors first, ten of a kind at most, and are all in SARIF', async () => {
  const base = commit({ 'dist/shop.yaml': SHOP + SERVICE + lost('old') }, 'Before');
  const names = Array.from({ length: 14 }, (_, at) => `new-${at}`);
  const head = commit({ 'dist/shop.yaml': SHOP + SERVICE + lost('old') + names.map(lost).join('') }, 'After');
  const { status, text, outputs } = await run(pull(base, head), { sarif: 'findings.sarif' });
  expect(status).toBe(1);
  expect(outputs.findings).toBe('14');
  const errors = text.split('\n').filter((line) => line.startsWith('::error'));
  expect(errors).toHaveLength(10);
  expect(errors.at(-1)).toBe('::error title=more::… and 5 more of the kind; the summary of the run tells them');
  const sarif = JSON.parse(fs.readFileSync(path.join(repository, 'findings.sarif'), 'utf8'));
  expect(sarif.runs[0].results).toHaveLength(15);
  expect((await run(pull(base, head), { 'fail-on': 'never' })).status).toBe(0);
});

test('of a merge that is checked out without history, the base is fetched', async () => {
  const base = commit({ 'dist/shop.yaml': SHOP + policy('db', 'web') }, 'Before');
  git('checkout', '-q', '-b', 'topic');
  const head = commit({ 'dist/shop.yaml': SHOP + policy('db', 'worker') }, 'After');
  git('checkout', '-q', 'main');
  commit({ 'other.txt': 'by others' }, 'Meanwhile');
  git('merge', '-q', '--no-ff', '-m', 'Merge', 'topic');
  git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  const clone = path.join(folder, 'clone');
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${repository}`, clone]);
  const { status, outputs } = await run(pull(base, head), {}, clone);
  expect({ status, outputs }).toMatchObject({ status: 0, outputs: { opened: '1', closed: '1' } });
});

test('what others merged since the branch left is no change of it', async () => {
  commit({ 'dist/shop.yaml': SHOP + policy('db', 'web') }, 'Before');
  git('checkout', '-q', '-b', 'topic');
  const head = commit({ 'README.md': 'words' }, 'After');
  git('checkout', '-q', 'main');
  const base = commit({ 'dist/shop.yaml': SHOP + policy('db', 'worker') }, 'Meanwhile');
  git('checkout', '-q', 'topic');
  expect((await run(pull(base, head))).outputs).toMatchObject({ same: 'true' });
});

test('a folder that the base does not have is new, and a push is compared with what was there', async () => {
  const before = commit({ 'README.md': 'words' }, 'Before');
  commit({ 'dist/shop.yaml': SHOP }, 'After');
  const { status, outputs, summary } = await run({ before });
  expect({ status, outputs }).toMatchObject({ status: 0, outputs: { same: 'false' } });
  expect(summary).toContain('3 workloads added');
  expect(github.requests).toEqual([]);
});

describe('fails, and says why,', () => {
  test('for manifests that cannot be read, at their line', async () => {
    const base = commit({ 'dist/shop.yaml': SHOP }, 'Before');
    const head = commit({ 'dist/shop.yaml': 'kind: Pod\nkind: Service\n' }, 'After');
    const { status, text } = await run(pull(base, head));
    expect(status).toBe(1);
    expect(text).toMatch(
      /^::error file=dist\/shop\.yaml,line=2,title=the manifests cannot be compared::.*"kind" is given twice/m,
    );
    expect(github.comments).toEqual([]);
  });

  test('for variants of one object in one target, with what to do before all of them', async () => {
    const variants = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`dist/variants/${at}.yaml`, policy('db', 'web', 8080 + at)]),
    );
    const base = commit({ 'dist/shop.yaml': SHOP, ...variants }, 'Before');
    const { status, text } = await run(pull(base, base));
    expect(status).toBe(1);
    const lines = text.split('\n').filter((line) => line.startsWith('::error'));
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(
      /::files of which one is applied in the place of another are targets of their own: name in path/,
    );
    expect(lines[1]).toContain('the same object stands at');
  });

  test.each([
    [{ 'fail-on': 'errors' }, 'fail-on is "errors"; give error, warning, info, never'],
    [{ base: 'nowhere' }, 'base nowhere is not in the checkout and cannot be fetched'],
    [{ path: 'nothing' }, 'there is no such file or folder'],
  ])('for %j', async (inputs, message) => {
    const base = commit({ 'dist/shop.yaml': SHOP }, 'Before');
    const { status, text } = await run(pull(base, base), inputs);
    expect(status).toBe(1);
    expect(text).toContain(message);
    expect(text).not.toMatch(/^\s+at /m);
  });

  test('for an event that has no base', async () => {
    commit({ 'dist/shop.yaml': SHOP }, 'Before');
    expect((await run({})).text).toContain('this event has no revision to compare with; give one as base');
  });
});

describe('the workflow of this repository', () => {
  const workflow = load(fs.readFileSync(path.join(ROOT, '.github/workflows/pull-request.yml'), 'utf8')) as {
    jobs: Record<string, { steps: { name?: string; uses?: string; with?: Record<string, string> }[] }>;
  };
  const steps = Object.values(workflow.jobs).flatMap(({ steps: all }) => all.filter(({ uses }) => uses === './action'));

  test('uses the action', () => {
    expect(steps.length).toBeGreaterThan(1);
  });

  test.each(steps.map((step) => [step.name, step.with ?? {}] as const))(
    'compares dist/ without a mistake: %s',
    async (_, inputs) => {
      fs.cpSync(path.join(ROOT, 'dist'), path.join(repository, 'dist'), { recursive: true });
      const base = commit({}, 'Before');
      const head = commit({ 'README.md': 'words' }, 'After');
      const { status, text, outputs } = await run(pull(base, head), inputs);
      expect({ status, errors: text.split('\n').filter((line) => line.startsWith('::error')) }).toEqual({
        status: 0,
        errors: [],
      });
      expect(outputs).toMatchObject({ opened: '0', closed: '0', findings: '0' });
      // Without its last step, nobody reaches the demo's frontend; the other files do not know of it.
      fs.rmSync(path.join(repository, 'dist/stars/5-frontend-policy.k8s.yaml'));
      const closed = await run(pull(base, commit({}, 'Close')), inputs);
      expect(closed.status).toBe(0);
      expect(Number(closed.outputs.closed) > 0).toBe(inputs.path === 'dist/stars');
    },
  );
});
