import { type Answer, type Condition, type Pattern, Routes } from '../../../analysis';
import fc from '../../helpers/random';
import { hasNginx, Nginx, quoted } from './nginx-process';
import { ingress, path, service } from './objects';

const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 300;

jest.setTimeout(300_000);

const withNginx = hasNginx() ? describe : describe.skip;

function texts(parts: readonly string[], count: number): string[] {
  const text = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
  return [...new Set(fc.sample(text, count))];
}

/** A release that takes values of any characters, so that all of them come to nginx. */
const UNCHECKED = { controllerVersion: '1.11' };

/** A main Service and a canary that only its header or cookie leads to. */
function withCanary(rules: Readonly<Record<string, string>>): Routes {
  const annotations = { canary: 'true', ...rules };
  return Routes.ofIngressNginx(
    [
      service('main'),
      service('canary'),
      ingress('main', { rules: [path('a.test', '/', 'Prefix', 'main')] }),
      ingress('canary', { annotations, rules: [path('a.test', '/', 'Prefix', 'canary')] }),
    ],
    UNCHECKED,
  );
}

function isCanary(answer: Answer): boolean {
  return answer.outcome === 'backends' && answer.backends[0]?.service === 'canary';
}

withNginx('real nginx', () => {
  let nginx: Nginx;
  beforeEach(() => {
    nginx = new Nginx();
  });
  afterEach(() => nginx.stop());

  test('resolves escapes, dots and slashes of a path in the same way, and refuses the same paths', async () => {
    const listen = `listen ${nginx.socket('socket')}`;
    await nginx.start(`server { ${listen}; return 301 https://else.test$uri$is_args$args; }`);
    const annotations = { 'permanent-redirect': 'https://else.test$uri$is_args$args' };
    const main = ingress('main', { annotations, rules: [path('a.test', '/', 'Prefix', 'main')] });
    const routes = Routes.ofIngressNginx([service('main'), main], UNCHECKED);
    const parts = [
      '/',
      '/',
      '.',
      '..',
      'a',
      '%41',
      '%2e',
      '%2F',
      '%2f',
      '%25',
      '%3f',
      '%23',
      '%c3%a9',
      '%',
      '?',
      '+',
      '%00',
    ];
    for (const text of texts(parts, RUNS)) {
      const uri = `/${text}`;
      const { status, location } = await nginx.ask('socket', uri, { Host: 'a.test' });
      const answer = routes.route({ url: `http://a.test${uri}` });
      const seen = status === 400 ? { uri, status } : { uri, status, location };
      const { outcome } = answer;
      const said = outcome === 'redirect' ? { location: answer.location } : {};
      expect(seen).toEqual({ uri, status: 'status' in answer ? answer.status : 0, ...said });
    }
  });

  test('takes a newline at the very end for the end of a path', async () => {
    const blocks = [
      'location ~* "^/a$" { return 200 end; }',
      'location ~* "^/.b" { return 200 any; }',
      'location / { return 200 none; }',
    ];
    await nginx.start(`server { listen ${nginx.socket('socket')}; ${blocks.join(' ')} }`);
    const routes = Routes.ofIngressNginx([
      ...['end', 'any', 'none'].map((name) => service(name)),
      ingress('main', {
        annotations: { 'use-regex': 'true' },
        rules: [
          path('a.test', '/a$', 'ImplementationSpecific', 'end'),
          path('a.test', '/.b', 'ImplementationSpecific', 'any'),
          path('a.test', '/', 'Prefix', 'none'),
        ],
      }),
    ]);
    for (const uri of ['/a', '/a%0A', '/a%0Ab', '/a%0A%0A', '/%0Ab', '/%0Db', '/%E2%80%A8b', '/%85b']) {
      const { body } = await nginx.ask('socket', uri, { Host: 'a.test' });
      const answer = routes.route({ url: `http://a.test${uri}` });
      const said = answer.outcome === 'backends' ? answer.backends[0]?.service : answer.outcome;
      expect([uri, said]).toEqual([uri, body]);
    }
  });

  test('finds the same value of a cookie', async () => {
    await nginx.start(`server { listen ${nginx.socket('socket')}; return 200 $cookie_ck; }`);
    const routes = withCanary({ 'canary-by-cookie': 'ck' });
    const parts = ['ck', 'CK', 'ckx', 'a', '=', ' = ', 'always', 'never', ';', '; ', ', ', ' ', 'ck=always'];
    for (const cookie of texts(parts, RUNS)) {
      const { body } = await nginx.ask('socket', '/', { Host: 'a.test', Cookie: cookie });
      const answer = routes.route({ url: 'http://a.test/', headers: { Cookie: cookie } });
      expect([cookie, isCanary(answer)]).toEqual([cookie, body === 'always']);
    }
  });

  test('reads a header under the same name', async () => {
    await nginx.start(`server { listen ${nginx.socket('socket')}; return 200 $http_x_foo; }`);
    for (const [name, sent] of ['X-Foo', 'x_foo', 'x-FOO', 'xfoo'].flatMap((a) =>
      ['x-foo', 'X_FOO', 'Xfoo'].map((b) => [a, b]),
    )) {
      const routes = withCanary({ 'canary-by-header': name as string });
      const headers = { [sent as string]: 'always' };
      const { body } = await nginx.ask('socket', '/', { Host: 'a.test', ...headers });
      const expected = name === 'xfoo' ? sent === 'Xfoo' : body === 'always';
      expect([name, sent, isCanary(routes.route({ url: 'http://a.test/', headers }))]).toEqual([name, sent, expected]);
    }
  });

  test('refuses the same names of aliases', () => {
    const listen = `listen ${nginx.socket('socket')}`;
    const names = ['~', '~^(a', '~a', 'A', ...texts(['*', '.', 'a', '*.', '.*', 'b.'], RUNS / 10)];
    for (const name of names) {
      const refusal = nginx.test(`server { ${listen}; server_name ${name}; } server { ${listen}; server_name _; }`);
      const annotations = { 'server-alias': name };
      const main = ingress('main', { annotations, rules: [path('c.test', '/', 'Prefix', 'main')] });
      const { problems } = Routes.ofIngressNginx([service('main'), main], UNCHECKED);
      expect([name, problems.map(({ code }) => code)]).toEqual([name, refusal === '' ? [] : ['bad-configuration']]);
    }
  });

  test('matches the same texts with every regular expression that is said to be the same in JavaScript', async () => {
    const parts = [
      'a',
      'b',
      '-',
      '_',
      '.',
      '[ab]',
      '[^a]',
      '[b-',
      '[a-\\w]',
      '[[:alpha:]_]',
      '[]a]',
      ']',
      '\\d',
      '\\W',
      '\\s',
    ];
    const more = [
      '\\b',
      '^',
      '$',
      '(',
      ')',
      '(?:',
      '(?=',
      '(?!',
      '(?<=',
      '|',
      '*',
      '+',
      '?',
      '{2}',
      '{1,}',
      '{,2}',
      '{',
      '}',
    ];
    const rare = ['++', '\\Q', '\\x61', '\\1', '\\.', '\\/', '\\_', '(?<n>', '(?>', '\\z', '\\A', '(?i)', '(*UTF)'];
    const patterns = texts([...parts, ...parts, ...more, ...rare], RUNS * 3)
      // To nginx, ~* is an operator.
      .filter((source) => !source.startsWith('*'))
      .map((source) => ({
        source,
        routes: withCanary({ 'canary-by-header': 'foo', 'canary-by-header-pattern': source }),
      }));
    const exact = patterns.filter(({ routes }) => patternOf(routes)?.state === 'exact');
    const broken = patterns.filter(({ routes }) => patternOf(routes)?.state === 'broken');
    expect([exact.length > 100, broken.length > 50]).toEqual([true, true]);
    const maps = exact.map(({ source }, index) => `map $http_foo $m${index} { ${quoted(`~${source}`)} 1; default 0; }`);
    const chunks = Array.from({ length: Math.ceil(exact.length / 400) }, (_, chunk) => chunk * 400);
    const answers = chunks.map((start) => {
      const values = exact.slice(start, start + 400).map((_, index) => `$m${start + index}`);
      return `location /${start}. { return 200 ${values.join('')}; }`;
    });
    const sized = 'map_hash_max_size 65536; variables_hash_max_size 65536;';
    const http = `${sized} ${maps.join('\n')} server { listen ${nginx.socket('socket')}; ${answers.join('\n')} }`;
    await nginx.start(http);
    const samples = texts(['a', 'b', 'A', '-', '_', '1', '.', ' ', '}', 'aa', ']'], 60).map((one) => one.trim());
    for (const text of samples.filter((one) => one !== '')) {
      let body = '';
      for (const start of chunks) {
        body += (await nginx.ask('socket', `/${start}.`, { Host: 'a.test', Foo: text })).body;
      }
      const said = exact.map(({ routes }) => isCanary(routes.route({ url: 'http://a.test/', headers: { Foo: text } })));
      const wrong = exact.filter((_, index) => (body[index] === '1') !== said[index]).map(({ source }) => source);
      expect([text, wrong]).toEqual([text, []]);
    }
    for (const { source } of broken.slice(0, 50)) {
      const refusal = nginx.test(`map $http_foo $m { ${quoted(`~${source}`)} 1; }`);
      expect([source, refusal]).toEqual([source, expect.stringContaining('pcre')]);
    }
  });
});

/** The pattern of the only canary rule. */
function patternOf({ model }: Routes): Pattern | undefined {
  const conditions = model.listeners
    .flatMap(({ hosts }) => hosts.flatMap(({ routes }) => routes))
    .flatMap(({ decisions }) => decisions.flatMap(({ when }) => when));
  const header = conditions.find((one): one is Condition & { kind: 'header' } => one.kind === 'header');
  if (header === undefined) {
    return undefined;
  }
  // A broken pattern is no condition any more: whoever sends the header stays with the main backend.
  const { value } = header;
  return value.is === 'like'
    ? value.pattern
    : { source: '', ignoreCase: false, javascript: undefined, state: 'broken', why: '' };
}
