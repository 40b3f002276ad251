import type { Io, Sink } from './io';
import { Refusal } from './refusal';

/** So much is put together before it is handed to the system. */
const CHUNK = 64 * 1024;

/** Standard output and standard error of one run. A reader that goes away (`| head`) is no error. */
export class Output {
  private failure: NodeJS.ErrnoException | undefined;
  private readonly told = new Set<string>();

  private opened: Sink | undefined;

  constructor(private readonly io: Pick<Io, 'stdout' | 'stderr'>) {
    io.stdout.on('error', (error) => {
      this.failure ??= error;
    });
  }

  /** Standard error, which is opened by who has something to say: most runs have not. */
  get stderr(): Sink {
    if (this.opened === undefined) {
      this.opened = this.io.stderr;
      this.opened.on('error', () => {});
    }
    return this.opened;
  }

  /**
   * Writes a result piece by piece, no faster than it is read.
   *
   * @param pieces the pieces, or groups of them that come in time
   * @throws Refusal where it cannot be written, e.g. to a full disk
   */
  async write(pieces: Iterable<string> | AsyncIterable<Iterable<string>>): Promise<void> {
    const { stdout } = this.io;
    let chunk = '';
    // A text is one piece, and not each of its characters.
    const whole = typeof pieces === 'string' ? [pieces] : pieces;
    for await (const group of Symbol.iterator in whole ? [whole] : whole) {
      for (const piece of group) {
        chunk += piece;
        if (chunk.length >= CHUNK) {
          await this.send(chunk);
          chunk = '';
        }
        if (this.isClosed()) {
          return;
        }
      }
    }
    await this.send(chunk);
    await flushed(stdout);
    this.isClosed();
  }

  /** Writes one line to standard error. */
  say(line: string): void {
    this.stderr.write(`${line}\n`);
  }

  /** The same, unless it was said so before: what two readings of the same manifests find is told once. */
  sayOnce(line: string): void {
    if (!this.told.has(line)) {
      this.told.add(line);
      this.say(line);
    }
  }

  private async send(chunk: string): Promise<void> {
    const { stdout } = this.io;
    if (chunk !== '' && !this.isClosed() && !stdout.write(chunk) && !this.isClosed()) {
      await drained(stdout);
    }
  }

  private isClosed(): boolean {
    if (this.failure !== undefined && this.failure.code !== 'EPIPE') {
      throw new Refusal([`the result cannot be written: ${this.failure.message}`]);
    }
    return this.failure !== undefined || this.io.stdout.destroyed;
  }
}

/** Waits until a stream has taken what it was given, so that an error shows. */
function flushed(stream: Sink): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded) {
      resolve();
    } else {
      stream.write('', () => resolve());
    }
  });
}

/** Waits until a stream takes more, or never will. */
function drained(stream: Sink): Promise<void> {
  return new Promise((resolve) => {
    const events = ['drain', 'close', 'error'];
    const done = () => {
      for (const event of events) {
        stream.off(event, done);
      }
      resolve();
    };
    for (const event of events) {
      stream.on(event, done);
    }
  });
}
