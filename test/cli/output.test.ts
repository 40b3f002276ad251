import { PassThrough, Writable } from 'node:stream';
import { Output } from '../../cli/output';
import { Refusal } from '../../cli/refusal';

const sink = () => new PassThrough().resume();

function* pieces(count: number, told: { made: number }): Generator<string> {
  for (let made = 0; made < count; made++) {
    told.made = made + 1;
    yield 'x'.repeat(1024);
  }
}

test('a result is made no faster than it is read', async () => {
  const stdout = new PassThrough({ highWaterMark: 1024 });
  const told = { made: 0 };
  const written = new Output({ stdout, stderr: sink() }).write(pieces(10_000, told));
  await new Promise((resolve) => setImmediate(resolve));
  expect(told.made).toBeLessThan(200);
  let read = 0;
  stdout.on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  await written;
  expect(told.made).toBe(10_000);
  expect(read).toBe(10_000 * 1024);
});

test('no listener stays behind, however often it had to wait', async () => {
  const stdout = new PassThrough({ highWaterMark: 1 });
  const output = new Output({ stdout, stderr: sink() });
  const before = stdout.listenerCount('close');
  const written = output.write(pieces(2000, { made: 0 }));
  stdout.resume();
  await written;
  expect(stdout.listenerCount('close')).toBe(before);
});

test('a reader that goes away ends the result quietly', async () => {
  const stdout = new PassThrough({ highWaterMark: 1 });
  const told = { made: 0 };
  const written = new Output({ stdout, stderr: sink() }).write(pieces(10_000, told));
  stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await written;
  expect(told.made).toBeLessThan(200);
});

test('fails with a sentence where the result cannot be written', async () => {
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
    },
  });
  await expect(new Output({ stdout, stderr: sink() }).write(['x'])).rejects.toEqual(
    new Refusal(['the result cannot be written: ENOSPC: no space left on device, write']),
  );
});
