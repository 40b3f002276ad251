import { Readable, Writable } from 'node:stream';
import { run } from '../../cli/run';

/** What the command line is given besides its arguments. */
export interface World {
  readonly cwd?: string;
  readonly stdin?: string | Readable | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether output goes to a terminal. */
  readonly tty?: boolean;
  /** Told how to interrupt the program once it listens. */
  readonly onListen?: (interrupt: () => void) => void;
}

/** What the command line did. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they were written. */
  readonly output: string;
}

/** Runs the command line in this process. */
export async function commandLine(argv: readonly string[], world: World = {}): Promise<Ran> {
  const written: { readonly stream: 'stdout' | 'stderr'; readonly text: string }[] = [];
  const sink = (stream: 'stdout' | 'stderr') => {
    const writable = new Writable({
      write(chunk, _, done) {
        written.push({ stream, text: String(chunk) });
        done();
      },
    });
    return Object.assign(writable, world.tty === true ? { isTTY: true, columns: 80 } : {});
  };
  const status = await run(argv, {
    stdin: world.stdin instanceof Readable ? world.stdin : Readable.from([Buffer.from(world.stdin ?? '')]),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    cwd: world.cwd ?? __dirname,
    env: world.env ?? {},
    version: '1.2.3',
    onInterrupt: (listener) => {
      world.onListen?.(listener);
      return () => {};
    },
  });
  const all = (stream?: string) =>
    written
      .filter((one) => stream === undefined || one.stream === stream)
      .map(({ text }) => text)
      .join('');
  return { status, stdout: all('stdout'), stderr: all('stderr'), output: all() };
}
