import { setTimeout as sleep } from 'node:timers/promises';

/** So much of a delay is caught up with, so that slow timers do not lower the rate; more would be a burst. In milliseconds. */
const CATCH_UP = 20;

/** Lets requests through one after the other, so many a second. */
export class Pace {
  private readonly interval: number;
  private last: number | undefined;

  /** @param rate requests a second */
  constructor(
    rate: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.interval = 1000 / rate;
  }

  /** When the next may be sent, on the clock of `now`. A longer delay moves all that follow: it is not made up for. */
  next(): number {
    const now = this.now();
    this.last = this.last === undefined ? now : Math.max(this.last + this.interval, now - CATCH_UP);
    return this.last;
  }

  /** Waits until the next may be sent, or until it is called off. */
  async wait(signal: AbortSignal): Promise<void> {
    const delay = this.next() - this.now();
    if (delay > 0 && !signal.aborted) {
      // Being called off is what the caller looks for itself.
      await sleep(delay, undefined, { signal }).catch(() => {});
    }
  }
}
