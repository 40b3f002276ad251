import { Readable, Writable } from 'node:stream';
import { run } from '../cli/run';

/** What a run of the command line wrote and took. */
export interface Command {
  readonly lines: number;
  /** Milliseconds of the processor, all threads together. */
  readonly time: number;
}

/**
 * Runs the command line in this process. Nothing is printed, but counted.
 *
 * @throws Error where it does not end with 0
 */
export async function commandMeasured(argv: readonly string[], cwd: string): Promise<Command> {
  let lines = 0;
  const counting = new Writable({
    write(chunk: Buffer | string, _, done) {
      lines += String(chunk).split('\n').length - 1;
      done();
    },
  });
  const start = process.cpuUsage();
  const status = await run(argv, {
    stdin: Readable.from([]),
    stdout: counting,
    stderr: process.stderr,
    cwd,
    env: {},
    version: '0.0.0',
    onInterrupt: () => () => {},
  });
  if (status !== 0) {
    throw new Error(`${argv[0]} ended with ${status}`);
  }
  const { user, system } = process.cpuUsage(start);
  return { lines, time: (user + system) / 1000 };
}
