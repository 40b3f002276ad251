import { join } from 'node:path';
import { Readable } from 'node:stream';
import { commandLine } from './command-line';

const FIXTURES = join(__dirname, 'fixtures');

test('help goes to standard output and is no mistake', async () => {
  const { status, stdout, stderr } = await commandLine(['--help']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: cdk8s-networking/);
});

test('without a command the help goes to standard error, and the status is 2', async () => {
  const { status, stdout, stderr } = await commandLine([]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^Usage: cdk8s-networking/);
});

test('the version is that of the package', async () => {
  expect(await commandLine(['--version'])).toMatchObject({ status: 0, stdout: '1.2.3\n' });
});

test('names that every object has are no commands', async () => {
  for (const name of ['toString', 'constructor', '__proto__']) {
    const { status, stderr } = await commandLine([name]);
    expect([status, stderr]).toEqual([2, `unknown command '${name}'\n`]);
  }
});

describe('colours', () => {
  const argv = ['connections', 'stars'];
  const colored = (text: string) => text.includes('\x1b[');

  test('are for terminals', async () => {
    expect(colored((await commandLine(argv, { cwd: FIXTURES, tty: true })).stdout)).toBe(true);
    expect(colored((await commandLine(argv, { cwd: FIXTURES })).stdout)).toBe(false);
  });

  test.each<Record<string, string>>([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('are not written with %j', async (env) => {
    expect(colored((await commandLine(argv, { cwd: FIXTURES, tty: true, env })).stdout)).toBe(false);
  });

  test('are not turned on by CI where the output is no terminal', async () => {
    expect(colored((await commandLine(argv, { cwd: FIXTURES, env: { CI: 'true' } })).stdout)).toBe(false);
  });

  test('stay out of what programs read', async () => {
    for (const format of ['json', 'csv', 'markdown', 'dot', 'mermaid']) {
      const { stdout } = await commandLine([...argv, '-f', format], { cwd: FIXTURES, tty: true });
      expect(colored(stdout)).toBe(false);
    }
  });
});

test('results go to standard output, notes to standard error', async () => {
  const { status, stdout, stderr } = await commandLine(['connections', 'nodes', '-f', 'csv'], { cwd: FIXTURES });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^from_namespace,/);
  expect(stderr).toMatch(/^nodes\/agent\.yaml:2: note: /);
});

test('the same input gives the same bytes', async () => {
  for (const argv of [
    ['connections', 'shop', '-f', 'json'],
    ['route', 'shop', '-f', 'json'],
  ]) {
    const [one, other] = [await commandLine(argv, { cwd: FIXTURES }), await commandLine(argv, { cwd: FIXTURES })];
    expect(other.stdout).toBe(one.stdout);
  }
});

test('a mistake of the program itself is told in a sentence, with its place only on demand', async () => {
  const broken = () => new Readable({ read: (): never => outOfOrder() });
  const plain = await commandLine(['connections', '-'], { stdin: broken() });
  expect(plain.status).toBe(2);
  expect(plain.stderr).toMatch(/^This is a mistake of the program itself: out of order\nSet DEBUG=1 to see where/);
  expect(plain.stderr).not.toContain('    at ');
  expect((await commandLine(['connections', '-'], { stdin: broken(), env: { DEBUG: '1' } })).stderr).toContain(
    '    at ',
  );
});

function outOfOrder(): never {
  throw new Error('out of order');
}
