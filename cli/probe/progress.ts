import type { Sink } from '../io';

/** How often the bar is drawn again, in milliseconds. */
const REDRAW = 100;
const WIDTH = 30;

/** A bar on standard error while requests are sent; nothing at all where that is no terminal. */
export class Progress {
  private drawn = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly stream: Sink,
    private readonly total: number,
  ) {}

  /** Tells how far it is. */
  update(answered: number, failed: number): void {
    const now = performance.now();
    const done = answered + failed;
    if (this.stream.isTTY !== true || (now - this.drawn < REDRAW && done < this.total)) {
      return;
    }
    this.drawn = now;
    const full = Math.round((done / this.total) * WIDTH);
    const bar = `${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}`;
    this.stream.write(`\r\x1b[K[${bar}] ${done} of ${this.total}${failed > 0 ? `, ${failed} without answer` : ''}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.drawn > Number.NEGATIVE_INFINITY) {
      this.stream.write('\r\x1b[K');
    }
  }
}
