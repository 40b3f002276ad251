import type { Readable } from 'node:stream';

/** What is written to, a stream of Node.js or less. It may be a terminal; those of the process have a file descriptor. */
export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly fd?: number;
  /** Whether nothing can be written any more. */
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  /** Gives whether it takes more at once. */
  write(text: string | Uint8Array, done?: () => void): boolean;
  on(event: string, listener: (error: Error) => void): unknown;
  off(event: string, listener: (error: Error) => void): unknown;
}

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
