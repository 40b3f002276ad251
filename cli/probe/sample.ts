import { setMaxListeners } from 'node:events';
import { Pace } from './pace';
import type { Reply } from './send';

/** How many requests to send, and how. */
export interface Plan {
  readonly count: number;
  /** Requests a second. */
  readonly rate: number;
  /** So many wait for their answer at the same time, at most. */
  readonly concurrency: number;
  /** In milliseconds; then it is over. */
  readonly maxTime: number;
}

/** Why no more requests were sent than were: all that were planned, a person, the time, or that nothing ever answered. */
export type End = 'done' | 'interrupted' | 'time' | 'silence';

/** What came of the requests. */
export interface Sample {
  readonly planned: number;
  /** How many answers there were by group; `undefined` is what has no group. */
  readonly groups: ReadonlyMap<string | undefined, number>;
  readonly answered: number;
  /** Requests without an answer, by the reason. */
  readonly failures: ReadonlyMap<string, number>;
  readonly failed: number;
  readonly milliseconds: number;
  readonly end: End;
}

/** How requests are sent, and what becomes of their answers. */
export interface Sampling {
  readonly plan: Plan;
  send(signal: AbortSignal): Promise<Reply>;
  groupOf(reply: Reply): string | undefined;
  /** Why there was no answer, in words. */
  failureOf(error: unknown): string;
  /** Told after each request. */
  progress(answered: number, failed: number): void;
  /** Ends it before its time. */
  readonly interrupted: AbortSignal;
}

/** After so many requests without a single answer, there is no point in more. */
const SILENCE = 10;

/** Sends requests at an even rate until there are enough of them, and counts the answers by group. */
export async function sample(sampling: Sampling): Promise<Sample> {
  const run = new Run(sampling);
  await run.all();
  return run;
}

class Run implements Sample {
  readonly groups = new Map<string | undefined, number>();
  readonly failures = new Map<string, number>();
  readonly planned: number;
  answered = 0;
  failed = 0;
  milliseconds = 0;
  end: End = 'done';
  private readonly stopped = new AbortController();
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly sampling: Sampling) {
    this.planned = sampling.plan.count;
    // Every pending request listens.
    setMaxListeners(0, this.stopped.signal);
  }

  async all(): Promise<void> {
    const { plan, interrupted } = this.sampling;
    const interrupt = () => this.stop('interrupted');
    interrupted.addEventListener('abort', interrupt, { once: true });
    if (interrupted.aborted) {
      interrupt();
    }
    const timer = setTimeout(() => this.stop('time'), plan.maxTime);
    const start = performance.now();
    const pace = new Pace(plan.rate);
    for (let sent = 0; sent < plan.count; sent++) {
      while (this.pending.size >= plan.concurrency) {
        await Promise.race(this.pending);
      }
      await pace.wait(this.stopped.signal);
      if (this.stopped.signal.aborted) {
        break;
      }
      const one: Promise<void> = this.one().finally(() => this.pending.delete(one));
      this.pending.add(one);
    }
    await Promise.all(this.pending);
    clearTimeout(timer);
    interrupted.removeEventListener('abort', interrupt);
    this.milliseconds = performance.now() - start;
  }

  private async one(): Promise<void> {
    const { sampling } = this;
    try {
      const reply = await sampling.send(this.stopped.signal);
      count(this.groups, sampling.groupOf(reply));
      this.answered++;
    } catch (error) {
      if (this.stopped.signal.aborted) {
        return;
      }
      count(this.failures, sampling.failureOf(error));
      this.failed++;
      if (this.answered === 0 && this.failed >= SILENCE && this.failed < this.planned) {
        this.stop('silence');
      }
    }
    sampling.progress(this.answered, this.failed);
  }

  private stop(end: End): void {
    if (!this.stopped.signal.aborted) {
      this.end = end;
      this.stopped.abort();
    }
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
