import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { RIGHT, serve, splitListener } from './split-server';

// The program as it is installed. `npm test` builds it first.

const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, 'fixtures');
const BINARY = join(ROOT, 'bin/cdk8s-networking.js');

/** Runs a line of shell in which `$CLI` is the program. */
function shell(line: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const env = { ...process.env, CLI: `${process.execPath} ${BINARY}`, CI: 'true' };
  return spawnSync('bash', ['-c', `set -o pipefail; ${line}`], { cwd: FIXTURES, env, encoding: 'utf8' });
}

test('answers, with the status of the answer', () => {
  const { status, stdout, stderr } = shell('$CLI connections stars --from frontend --to backend -f csv');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')[1]).toBe('stars,Deployment,frontend,stars,Deployment,backend,TCP 6379');
});

test('has the version of the package', () => {
  expect(shell('$CLI --version').stdout.trim()).toBe(require(join(ROOT, 'package.json')).version);
});

test('fails with status 2 and a sentence, never with a stack trace', () => {
  const { status, stdout, stderr } = shell('$CLI connections nowhere');
  expect([status, stdout, stderr]).toEqual([2, '', 'nowhere: there is no such file or folder\n']);
});

test('reads standard input', () => {
  expect(shell('cat stars/apps.yaml | $CLI connections - -f csv | wc -l').stdout.trim()).toBe('29');
  expect(shell('$CLI connections <(cat stars/apps.yaml) stars/policies.yaml -f csv | wc -l').stdout.trim()).toBe('19');
});

test('ends quietly when its reader has enough, however much is left to say', () => {
  const pods = `for i in $(seq 1500); do echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p'$i'"}}'; echo ---; done`;
  const { stdout, stderr } = shell(`{ ${pods}; } | $CLI connections - -f csv | head -2 | wc -l`);
  expect([stdout.trim(), stderr]).toEqual(['2', '']);
});

test('says so when the disk is full', () => {
  const { status, stderr } = shell('$CLI connections stars > /dev/full');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^the result cannot be written: ENOSPC/);
});

test('can be started from any folder', () => {
  const argv = [BINARY, 'route', join(FIXTURES, 'shop'), '--url', 'http://shop.example.com/', '-f', 'json'];
  expect(JSON.parse(execFileSync(process.execPath, argv, { cwd: '/', encoding: 'utf8' })).outcome).toBe('backends');
});

test('a hundred requests may wait for their answer without a warning from Node', async () => {
  const server = await serve((_, response) => setTimeout(() => response.end(), 200));
  const argv = [BINARY, 'probe', `http://127.0.0.1:${server.port}/`, '--rate', '1000', '-n', '100', '-c', '100'];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  await server.close();
  expect(stderr).toMatch(/^100 of 100 requests answered in [\d.]+ s\n$/);
});

test('a probe that is interrupted with Ctrl-C stops sending and tells what it measured', async () => {
  const split = splitListener(RIGHT);
  let interrupt = () => {};
  const server = await serve((request, response) => {
    split(request, response);
    if (server.requests() === 20) {
      interrupt();
    }
  });
  const argv = [BINARY, 'probe', `http://127.0.0.1:${server.port}/`, '--rate', '200', '--count', '20000', '-f', 'json'];
  const child = spawn(process.execPath, argv);
  interrupt = () => child.kill('SIGINT');
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  await server.close();
  expect(output.stderr).toMatch(/^interrupted: \d+ of 20000 requests answered in [\d.]+ s\n$/);
  const { requests, groups } = JSON.parse(output.stdout);
  expect(requests.end).toBe('interrupted');
  expect(groups).toEqual([expect.objectContaining({ group: '200', count: requests.answered })]);
  expect(server.requests()).toBeLessThan(2000);
  expect(status).toBe(130);
});
