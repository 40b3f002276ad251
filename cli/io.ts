import type { Readable, Writable } from 'node:stream';

/** A stream to write to, which may be a terminal. Those of the process have a file descriptor. */
export type Sink = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly fd?: number };

/** Everything outside of the program that a command may touch. */
export interface Io {
  readonly stdin: Readable;
  /** For results, and nothing else. */
  readonly stdout: Sink;
  /** For everything that is not a result. */
  readonly stderr: Sink;
  /** The folder from which relative paths start. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of the package. */
  readonly version: string;
  /**
   * Calls back instead of ending the program when it is interrupted, once: the second time it ends. Gives what takes that
   * back.
   */
  onInterrupt(listener: () => void): () => void;
}

/** Whether colours may be written to a stream: on terminals, unless `NO_COLOR` is set.
 *
 * @see https://no-color.org
 */
export function hasColors({ isTTY }: Sink, { NO_COLOR, TERM }: Io['env']): boolean {
  return isTTY === true && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}
