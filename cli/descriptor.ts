import { fstatSync, type Stats, statSync, writeSync } from 'node:fs';
import type { Sink } from './io';

/** The bytes of long texts, one after the other: memory for each would take longer to get than all else. */
const SCRATCH = 1024 * 1024;

/** From so many characters on a text is long. */
const LONG = 16 * 1024;

/** So many bytes a character takes at most. */
const WIDEST = 3;

/**
 * Standard output or standard error where that is a file or a pipe. It is written by the system's own call, which waits until all is
 * taken: the streams of Node.js do so too, and to load them is a good part of a start.
 */
export class Descriptor implements Sink {
  readonly writableEnded = false;
  private readonly listeners: ((error: Error) => void)[] = [];
  private hasFailed = false;
  private scratch: Buffer | undefined;
  /** Writes instead, once the descriptor was found to be one that does not wait. */
  private stream: Sink | undefined;

  /**
   * What writes to a descriptor.
   *
   * @param open opens the stream of Node.js, which alone knows terminals
   */
  static of(fd: number, open: () => Sink): Sink {
    return isPlain(fd) ? new Descriptor(fd, open) : open();
  }

  private constructor(
    readonly fd: number,
    private readonly open: () => Sink,
  ) {}

  get destroyed(): boolean {
    return this.stream?.destroyed ?? this.hasFailed;
  }

  /** Whether all that was given is written. */
  get isWritten(): boolean {
    return this.stream === undefined;
  }

  write(text: string | Uint8Array, done?: () => void): boolean {
    if (this.stream !== undefined) {
      return this.stream.write(text, done);
    }
    const bytes = typeof text === 'string' ? this.bytesOf(text) : text;
    let at = 0;
    try {
      while (at < bytes.length && !this.hasFailed) {
        at += writeSync(this.fd, bytes, at);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') {
        return this.handedOver().write(Uint8Array.from(bytes.subarray(at)), done);
      }
      this.fail(error as Error);
    }
    done?.();
    return true;
  }

  on(event: string, listener: (error: Error) => void): void {
    if (this.stream !== undefined) {
      this.stream.on(event, listener);
    } else if (event === 'error') {
      this.listeners.push(listener);
    }
  }

  off(event: string, listener: (error: Error) => void): void {
    this.stream?.off(event, listener);
  }

  private bytesOf(text: string): Uint8Array {
    if (text.length < LONG || text.length * WIDEST > SCRATCH) {
      return Buffer.from(text);
    }
    this.scratch ??= Buffer.allocUnsafeSlow(SCRATCH);
    return this.scratch.subarray(0, this.scratch.write(text));
  }

  private handedOver(): Sink {
    this.stream = this.open();
    for (const listener of this.listeners) {
      this.stream.on('error', listener);
    }
    return this.stream;
  }

  private fail(error: Error): void {
    this.hasFailed = true;
    for (const listener of this.listeners) {
      listener(error);
    }
  }
}

/** Whether a descriptor is known to be no terminal. */
function isPlain(fd: number): boolean {
  if (process.platform === 'win32') {
    return false;
  }
  try {
    const stats = fstatSync(fd);
    return stats.isFile() || stats.isFIFO() || stats.isSocket() || isNull(stats);
  } catch {
    return false;
  }
}

function isNull(stats: Stats): boolean {
  return stats.isCharacterDevice() && statSync('/dev/null').rdev === stats.rdev;
}
