import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { commandLine, type Ran, type World } from '../command-line';
import { type Loopback, RIGHT, type Split, serve, splitListener } from '../split-server';

const FIXTURES = join(__dirname, '../fixtures');

/** Probes a server of its own; `URL` among the arguments is where it listens. */
async function probe(listener: RequestListener, argv: readonly string[], world: World = {}): Promise<Ran & Loopback> {
  const server = await serve(listener);
  try {
    const own = argv.map((word) => word.replaceAll('URL', `http://127.0.0.1:${server.port}`));
    return { ...(await commandLine(['probe', ...own], { cwd: FIXTURES, ...world })), ...server };
  } finally {
    await server.close();
  }
}

const fine: RequestListener = (_, response) => response.end('fine');
const FAST = ['--rate', '1000'];

describe('what is sent', () => {
  test('a GET of path and query with the headers that were given, each on a connection of its own', async () => {
    const seen: IncomingMessage[] = [];
    const { requests } = await probe(
      (request, response) => {
        seen.push(request);
        response.end();
      },
      [
        'URL/a%20b?c=d#e',
        '-n',
        '5',
        ...FAST,
        '-H',
        'FOO: b\u00e4r',
        '-H',
        'user-agent: me',
        '--host-header',
        'shop.example.com',
      ],
    );
    expect(requests()).toBe(5);
    expect(new Set(seen.map(({ socket }) => socket)).size).toBe(5);
    const [first] = seen;
    expect([first?.method, first?.url]).toEqual(['GET', '/a%20b?c=d']);
    expect(first?.headers).toEqual({
      host: 'shop.example.com',
      foo: Buffer.from('b\u00e4r').toString('latin1'),
      'user-agent': 'me',
      accept: '*/*',
      connection: 'close',
    });
  });

  test('with --keep-alive, connections are used again', async () => {
    const sockets = new Set<unknown>();
    await probe(
      (request, response) => {
        sockets.add(request.socket);
        response.end();
      },
      ['URL', '-n', '20', '-c', '1', ...FAST, '--keep-alive'],
    );
    expect(sockets.size).toBe(1);
  });

  test('so many wait for an answer at a time as --concurrency says, and no more', async () => {
    const waiting: ServerResponse[] = [];
    let most = 0;
    const { stderr } = await probe(
      (_, response) => {
        waiting.push(response);
        most = Math.max(most, waiting.length);
        if (waiting.length === 15) {
          // Long enough for a sixteenth to come, if one were sent.
          setTimeout(() => {
            for (const held of waiting.splice(0)) {
              held.end();
            }
          }, 50);
        }
      },
      ['URL', '-n', '60', '-c', '15', ...FAST],
    );
    expect(most).toBe(15);
    expect(stderr).toMatch(/^60 of 60 requests answered in [\d.]+ s\n$/);
  });

  test('a redirect is an answer, and nobody follows it', async () => {
    let elsewhere = 0;
    const other = await serve((_, response) => {
      elsewhere++;
      response.end();
    });
    const { stdout } = await probe(
      (_, response) => response.writeHead(308, { Location: `http://127.0.0.1:${other.port}/` }).end(),
      ['URL', '-n', '3', ...FAST],
    );
    await other.close();
    expect(stdout).toContain('308        3  100 %');
    expect(elsewhere).toBe(0);
  });

  test('the name of a URL leads to the address of --resolve and nowhere else', async () => {
    const server = await serve((request, response) => response.end(request.headers.host));
    const name = `shop.invalid:${server.port}`;
    const { status, stdout } = await commandLine([
      ...['probe', `http://${name}/`, '--resolve', `${name}:127.0.0.1`, '-n', '2', '--group-by', '.+', '-f', 'json'],
    ]);
    await server.close();
    expect(status).toBe(0);
    expect(JSON.parse(stdout).groups).toEqual([expect.objectContaining({ group: name, count: 2 })]);
  });
});

describe('what has no answer', () => {
  test('nothing listens: ten requests, and then it gives up', async () => {
    const { close, port } = await serve(fine);
    await close();
    const { status, stdout, stderr } = await commandLine(['probe', `http://127.0.0.1:${port}/`, ...FAST]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `nothing answers at http://127.0.0.1:${port}/\n127.0.0.1:${port} refused the connection: nothing listens there (10)\n`,
    );
  });

  test('a server that takes the request and stays silent', async () => {
    const { status, stderr } = await probe(() => {}, ['URL', '-n', '2', ...FAST, '--timeout', '0.05']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^nothing answers at .+\n127\.0\.0\.1:\d+: no answer within 0\.05 s \(2\)\n$/);
  });

  test('a server that begins its answer and never ends it', async () => {
    const { status, stderr } = await probe(
      (_, response) => response.write('Pod: '),
      ['URL', '-n', '1', '--timeout', '0.05'],
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining('no answer within 0.05 s (1)')]);
  });

  test('a server that breaks its answer off', async () => {
    const { status, stderr } = await probe(
      (request, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('x', () => request.socket.destroy());
      },
      ['URL', '-n', '1'],
    );
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('closed the connection before its answer was complete (1)'),
    ]);
  });

  test('something that is not HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { status, stderr } = await commandLine(['probe', `http://127.0.0.1:${port}/`, '-n', '1']);
    server.close();
    expect(status).toBe(2);
    expect(stderr).toContain(`127.0.0.1:${port} answered with what is not HTTP; is it https?`);
  });

  test('some of the requests: they are told, and the answers count', async () => {
    let count = 0;
    const { status, stdout, stderr } = await probe(
      (request, response) => {
        count++;
        if (count % 4 === 0) {
          request.socket.destroy();
        } else {
          response.end();
        }
      },
      ['URL', '-n', '40', ...FAST, '-f', 'json'],
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^30 of 40 requests answered in .+\n10 without answer: .+ closed the connection .+ \(10\)\n$/,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      requests: { planned: 40, answered: 30, failed: 10, end: 'done', failures: [{ count: 10 }] },
      groups: [{ group: '200', count: 30, share: 1 }],
    });
  });
});

describe('requests without answer', () => {
  /** A shop that breaks off some of its answers. */
  const losing = (split: Split, isLost: (pod: string, count: number) => boolean): RequestListener => {
    const answer = splitListener(split);
    let count = 0;
    return (request, response) => {
      count++;
      const end = response.end.bind(response);
      response.end = ((text: string) =>
        isLost(String(response.getHeader('X-Pod')), count) ? request.socket.destroy() : end(text)) as never;
      answer(request, response);
    };
  };
  const SHOP = ['--host-header', 'shop.example.com', '--group-by-header', 'X-Pod', '--expect', 'shop'];

  test('leave it undecided where they may have been bound for a canary that should get fewer', async () => {
    const split: Split = [
      ['frontend-1', 880],
      ['frontend-canary-1', 50],
      ['frontend-canary-2', 70],
    ];
    const broken = losing(split, (pod) => pod === 'frontend-canary-2');
    const { status, stdout } = await probe(broken, ['URL', '-n', '200', ...FAST, ...SHOP]);
    expect(stdout).toMatch(
      /\n\nundecided: 14 requests had no answer; where they were bound for decides whether this is consistent with the manifests\n$/,
    );
    expect(status).toBe(2);
  });

  test('change nothing where they are too few to matter', async () => {
    const { status, stdout } = await probe(
      losing(RIGHT, (_, count) => count === 7),
      ['URL', '-n', '200', ...FAST, ...SHOP],
    );
    expect(stdout).toMatch(/\n\nconsistent with the manifests: /);
    expect(status).toBe(0);
  });

  test('do not excuse a difference', async () => {
    const wrong: RequestListener = (_, response) => {
      response.setHeader('X-Pod', 'frontend-canary-1');
      response.end();
    };
    let count = 0;
    const { status } = await probe(
      (request, response) => (count++ % 2 === 0 ? request.socket.destroy() : wrong(request, response)),
      ['URL', '-n', '60', ...FAST, ...SHOP],
    );
    expect(status).toBe(1);
  });
});

describe('manifests with Ingresses and Gateways', () => {
  const ASKED = ['--group-by-header', 'X-Pod', '--expect', 'both'];
  const web: RequestListener = (_, response) => {
    response.setHeader('X-Pod', 'web-1');
    response.end();
  };

  test('are compared with by the class or the Gateway that is chosen', async () => {
    const argv = ['URL', '-n', '5', ...FAST, ...ASKED, '--host-header', 'new.example.com'];
    expect(await probe(web, [...argv, '--gateway', 'infra/internal'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('consistent with the manifests: 100 %'),
    });
    expect(await probe(web, argv)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^--class or --gateway: there are Ingresses of the class "nginx", and the Gateways/,
      ),
    });
  });

  test('--gateway is of manifests', async () => {
    expect(await probe(web, ['URL', '--gateway', 'infra/internal'])).toMatchObject({
      status: 2,
      stderr: '--map, --class and --gateway are of manifests; give them by --expect\n',
    });
  });
});

describe('groups', () => {
  test('may be called what every object has, and what steers a terminal is only shown', async () => {
    const names = ['__proto__', 'toString', '\x1b[31mred'];
    let next = 0;
    const { stdout } = await probe(
      (_, response) => {
        response.end(names[next++ % 3]);
      },
      ['URL', '-n', '9', ...FAST, '--group-by', '.+'],
    );
    expect(stdout).not.toContain('\x1b');
    for (const name of ['__proto__', 'toString', '\\x1b[31mred']) {
      expect(stdout).toContain(`\n${name.padEnd(11)}      3  33.33 %`);
    }
  });

  test('come from the first group of the pattern, from each line, and from the first MiB', async () => {
    const body = `first: 1\nsecond: 2\n${'x'.repeat(2 * 1024 * 1024)}\nlast: 3\n`;
    const group = async (pattern: string) => {
      const { stdout } = await probe(
        (_, response) => response.end(body),
        ['URL', '-n', '1', '--group-by', pattern, '-f', 'json'],
      );
      return JSON.parse(stdout).groups[0].group;
    };
    expect(await group('^second: (\\d)$')).toBe('2');
    expect(await group('second: \\d')).toBe('second: 2');
    expect(await group('last')).toBe(null);
  });

  test('are told of a body that has no end as well', async () => {
    const { status, stdout } = await probe(
      (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(64 * 1024))) {}
        };
        response.write('Pod: endless\n');
        response.on('drain', more);
        more();
      },
      ['URL', '-n', '1', '--timeout', '5', '--group-by', 'Pod: .+'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('Pod: endless      1  100 %');
  });

  test('of which there are very many are not all printed', async () => {
    let next = 0;
    const { stdout } = await probe(
      (_, response) => response.end(String(next++)),
      [...['URL', '-n', '60', ...FAST, '--group-by', '\\d+']],
    );
    expect(stdout.trimEnd().split('\n')).toHaveLength(52);
    expect(stdout).toContain('… and 10 more groups');
  });

  test('of which one is unknown leave it undecided, however well the others fit', async () => {
    const { status, stdout, stderr } = await probe(
      splitListener([
        ['frontend-7f8b9c6d5-abcde', 940],
        ['frontend-canary-6c9f7d5b4-x2x4v', 50],
        ['stranger', 10],
      ]),
      [
        'URL',
        '-n',
        '200',
        ...FAST,
        '--host-header',
        'shop.example.com',
        '--group-by-header',
        'x-pod',
        '--expect',
        'shop',
      ],
    );
    expect(status).toBe(2);
    expect(stdout).toContain('undecided');
    expect(stderr).toContain(
      'stranger (2): no Service and no pod of the manifests has such a name; --map "stranger=SERVICE" says which\n',
    );
  });
});

describe('an end before its time', () => {
  test('an interrupted probe tells what it measured until then, and that it was interrupted', async () => {
    let interrupt = () => {};
    let count = 0;
    const { status, stdout, stderr, requests } = await probe(
      (_, response) => {
        count++;
        if (count === 30) {
          interrupt();
        }
        if (count < 30) {
          response.end();
        }
      },
      ['URL', '-n', '10000', '-c', '1', ...FAST, '-f', 'json'],
      {
        onListen: (listener) => {
          interrupt = listener;
        },
      },
    );
    expect(status).toBe(130);
    expect(requests()).toBe(30);
    expect(stderr).toMatch(/^interrupted: 29 of 10000 requests answered/);
    expect(JSON.parse(stdout)).toMatchObject({ requests: { answered: 29, failed: 0, end: 'interrupted' } });
  });

  test('an interrupted probe without any answer says so', async () => {
    const { status, stdout, stderr } = await probe(() => {}, ['URL'], {
      onListen: (interrupt) => setImmediate(interrupt),
    });
    expect([status, stdout, stderr]).toEqual([130, '', 'interrupted before there was any answer\n']);
  });

  test('--max-time ends it, and what was measured counts', async () => {
    let count = 0;
    const { status, stdout, stderr } = await probe(
      (_, response) => {
        count++;
        if (count <= 5) {
          response.end();
        }
      },
      ['URL', '-n', '10', ...FAST, '--max-time', '1', '-f', 'json'],
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/^the time is over: 5 of 10 requests answered/);
    expect(JSON.parse(stdout).requests).toMatchObject({ answered: 5, end: 'time' });
  });
});

describe('progress', () => {
  test('is a bar on a terminal, which is taken away at the end', async () => {
    const { stderr, stdout } = await probe(fine, ['URL', '-n', '20', ...FAST], { tty: true });
    expect(stderr).toContain('\r\x1b[K[##############################] 20 of 20\r\x1b[K20 of 20 requests answered');
    expect(stdout).not.toContain('\r');
  });

  test('is nothing where standard error is no terminal', async () => {
    expect((await probe(fine, ['URL', '-n', '20', ...FAST])).stderr).toMatch(
      /^20 of 20 requests answered in [\d.]+ s\n$/,
    );
  });
});
