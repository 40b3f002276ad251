import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './command-line';

const FIXTURES = join(__dirname, 'fixtures');
const route = (argv: readonly string[], stdin?: string) => commandLine(['route', ...argv], { cwd: FIXTURES, stdin });

async function answerOf(...argv: string[]): Promise<unknown> {
  const { status, stdout } = await route(['shop', ...argv, '--format', 'json']);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

test('the weight of the canary gives it 5 % of the requests', async () => {
  expect(await answerOf('--url', 'http://shop.example.com/')).toEqual({
    outcome: 'backends',
    rule: { kind: 'Ingress', namespace: 'shop', name: 'shop', host: 'shop.example.com', path: '/', pathType: 'Prefix' },
    backends: [
      { namespace: 'shop', service: 'frontend', port: 80, probability: 0.95 },
      { namespace: 'shop', service: 'frontend-canary', port: 80, probability: 0.05 },
    ],
    upstream: { path: '/', host: 'shop.example.com' },
  });
});

test('a header may be given with spaces around its value, and again for others', async () => {
  const answer = await answerOf('--url', 'http://shop.example.com/', '-H', 'X-Other:1', '-H', 'foo:   bar ');
  expect(answer).toMatchObject({ backends: [{ service: 'frontend-canary', probability: 1 }] });
});

test('the header Host stands in for the host of the URL', async () => {
  const answer = await answerOf('--url', 'http://203.0.113.7/', '-H', 'Host: shop.example.com');
  expect(answer).toMatchObject({ outcome: 'backends' });
});

test('answers to many requests come in their order', async () => {
  const requests = ['http://unknown.example.com/', 'http://admin.example.com/a', 'http://shop.example.com/'].map(
    (url) => ({ url }),
  );
  const { status, stdout } = await route(['shop', '--requests', '-', '-f', 'json'], JSON.stringify(requests));
  expect(status).toBe(0);
  expect(JSON.parse(stdout).map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'not-found',
    'redirect',
    'backends',
  ]);
});

test('no requests have no answers', async () => {
  expect(await route(['shop', '--requests', '-', '-f', 'json'], '[]')).toMatchObject({ status: 0, stdout: '[]\n' });
});

test('headers of requests may be called what every object has', async () => {
  const requests =
    '[{ "url": "http://shop.example.com/", "headers": { "__proto__": "x", "toString": "y", "FOO": "bar" } }]';
  const { stdout } = await route(['shop', '--requests', '-', '-f', 'json'], requests);
  expect(JSON.parse(stdout)[0]).toMatchObject({ backends: [{ service: 'frontend-canary', probability: 1 }] });
});

test('fails with the place of each entry that is no request', async () => {
  const requests =
    '[{ "url": "http://a/" }, { "url": "/cart" }, { "url": "http://a/", "method": "get it" }, { "url": "http://b/", "headers": { "a b": "c" } }]';
  const { status, stdout, stderr } = await route(['shop', '--requests', '-'], requests);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')).toEqual([
    '-: request [1]: url is "/cart"; give an absolute one such as "http://shop.example.com/cart"',
    '-: request [2]: method is "get it"; give one in capitals such as "GET"',
    '-: request [3]: header name "a b": use letters, digits and "-"',
    '',
  ]);
});

test.each([
  ['', '-: there is nothing in it; give a JSON array'],
  ['{ "url": "http://a/" }', '-:1: it begins with "{ \\"url\\": \\"http://a/\\""; give a JSON array'],
  ['[\n{ "url": "http://a/" },\n', '-:3: the array does not end: "]" is missing behind item [1]'],
  ['[{ "url": "http://a/" },\n]', '-:2: item [1] is empty: there is a comma too many'],
  ['[{ "url": "http://a/" }]\n[]', '-:2: more text stands behind the "]" that ends the array'],
  ['[{ "url": "http://a/" },\n { "url": http }]', /^-:2: request \[1\] is not JSON: /],
  [
    Buffer.from([0x5b, 0x0a, 0x22, 0xff, 0x22, 0x5d]),
    '-:2: request [0]: byte 2 of this line, 0xff, is not UTF-8; save the file as UTF-8, or give YAML or JSON',
  ],
  [Buffer.from([0xff, 0xfe, 0x5b, 0x00]), '-:1: the text is UTF-16; save it as UTF-8'],
])('%j is no list of requests, and the line is told', async (requests, message) => {
  const { status, stdout, stderr } = await route(['shop', '--requests', '-'], requests as string);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.trimEnd()).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});

test('requests may stand in a file that begins with a byte order mark', async () => {
  const answer = await route(
    ['shop', '--requests', '-', '-f', 'json'],
    '\uFEFF[{ "url": "http://shop.example.com/" }]',
  );
  expect(answer).toMatchObject({ status: 0, stdout: expect.stringContaining('"outcome":"backends"') });
});

test('ten thousand requests of a file are answered as one by one, in their order', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'requests-')), 'requests.json');
  const urls = Array.from(
    { length: 10_000 },
    (_, index) => `http://shop.example.com/${'x'.repeat(index % 97)}?n=${index}`,
  );
  writeFileSync(
    file,
    JSON.stringify(
      urls.map((url) => ({ url })),
      undefined,
      1,
    ),
  );
  const [json, text] = await Promise.all([
    route(['shop', '--requests', file, '-f', 'json']),
    route(['shop', '--requests', file]),
  ]);
  const seen = JSON.parse(json.stdout).map(({ upstream }: { upstream: { path: string } }) => upstream.path);
  expect(seen).toEqual(urls.map((url) => url.slice('http://shop.example.com'.length)));
  expect(text.stdout.split('\n\n').map((paragraph) => paragraph.split('\n')[0])).toEqual(urls);
});

test('a request that leads nowhere is told with its status and why, and is an answer like others', async () => {
  const { status, stdout } = await route(['shop', '--url', 'https://admin.example.com/old']);
  expect(status).toBe(0);
  expect(stdout).toContain('error 503: Service shop/admin-old does not exist');
});

test('what a terminal would obey is shown and not done', async () => {
  const { stdout } = await route(['shop', '--url', 'http://shop.example.com/a?\x1b[2J'], undefined);
  expect(stdout).not.toContain('\x1b');
  expect(stdout).toContain('\\x1b[2J');
});

test('notes on the manifests go to standard error', async () => {
  const manifests = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: lonely
  annotations: { nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "5" }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }]
`;
  const { status, stderr } = await route(['-', '--url', 'http://shop.example.com/', '-f', 'json'], manifests);
  expect(status).toBe(0);
  expect(stderr).toMatch(/^-:\d+: note: Ingress default\/lonely: /m);
});

describe('the table of all routes', () => {
  const manifests = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations: { nginx.ingress.kubernetes.io/auth-url: "http://auth.example.com/a|b" }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /cart, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
`;
  /** A release that takes the "|" of the URL. */
  const UNCHECKED = ['--controller-version', '1.11'];
  const NOTE =
    'auth-url "http://auth.example.com/a|b" of Ingress shop/web asks another server first, which may refuse the request or send it to a login';

  test('has below it what manifests cannot decide, once for all routes that it is about', async () => {
    const { stdout } = await route(['-', ...UNCHECKED], manifests);
    expect(stdout.split('\n').slice(3)).toEqual(['', `note shop.example.com/ and 1 more: ${NOTE}`, '']);
  });

  test('has it as a list in Markdown, and as a column for scripts', async () => {
    const markdown = (await route(['-', '-f', 'markdown', ...UNCHECKED], manifests)).stdout;
    expect(markdown.split('\n').slice(4)).toEqual([
      '',
      `- shop.example.com/ and 1 more: ${NOTE.replace('a|b', 'a\\|b')}`,
      '',
    ]);
    const [head, first] = (await route(['-', '-f', 'csv', ...UNCHECKED], manifests)).stdout.split('\n');
    expect(head).toBe('host,path,path_type,tls,to,canary,rule,when,listener,notes');
    expect(first).toBe(`shop.example.com,/,Prefix,no,web:80,,Ingress shop/web,,,"${NOTE.replaceAll('"', '""')}"`);
  });

  test('has nothing below it where nothing is open', async () => {
    const { stdout } = await route(['-'], manifests.replace('auth-url', 'none'));
    expect(stdout.split('\n').slice(3)).toEqual(['']);
  });
});

describe('a controller that is not among the manifests', () => {
  const manifests = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/permanent-redirect: https://new.example.com$request_uri
    nginx.ingress.kubernetes.io/force-ssl-redirct: "true"
spec:
  ingressClassName: nginx
  rules:
    - host: a.test
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: infra }
data: { ssl-redirect: "off" }
`;
  const ask = (...argv: string[]) => route(['-', '--url', 'http://a.test/x', '-f', 'json', ...argv], manifests);

  test('is of the release that --controller-version tells, and warnings say what was taken', async () => {
    const old = await ask('--controller-version', '1.11.5');
    expect(JSON.parse(old.stdout)).toMatchObject({
      outcome: 'redirect',
      location: 'https://new.example.com/x',
      warnings: [
        {
          source: '-:8',
          message:
            'Ingress default/web: annotation nginx.ingress.kubernetes.io/force-ssl-redirct is none that ingress-nginx reads; did you mean nginx.ingress.kubernetes.io/force-ssl-redirect?',
        },
      ],
    });
    const last = await ask('--controller-version', '1.15');
    expect(last.status).toBe(0);
    expect(JSON.parse(last.stdout)).toMatchObject({ outcome: 'not-found', warnings: [{}, {}] });
    expect(last.stderr).toContain(
      'for which release 1.15 ignores the whole Ingress; use letters, digits and -._~/:,?&= only',
    );
  });

  test('is refused in strict input, with the line', async () => {
    const { status, stderr } = await ask('--input', 'strict');
    expect([status, stderr.match(/^-:[78]: /gm)]).toEqual([2, ['-:7: ', '-:8: ']]);
  });

  test('reads the ConfigMap that --config-map names', async () => {
    const { stdout, stderr } = await ask('--config-map', 'infra/settings');
    expect(JSON.parse(stdout).warnings).toHaveLength(3);
    expect(stderr).toContain(
      '-:19: warning: ConfigMap infra/settings: data.ssl-redirect is "off", which counts as not given',
    );
    expect(await ask('--config-map', 'infra/other')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--config-map: there is no ConfigMap "infra/other"; there are infra/settings'),
    });
  });

  test.each([
    [['--controller-version', '1.7'], 'Give a release from 1.8 to 1.15, with its patch or without: 1.15, 1.12.1.'],
    [['--controller-version', 'latest'], 'Give a release from 1.8 to 1.15, with its patch or without: 1.15, 1.12.1.'],
    [['--config-map', 'settings'], 'Give NAMESPACE/NAME, e.g. ingress-nginx/ingress-nginx-controller.'],
  ])('fails %j', async (argv, message) => {
    expect(await ask(...argv)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});
