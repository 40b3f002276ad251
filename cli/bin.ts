import { Descriptor } from './descriptor';
import type { Sink } from './io';
import { run } from './run';

/**
 * The program: the only place that touches the process.
 *
 * @param version the version of the package
 */
export async function main(version: string): Promise<void> {
  let stdout: Sink | undefined;
  let stderr: Sink | undefined;
  process.exitCode = await run(process.argv.slice(2), {
    // Each of them is opened when it is first asked for, and loads what its kind of file needs.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      stdout ??= Descriptor.of(1, () => process.stdout);
      return stdout;
    },
    get stderr() {
      stderr ??= Descriptor.of(2, () => process.stderr);
      return stderr;
    },
    cwd: process.cwd(),
    env: process.env,
    version,
    onInterrupt,
  });
  // Nothing is left to be done or written: to wait for that, and to take down what there is, takes longer than to end.
  if ([stdout, stderr].every((one) => one === undefined || (one instanceof Descriptor && one.isWritten))) {
    process.exit();
  }
}

function onInterrupt(listener: () => void): () => void {
  const stop = () => {
    remove();
    listener();
  };
  const remove = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return remove;
}
