import { run } from './run';

/**
 * The program: the only place that touches the process.
 *
 * @param version the version of the package
 */
export async function main(version: string): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    // Node.js opens each of them when it is first asked for, and loads what its kind of file needs.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    cwd: process.cwd(),
    env: process.env,
    version,
    onInterrupt,
  });
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
