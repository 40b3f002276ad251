import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Fields } from '../helpers/fields';
import { isInstalled } from '../helpers/installed';
import { commandLine } from './command-line';

const BINARY = join(__dirname, '../../bin/cdk8s-networking.js');
const DAY = 24 * 60 * 60 * 1000;

interface Issued {
  readonly secret: Fields;
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  readonly x509: X509Certificate;
  readonly stderr: string;
}

/** Runs the command and takes its Secret apart. */
async function issued(...argv: string[]): Promise<Issued> {
  const { status, stdout, stderr } = await commandLine(['certificate', ...argv]);
  expect(status).toBe(0);
  const secret = load(stdout) as Fields;
  const [certificate, key] = ['tls.crt', 'tls.key'].map((name) => Buffer.from(secret.data[name], 'base64').toString());
  return { secret, certificate: `${certificate}`, key: `${key}`, x509: new X509Certificate(`${certificate}`), stderr };
}

/** What is said where nothing can be done, once nothing has been printed. */
async function refused(...argv: string[]): Promise<string> {
  const { status, stdout, stderr } = await commandLine(['certificate', ...argv]);
  expect([status, stdout]).toEqual([2, '']);
  return stderr.trimEnd();
}

describe('the Secret', () => {
  test('is one of the type kubernetes.io/tls that holds certificate and key', async () => {
    const { secret } = await issued('--host', 'shop.example.com', '--name', 'web', '--namespace', 'shop');
    expect(secret).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'web', namespace: 'shop' },
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': expect.any(String), 'tls.key': expect.any(String) },
    });
  });

  test('names no namespace unless it is told one', async () => {
    expect((await issued('--host', 'shop.example.com')).secret.metadata).toEqual({ name: 'shop-tls' });
  });

  test.each([
    ['shop.example.com', 'shop-tls'],
    ['*.example.com', 'example-tls'],
    ['localhost', 'localhost-tls'],
    ['10.0.0.1', '10-0-0-1-tls'],
    ['FD00::1', 'fd00-1-tls'],
    ['::1', '0-1-tls'],
    ['::', '0--tls'],
    ['0:0::ffff:10.0.0.1', '0-ffff-a00-1-tls'],
  ])('of %s is called %s', async (host, name) => {
    expect((await issued('--host', host)).secret.metadata).toEqual({ name });
  });

  test('is all that is printed; what it is for goes to standard error', async () => {
    const { stderr, x509 } = await issued('--host', 'a.example.com', '--host', '*.b.example.com', '--days', '30');
    const until = new Date(x509.validTo).toISOString().slice(0, 10);
    expect(stderr).toBe(
      `Secret a-tls for a.example.com, *.b.example.com, self-signed, valid until ${until}.\n` +
        'It holds a private key: pipe it into kubectl apply -f -, and keep it out of the repository.\n',
    );
  });
});

describe('the certificate', () => {
  test('is for every host, DNS names as such and addresses as addresses', async () => {
    const hosts = ['shop.example.com', '*.shop.example.com', '10.0.0.1', 'fd00::1', 'shop.example.com'];
    const { x509 } = await issued(...hosts.flatMap((host) => ['--host', host]));
    expect(x509.subject).toBe('CN=shop.example.com');
    expect(x509.subjectAltName).toBe(
      'DNS:shop.example.com, DNS:*.shop.example.com, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1',
    );
    expect(x509.checkHost('cart.shop.example.com')).toBe('*.shop.example.com');
    expect(x509.checkHost('other.example.com')).toBeUndefined();
    expect(x509.checkIP('fd00::1')).toBe('fd00::1');
  });

  test('is that of a server, signed by its own key', async () => {
    const { x509, key } = await issued('--host', 'shop.example.com');
    expect([x509.ca, x509.issuer, x509.verify(x509.publicKey)]).toEqual([false, x509.subject, true]);
    expect(x509.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(x509.checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  test('has a key of ECDSA on P-256, as PKCS#8', async () => {
    const { key, x509 } = await issued('--host', 'shop.example.com');
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n[^-]+-----END PRIVATE KEY-----\n$/);
    expect([x509.publicKey.asymmetricKeyType, x509.publicKey.asymmetricKeyDetails]).toEqual([
      'ec',
      { namedCurve: 'prime256v1' },
    ]);
  });

  test('has a key of RSA with 2048 bits on request', async () => {
    const { x509 } = await issued('--host', 'shop.example.com', '--algorithm', 'rsa-2048');
    expect([x509.publicKey.asymmetricKeyType, x509.publicKey.asymmetricKeyDetails]).toEqual([
      'rsa',
      { modulusLength: 2048, publicExponent: 65537n },
    ]);
  });

  test.each([
    [365, []],
    [1, ['--days', '1']],
    [3650, ['--days', '3650']],
  ])('is valid from a little before now for %i days', async (days, argv) => {
    const before = Date.now();
    const { x509 } = await issued('--host', 'shop.example.com', ...argv);
    const [from, to] = [Date.parse(x509.validFrom), Date.parse(x509.validTo)];
    expect(to - from).toBe(days * DAY + 5 * 60_000);
    expect(to).toBeGreaterThan(before + days * DAY - 1000);
    expect(to).toBeLessThanOrEqual(Date.now() + days * DAY);
  });

  test('has a serial number and a key of its own each time', async () => {
    const [one, other] = [await issued('--host', 'a.example.com'), await issued('--host', 'a.example.com')];
    for (const { x509 } of [one, other]) {
      expect(x509.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    }
    expect(one.x509.serialNumber).not.toBe(other.x509.serialNumber);
    expect(one.key).not.toBe(other.key);
  });

  test('has another common name where the host is longer than one may be', async () => {
    const host = `${'a'.repeat(60)}.example.com`;
    const { x509 } = await issued('--host', host);
    expect([x509.subject, x509.subjectAltName]).toEqual(['CN=self-signed', `DNS:${host}`]);
  });
});

describe('what else reads it', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const withOpenssl = isInstalled('openssl', 'version') ? test : test.skip;
  withOpenssl.each(['ecdsa-p256', 'rsa-2048'])('openssl reads and verifies %s', async (algorithm) => {
    const hosts = ['--host', 'shop.example.com', '--host', '*.example.org', '--host', '10.0.0.1'];
    const { certificate, key } = await issued(...hosts, '--algorithm', algorithm);
    writeFileSync(join(folder, 'crt'), certificate);
    writeFileSync(join(folder, 'key'), key);
    const said = (...argv: string[]) => {
      const { stdout, stderr } = spawnSync('openssl', argv, { cwd: folder, encoding: 'utf8' });
      return stdout + stderr;
    };
    const text = said('x509', '-in', 'crt', '-noout', '-text');
    const usages = algorithm === 'rsa-2048' ? 'Digital Signature, Key Encipherment' : 'Digital Signature';
    for (const [name, value] of [
      ['X509v3 Basic Constraints: critical', 'CA:FALSE'],
      ['X509v3 Key Usage: critical', usages],
      ['X509v3 Extended Key Usage:', 'TLS Web Server Authentication'],
      ['X509v3 Subject Alternative Name:', 'DNS:shop.example.com, DNS:*.example.org, IP Address:10.0.0.1'],
    ]) {
      expect(text).toMatch(new RegExp(`${name} *\\n *${value?.replaceAll('*', '\\*')}\\n`));
    }
    const verify = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'crt'];
    expect(said(...verify, '-verify_hostname', 'a.example.org', 'crt')).toBe('crt: OK\n');
    expect(said(...verify, '-verify_ip', '10.0.0.1', 'crt')).toBe('crt: OK\n');
    expect(said(...verify, '-verify_hostname', 'a.example.com', 'crt')).toContain('hostname mismatch');
    expect(said('pkey', '-in', 'key', '-pubout')).toBe(said('x509', '-in', 'crt', '-noout', '-pubkey'));
  });

  test.each(['ecdsa-p256', 'rsa-2048'])('a server of HTTPS shows %s to clients that trust it', async (algorithm) => {
    const { certificate, key } = await issued('--host', 'shop.example.com', '--algorithm', algorithm);
    const server = createServer({ cert: certificate, key }, (_, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = (servername: string, ca?: string) =>
      new Promise((resolve) => {
        get({ host: '127.0.0.1', port, servername, ca, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      });
    try {
      expect(await answer('shop.example.com', certificate)).toBe(200);
      expect(await answer('other.example.com', certificate)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
      expect(await answer('shop.example.com')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    } finally {
      server.close();
    }
  });
});

describe('fails', () => {
  test.each([
    ['https://shop.example.com', '--host is "https://shop.example.com"; leave out the scheme "https://"'],
    ['shop.example.com/cart', '--host is "shop.example.com/cart"; leave out the path, which is a value of its own'],
    ['shop.example.com:443', '--host is "shop.example.com:443"; leave out the port'],
    ['[fd00::1]', '--host is "[fd00::1]"; leave out the brackets'],
    ['käse.example.com', '--host is "käse.example.com"; write it as "xn--kse-qla.example.com"'],
    ['*.日本.example', '--host is "*.日本.example"; write it as "*.xn--wgv71a.example"'],
    [
      'Shop.example.com',
      '--host is "Shop.example.com"; give a DNS name in lower case such as "shop.example.com" or "*.example.com"',
    ],
    ['*.com', '--host is "*.com"; give a DNS name in lower case such as "shop.example.com" or "*.example.com"'],
    ...['300.1.1.1', '010.0.0.1', 'fe80::1%eth0', ''].map((host) => [
      host,
      `--host is "${host}"; give a DNS name such as "shop.example.com" or an IP address such as "10.0.0.1" or "fd00::1"`,
    ]),
  ])('if the host is "%s"', async (host, message) => {
    expect(await refused('--host', `${host}`)).toBe(message);
  });

  test.each([
    [[], "required option '--host <host>' not specified"],
    [['--days', '0'], "option '--days <n>' argument '0' is invalid. Give a whole number from 1 to 3650."],
    [['--days', '3651'], "option '--days <n>' argument '3651' is invalid. Give a whole number from 1 to 3650."],
    [['--days', '1.5'], "option '--days <n>' argument '1.5' is invalid. Give a whole number from 1 to 3650."],
    [
      ['--algorithm', 'dsa'],
      "option '--algorithm <algorithm>' argument 'dsa' is invalid. Allowed choices are ecdsa-p256, rsa-2048.",
    ],
  ])('if the arguments are %j', async (argv, message) => {
    expect(await refused(...(argv.length > 0 ? ['--host', 'a.example.com'] : []), ...argv)).toBe(message);
  });

  test('if names can be none, and tells all mistakes at once', async () => {
    const names = ['--name', 'Web_TLS', '--namespace', 'a.b'];
    expect(await refused('--host', 'a:80', '--host', 'b:80', ...names)).toBe(
      [
        '--host is "a:80"; leave out the port',
        '--host is "b:80"; leave out the port',
        '--name is "Web_TLS"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
        '--namespace is "a.b"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
      ].join('\n'),
    );
  });
});

// The program as it is installed. `npm test` builds it first.
describe('below dist/', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    mkdirSync(join(folder, 'dist/shop'), { recursive: true });
    mkdirSync(join(folder, 'other/distribution'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function shell(line: string): { readonly status: number | null; readonly stderr: string } {
    const env = { ...process.env, CLI: `${process.execPath} ${BINARY} certificate --host shop.example.com` };
    return spawnSync('bash', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
  }
  const refusal = (file: string) =>
    `standard output goes to ${join(folder, file)}; a private key must not stand in dist/, which is committed and deployed: pipe it into kubectl apply -f -\n`;

  test.each([
    ['$CLI > dist/tls.yaml', 'dist/tls.yaml'],
    ['$CLI >> dist/shop/tls.yaml', 'dist/shop/tls.yaml'],
    ['cd dist && $CLI > tls.yaml', 'dist/tls.yaml'],
    ['cd dist/shop && $CLI > ../tls.yaml', 'dist/tls.yaml'],
    ['cd other && $CLI > ../dist/tls.yaml', 'dist/tls.yaml'],
  ])('nothing is written by %s', (line, file) => {
    expect(shell(line)).toMatchObject({ status: 2, stderr: refusal(file) });
    expect(readFileSync(join(folder, file), 'utf8')).toBe('');
  });

  (process.platform === 'linux' ? test : test.skip)('of another project nothing is written either', () => {
    mkdirSync(join(folder, 'project/dist'), { recursive: true });
    expect(shell('cd other && $CLI > ../project/dist/tls.yaml')).toMatchObject({
      status: 2,
      stderr: refusal('project/dist/tls.yaml'),
    });
  });

  // Where the system does not tell the path of an open file, or tells another one, its identity counts.
  test('nothing is written either when dist is a link to a folder of another name', () => {
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'other/dist'));
    expect(shell('cd other && $CLI > dist/tls.yaml')).toMatchObject({
      status: 2,
      stderr: refusal('other/dist/tls.yaml'),
    });
    expect(shell('cd other/distribution && $CLI > ../dist/tls.yaml')).toMatchObject({
      status: 2,
      stderr: refusal('other/dist/tls.yaml'),
    });
  });

  test('files elsewhere and pipes are written', () => {
    expect(shell('$CLI > tls.yaml && $CLI > other/distribution/dist && $CLI | cat > piped.yaml').status).toBe(0);
    for (const file of ['tls.yaml', 'other/distribution/dist', 'piped.yaml']) {
      expect(readFileSync(join(folder, file), 'utf8')).toContain('kubernetes.io/tls');
    }
    expect(existsSync(join(folder, 'dist/tls.yaml'))).toBe(false);
  });
});
