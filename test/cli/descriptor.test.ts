import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Descriptor } from '../../cli/descriptor';

const never = () => {
  throw new Error('it is no terminal');
};

test('a file gets what is written at once, without a stream of Node.js', () => {
  const folder = mkdtempSync(join(tmpdir(), 'descriptor-'));
  const file = join(folder, 'answer');
  const fd = openSync(file, 'w');
  const sink = Descriptor.of(fd, never);
  let done = 0;
  const count = () => {
    done += 1;
  };
  expect([sink.write('naïve ', count), sink.write(Buffer.from('bytes'), count), sink.write('', count)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([readFileSync(file, 'utf8'), done, sink.destroyed]).toEqual(['naïve bytes', 3, false]);
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

test('an error is told, and nothing is written after it', () => {
  const fd = openSync(tmpdir(), 'r');
  closeSync(fd);
  const broken = openSync('/dev/null', 'r');
  const sink = Descriptor.of(broken, never);
  const errors: (string | undefined)[] = [];
  sink.on('error', ({ code }: NodeJS.ErrnoException) => errors.push(code));
  let done = 0;
  for (const text of ['one', 'two']) {
    sink.write(text, () => {
      done += 1;
    });
  }
  expect([errors, done, sink.destroyed]).toEqual([['EBADF'], 2, true]);
  closeSync(broken);
});

test('what may be a terminal is opened by Node.js', () => {
  const stream = new PassThrough();
  const isThere = existsSync('/dev/zero');
  const fd = isThere ? openSync('/dev/zero', 'w') : 1_000_000;
  expect(Descriptor.of(fd, () => stream)).toBe(stream);
  if (isThere) {
    closeSync(fd);
  }
});

test('a pipe that does not wait is written by Node.js from where it was full, and nothing is lost', () => {
  // Who opened the pipe before made it one that does not wait, and was killed before it could take that back.
  const pods = `for i in $(seq 300); do echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p'$i'"}}'; echo ---; done`;
  const setUp = `node -e 'process.stdout; process.kill(process.pid, "SIGKILL")'`;
  const cli = `node ${join(__dirname, '../../bin/cdk8s-networking.js')} connections - -f csv`;
  const script = `{ ${pods}; } > pods.yaml; ${cli} < pods.yaml > all; { ${setUp}; ${cli} < pods.yaml; } | (sleep 1; cat) > read; cmp all read && wc -l < all`;
  const folder = mkdtempSync(join(tmpdir(), 'descriptor-'));
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect([Number(stdout), stderr.replace(/^.*Killed.*\n/gm, '')]).toEqual([300 * 299 + 2 * 300 * 2 + 1, '']);
});
