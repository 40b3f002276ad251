import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { commandLine } from '../command-line';
import { type Loopback, RIGHT, serve, splitListener } from '../split-server';

const FIXTURES = join(__dirname, '../fixtures');

let folder: string;
let server: Loopback;
const names: (string | false | null)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=shop.example.com', '-addext', 'subjectAltName=DNS:shop.example.com'];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'ignore' });
  const split = splitListener(RIGHT);
  server = await serve(
    (request, response) => {
      names.push((request.socket as TLSSocket & { servername?: string | false }).servername ?? null);
      split(request, response);
    },
    { key: readFileSync(key), cert: readFileSync(cert) },
  );
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const url = () => `https://shop.example.com:${server.port}/`;
const resolve = () => ['--resolve', `shop.example.com:${server.port}:127.0.0.1`];
const probe = (...argv: string[]) => commandLine(['probe', ...argv, '--rate', '1000'], { cwd: FIXTURES });

test('a self-signed certificate is refused, with the way to accept it', async () => {
  const { status, stdout, stderr } = await probe(url(), ...resolve(), '-n', '2');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /the certificate of 127\.0\.0\.1:\d+ is not accepted: self-signed certificate; --insecure takes it as it is \(2\)/,
  );
});

test('--insecure takes it, and the split is measured as over http', async () => {
  const by = ['--group-by', 'Pod: ([^<]+)', '--expect', 'shop'];
  const { status, stdout } = await probe(url(), ...resolve(), '--insecure', '-n', '400', ...by);
  expect(stdout).toContain('consistent with the manifests: 95 % and 5 % (exact binomial test, p = 1)');
  expect(status).toBe(0);
}, 30_000);

test('the certificate is asked for by the name in the Host header', async () => {
  names.length = 0;
  await probe(url(), ...resolve(), '--insecure', '-n', '1');
  await probe(`https://127.0.0.1:${server.port}/`, '--host-header', 'shop.example.com', '--insecure', '-n', '1');
  await probe(`https://127.0.0.1:${server.port}/`, '--insecure', '-n', '1');
  expect(names).toEqual(['shop.example.com', 'shop.example.com', false]);
});

test('https to a server that speaks http, and the other way round', async () => {
  const plain = await serve((_, response) => response.end());
  const tls = await probe(`https://127.0.0.1:${plain.port}/`, '-n', '1');
  await plain.close();
  expect([tls.status, tls.stderr]).toEqual([
    2,
    expect.stringContaining('does not speak TLS as asked for; is it plain http?'),
  ]);
  const http = await probe(`http://127.0.0.1:${server.port}/`, '-n', '1');
  expect([http.status, http.stdout]).toEqual([2, '']);
});
