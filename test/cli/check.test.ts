import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { commandLine } from './command-line';

const MISTAKES = join(__dirname, 'fixtures/mistakes');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  cpSync(MISTAKES, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const check = (...argv: string[]) => commandLine(['check', '.', ...argv], { cwd: folder });
const file = (name: string) => readFileSync(join(folder, name), 'utf8');
const rulesIn = ({ stdout }: { readonly stdout: string }): readonly string[] =>
  JSON.parse(stdout).findings.map(({ rule }: { readonly rule: string }) => rule);

test('JSON holds findings with place, words and page, and how many there are of each severity', async () => {
  const { status, stdout } = await check('--format', 'json');
  expect(status).toBe(1);
  const { findings, counts, silenced } = JSON.parse(stdout);
  expect(counts).toEqual({ error: 1, warning: 1, info: 0 });
  expect(silenced).toBe(0);
  expect(findings[0]).toEqual({
    rule: 'port-of-service',
    severity: 'error',
    object: 'NetworkPolicy shop/backend',
    source: { file: 'shop.yaml', line: 42, column: 11 },
    message:
      'TCP 5001 is the port of Service shop/backend, which leads to port 5000 of the pods; policies see the port of the pods',
    advice: 'write 5000, the port of Deployment shop/backend',
    docs: 'docs/checks/port-of-service.md',
    related: [{ source: { file: 'shop.yaml', line: 28, column: 7 }, message: 'because of Service shop/backend' }],
  });
});

test.each([
  ['error', 1],
  ['never', 0],
])('--fail-on %s ends with %d where there is an error', async (severity, status) => {
  expect(await check('--fail-on', severity)).toMatchObject({ status });
});

test('--fail-on warning ends with 1 where there are warnings alone, and without it with 0', async () => {
  const ignored = ['--ignore', 'port-of-service'];
  expect(await check(...ignored)).toMatchObject({ status: 0 });
  expect(await check(...ignored, '--fail-on', 'warning')).toMatchObject({ status: 1 });
});

test('--fix mends lines and leaves comments, and what it cannot mend is still told', async () => {
  const before = file('shop.yaml');
  const { status, stdout, stderr } = await check('--fix', '--format', 'json');
  expect(file('shop.yaml')).toBe(before.replace('port: 5001 # the API', 'port: 5000 # the API'));
  expect(stderr).toBe('mended 1 of 2 findings in shop.yaml\n');
  expect(rulesIn({ stdout })).toEqual(['policy-selects-nothing']);
  expect(status).toBe(0);
  expect(rulesIn(await check('--format', 'json'))).toEqual(['policy-selects-nothing']);
});

test('--fix-dry-run prints a patch and writes nothing', async () => {
  const before = file('shop.yaml');
  const { stdout } = await check('--fix-dry-run');
  expect(file('shop.yaml')).toBe(before);
  expect(stdout.split('\n').filter((line) => /^[-+]/.test(line))).toEqual([
    '--- a/shop.yaml',
    '+++ b/shop.yaml',
    '-        - port: 5001 # the API',
    '+        - port: 5000 # the API',
  ]);
});

test('--fix leaves alone what is no file, such as a revision of git', async () => {
  const git = (...argv: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...argv], { cwd: folder });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'mistakes');
  const before = file('shop.yaml');
  const ran = await commandLine(['check', 'main:.', '--fix'], { cwd: folder });
  expect(ran).toMatchObject({ status: 1, stderr: '' });
  expect(file('shop.yaml')).toBe(before);
});

test('fails where a file cannot be written', async () => {
  expect(await check('--write-baseline', 'nowhere/known.json')).toMatchObject({
    status: 2,
    stderr: 'nowhere/known.json: there is no such folder\n',
  });
});

test('a baseline knows findings by rule, object and message, wherever their lines move', async () => {
  expect(await check('--write-baseline', 'known.baseline')).toMatchObject({ status: 0, stdout: '' });
  writeFileSync(join(folder, 'shop.yaml'), `# A line above all.\n${file('shop.yaml')}`);
  const known = await check('--baseline', 'known.baseline', '--format', 'json');
  expect(known.status).toBe(0);
  expect(JSON.parse(known.stdout)).toMatchObject({ findings: [], silenced: 2 });
  writeFileSync(join(folder, 'shop.yaml'), file('shop.yaml').replace('5001 #', '5000 #'));
  expect(rulesIn(await check('--baseline', 'known.baseline', '--format', 'json'))).toEqual(['unused-ignore']);
});

describe('the configuration', () => {
  const configured = (text: string, ...argv: string[]) => {
    writeFileSync(join(folder, 'settings.txt'), text);
    return check('--config', 'settings.txt', '--format', 'json', ...argv);
  };

  test('says what rules count for, what is left out, and what fails', async () => {
    const { status, stdout } = await configured(
      'checks:\n  failOn: warning\n  rules: { policy-selects-nothing: error }\n  ignore: [{ rule: port-of-service, object: NetworkPolicy shop/backend, reason: known }]\n',
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ severity: 'error' }], silenced: 1 });
  });

  test('may silence what other manifests hold, and is told of what it silences for nothing', async () => {
    const ignore = (object: string) => `checks: { ignore: [{ rule: port-of-service, object: ${object} }] }\n`;
    expect(rulesIn(await configured(ignore('shop/elsewhere'), '--rule', 'port-of-service=off'))).not.toContain(
      'unused-ignore',
    );
    expect(rulesIn(await configured(ignore('NetworkPolicy shop/backend'), '--rule', 'port-of-service=off'))).toContain(
      'unused-ignore',
    );
  });

  test('gives way to the options', async () => {
    const { stdout } = await configured(
      'checks: { rules: { policy-selects-nothing: off } }\n',
      '--rule',
      'port-of-service=off',
    );
    expect(rulesIn({ stdout })).toEqual([]);
  });

  test.each([
    ['check: {}', 'settings.txt: the file: "check" is not known; known are checks'],
    ['- a', 'settings.txt: the file is a list; give a mapping'],
    ['checks: { rules: { no-rule: on } }', 'settings.txt: checks.rules: "no-rule" is not known; no rule has this code'],
    [
      'checks: { rules: { dns-closed: loud } }',
      'settings.txt: checks.rules.dns-closed is "loud"; use on, off, error, warning, info',
    ],
    ['checks: { failOn: 3 }', 'settings.txt: checks.failOn is 3; use error, warning, info, never'],
    ['checks: { ignore: [{ object: a }] }', 'settings.txt: checks.ignore[0].rule is missing; give the code of a rule'],
    [
      'checks: { ignore: [{ rule: dns-closed, reason: 3 }] }',
      'settings.txt: checks.ignore[0].reason is 3; give a text',
    ],
    ['checks: { alternatives: dist }', 'settings.txt: checks.alternatives is "dist"; give a list of files and folders'],
    ['checks: { ignore: all }', 'settings.txt: checks.ignore is "all"; give a list of rules with object and reason'],
  ])('fails for %s', async (text, message) => {
    expect(await configured(text)).toMatchObject({ status: 2, stdout: '', stderr: `${message}\n` });
  });

  test('fails for what is no YAML', async () => {
    expect(await configured('checks: {')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('files that are applied in the place of others', () => {
  const backend = (port: number, annotations = '') =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: backend, namespace: shop${annotations} }\nspec:\n  podSelector: { matchLabels: { app: backend } }\n  ingress: [{ ports: [{ port: ${port} }] }]\n`;
  const ONLY = ['--ignore', 'policy-selects-nothing', '--format', 'json'];
  beforeEach(() => {
    mkdirSync(join(folder, 'variants'));
    writeFileSync(join(folder, 'shop.yaml'), file('shop.yaml').replace('5001 #', '5000 #'));
    writeFileSync(join(folder, 'variants/a.yaml'), backend(5000));
    writeFileSync(join(folder, 'variants/b.yaml'), backend(5000));
  });

  test('are told to name themselves where the same object stands twice', async () => {
    writeFileSync(join(folder, 'variants/b.yaml'), backend(6000));
    const { status, stderr } = await check();
    expect(status).toBe(2);
    expect(stderr.trimEnd().split('\n').slice(-2)).toEqual([
      '--alternative PATH names a file, or a folder of files, of which each is applied in the place of others',
      '--input tolerant takes all of this as warnings',
    ]);
  });

  test('are each judged in that place, and what is wrong in one of them is told with its file', async () => {
    expect(await check('--alternative', 'variants', ...ONLY)).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(join(folder, 'variants/b.yaml'), backend(5001));
    const { status, stdout } = await check('--alternative', 'variants', ...ONLY);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { rule: 'port-of-service', source: { file: 'variants/b.yaml', line: 6 } },
    ]);
  });

  test('are taken from the configuration too, from its folder', async () => {
    writeFileSync(
      join(folder, 'cdk8s-networking.yaml'),
      'checks: { alternatives: [variants/a.yaml, variants/b.yaml] }\n',
    );
    expect(await check(...ONLY)).toMatchObject({ status: 0, stderr: '' });
    const elsewhere = ['--config', join(folder, 'cdk8s-networking.yaml'), ...ONLY];
    expect(await commandLine(['check', folder, ...elsewhere], { cwd: tmpdir() })).toMatchObject({ status: 0 });
  });

  test('silence nothing in the others by their annotations, and silence their own', async () => {
    const silent = ', annotations: { cdk8s-networking/ignore: port-of-service }';
    writeFileSync(join(folder, 'variants/a.yaml'), backend(5001, silent));
    writeFileSync(join(folder, 'variants/b.yaml'), backend(5001));
    const { stdout } = await check('--alternative', 'variants', ...ONLY);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ rule: 'port-of-service', source: { file: 'variants/b.yaml' } }],
      silenced: 2,
    });
  });

  test('may have all that a silencer is for: it is of use if it silences in one of them', async () => {
    writeFileSync(join(folder, 'variants/b.yaml'), backend(5001));
    const { stdout } = await check('--alternative', 'variants', ...ONLY, '--ignore', 'port-of-service=shop/backend');
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], silenced: 2 });
  });

  test('are refused where one of them holds an object twice', async () => {
    writeFileSync(join(folder, 'variants/b.yaml'), `${backend(5000)}---\n${backend(6000)}`);
    expect(await check('--alternative', 'variants', ...ONLY)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('the same object stands at variants/b.yaml:1 with other content'),
    });
  });

  test('are mended as all others are', async () => {
    writeFileSync(join(folder, 'variants/b.yaml'), backend(5001));
    await check('--alternative', 'variants', '--fix');
    expect(file('variants/b.yaml')).toBe(backend(5000));
  });

  test.each([
    ['nowhere', '--alternative nowhere: no file that is checked is called so or stands there\n'],
    ['', "option '--alternative <path>' argument '' is invalid. Give a file or a folder.\n"],
  ])('fail as %j', async (name, message) => {
    expect(await check('--alternative', name)).toMatchObject({ status: 2, stdout: '', stderr: message });
  });
});

test.each(['sarif', 'github', 'gitlab'])(
  '%s names files as the checkout has them, however they are given',
  async (format) => {
    const named = await commandLine(['check', 'shop.yaml', '--format', format], { cwd: folder });
    for (const given of ['./shop.yaml', join(folder, 'shop.yaml'), '.', `../${basename(folder)}/shop.yaml`]) {
      expect(await commandLine(['check', given, '--format', format], { cwd: folder })).toEqual(named);
    }
  },
);

test('for GitHub, of each kind the ten that it shows come first, the last with the count of the rest, and the rest for the log', async () => {
  const lost = (at: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: lost-${at}, namespace: shop }\nspec: { selector: { app: nobody }, ports: [{ port: 80 }] }\n---\n`;
  writeFileSync(join(folder, 'a.yaml'), Array.from({ length: 12 }, (_, at) => lost(at)).join(''));
  const { stdout } = await check('--format', 'github');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual(['error', 'warning', ...Array(13).fill('notice')]);
  expect(lines[11]).toBe('::notice title=more::… and 3 more of the kind; the log of this step tells them');
  expect(new Set(lines).size).toBe(15);
});

test('SARIF names rules, lines and other places', async () => {
  const { stdout } = await check('--format', 'sarif');
  const { runs } = JSON.parse(stdout);
  const { tool, results } = runs[0];
  expect(results[0]).toMatchObject({
    ruleId: 'port-of-service',
    level: 'error',
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'shop.yaml' }, region: { startLine: 42, startColumn: 11 } } },
    ],
    relatedLocations: [{ physicalLocation: { region: { startLine: 28 } } }],
  });
  expect(tool.driver.rules[results[0].ruleIndex].id).toBe('port-of-service');
});

test('a name that would end a command of a workflow is escaped', async () => {
  const stdin = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a' },
    stringData: { 'x%\n::error::y': 'z' },
  });
  const { stdout } = await commandLine(['check', '-', '--format', 'github'], { stdin });
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stdout).toContain('x%25%0A::error::y');
});
