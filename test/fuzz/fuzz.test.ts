import { Readable } from 'node:stream';
import { commandLine } from '../cli/command-line';
import { PLANTS } from './plants';
import { complaint, round, TEXTS, VERBS } from './rounds';

// A part of `npm run fuzz` that is the same each time.

const READING = VERBS.filter((argv) => !argv.includes('BEFORE'));

test('bent manifests are answered or refused, with a line, and never by a crash', async () => {
  const failures = [];
  for (let seed = 1; seed <= 150; seed++) {
    const failure = await round(seed);
    if (failure !== undefined) {
      failures.push({ ...failure, bytes: failure.bytes.toString('latin1') });
    }
  }
  expect(TEXTS.length).toBeGreaterThan(100);
  expect(failures).toEqual([]);
});

test.each(READING.map((argv) => [argv.join(' '), argv] as const))('%s is asked in the right way', async (_, argv) => {
  const objects = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { a: 'b' }, ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web' },
      spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    },
  ];
  const { status, stderr } = await commandLine(argv, {
    stdin: objects.map((one) => JSON.stringify(one)).join('\n---\n'),
  });
  expect({ status: [0, 1].includes(status), stderr }).toEqual({
    status: true,
    stderr: expect.not.stringContaining('option'),
  });
});

const FINE = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'fine', namespace: 'shop' },
  spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
};

// Neither asks policies: what is wrong inside of one is no business of theirs.
const OF_REQUESTS = ['route', 'migrate'];

describe.each(PLANTS)('%s is passed over by no verb:', (_, object, named) => {
  const isInPolicy = object.kind === 'NetworkPolicy' && !/^(spec\.egres|podselector)$/.test(named);
  const verbs = READING.filter(([verb = '']) => !(isInPolicy && OF_REQUESTS.includes(verb)));
  test.each(verbs.map((argv) => [argv.join(' '), argv] as const))('%s', async (__, argv) => {
    // What is to be migrated has to be there.
    const beside = argv[0] === 'migrate' && object.kind !== 'Ingress' ? [FINE] : [];
    const stdin = [object, ...beside].map((one) => JSON.stringify(one, undefined, 2)).join('\n---\n');
    const { status, stderr } = await commandLine(argv, { stdin });
    const lines = stderr.split('\n').filter((line) => /^-:\d+: /.test(line) && line.includes(named));
    expect({ status, said: lines.length > 0 }).toEqual({ status: expect.any(Number), said: true });
    expect(status === 2 || !argv.includes('strict')).toBe(true);
  });
});

describe('input that is no text, or holds what no text holds, is told with its line', () => {
  test.each([
    [
      'bytes that are not UTF-8',
      Buffer.from([0x61, 0x3a, 0x20, 0x62, 0x0a, 0xff, 0x0a]),
      /^-:2: byte 1 of this line, 0xff, is not UTF-8/,
    ],
    ['a zero', Buffer.from('a: b\nc: \0\n'), /^-:2: byte 4 of this line is zero/],
    ['a control character', Buffer.from('a: b\nc: \u0007\n'), /^-:2: not YAML: a control character stands here, 0x07/],
    ['UTF-16', Buffer.from('\uFEFFa: b\n', 'utf16le'), /^-:1: the text is UTF-16/],
  ])('%s', async (_, bytes, expected) => {
    for (const argv of READING) {
      const { status, stderr } = await commandLine(argv, { stdin: Readable.from([bytes]) });
      expect(status).toBe(2);
      expect(stderr).toMatch(expected);
    }
  });
});

test('what goes wrong is seen', () => {
  const fine = { status: 0, stdout: '', stderr: '', ms: 5 };
  expect(complaint(fine)).toBeUndefined();
  expect(complaint({ ...fine, status: 3 })).toBe('it ended with 3');
  expect(complaint({ ...fine, stderr: 'x\n    at f (/a/b.js:1:2)' })).toMatch(/^a stack trace/);
  expect(complaint({ ...fine, stderr: "TypeError: Cannot read properties of null (reading 'ports')" })).toMatch(
    /^a stack trace/,
  );
  expect(complaint({ ...fine, ms: 60_000 })).toBe('it took 60000 ms');
  expect(complaint({ ...fine, status: 2 })).toBe('it ended with 2 and did not say why');
  expect(complaint({ ...fine, status: 2, stderr: '-: wrong' })).toBe('a message without line: -: wrong');
});
