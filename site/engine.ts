import type { Asks, Message, Reply } from './asks';
import type { Reading } from './playground';

/** A question was given up: for a newer text, or since it took too long. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
  constructor(readonly isTooLong: boolean) {
    super(isTooLong ? 'the answer took too long' : 'there is a newer text');
  }
}

/** What is used of a worker. */
export type EngineWorker = Pick<Worker, 'onmessage' | 'onerror' | 'postMessage' | 'terminate'>;

interface Waiting {
  readonly message: Message;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Milliseconds. */
export interface Patience {
  /** How long an answer may take. */
  readonly longest: number;
  /** How long a newer text waits for the answers about an older one. */
  readonly newer: number;
}

const PATIENCE: Patience = { longest: 20_000, newer: 400 };

/**
 * Asks the worker, which answers one question after the other. Where an answer takes too long, or a newer text comes while it is
 * awaited, the worker is ended and another one begins.
 */
export class Engine {
  private readonly waiting = new Map<number, Waiting>();
  private worker: EngineWorker;
  private last = 0;
  private watch: ReturnType<typeof setTimeout> | undefined;
  /** The text that was answered last: another worker has to know it too. */
  private answered: Message['args'] | undefined;

  /** @param start begins a worker */
  constructor(
    private readonly start: () => EngineWorker,
    private readonly patience = PATIENCE,
  ) {
    this.worker = this.begun();
  }

  ask<Name extends keyof Asks>(name: Name, ...args: Parameters<Asks[Name]>): Promise<ReturnType<Asks[Name]>> {
    const message: Message = { id: ++this.last, name, args };
    const answer = new Promise((resolve, reject) => {
      this.waiting.set(message.id, { message, resolve, reject });
    });
    this.worker.postMessage(message);
    if (this.waiting.size === 1) {
      this.watchFirst();
    }
    return answer as Promise<ReturnType<Asks[Name]>>;
  }

  /** Asks about a newer text: what is asked about older ones is given up, unless it is answered soon. */
  read(...args: Parameters<Asks['read']>): Promise<ReturnType<Asks['read']>> {
    const older = [...this.waiting.keys()];
    const answer = this.ask('read', ...args);
    if (older.length > 0) {
      setTimeout(
        () =>
          this.giveUp(
            older.filter((id) => this.waiting.has(id)),
            false,
          ),
        this.patience.newer,
      );
    }
    return answer;
  }

  /** Ends the worker, and asks another one what is not given up. */
  private giveUp(ids: readonly number[], isTooLong: boolean): void {
    if (ids.length === 0) {
      return;
    }
    this.worker.onmessage = null;
    this.worker.terminate();
    const given = ids.flatMap((id) => this.waiting.get(id) ?? []);
    for (const id of ids) {
      this.waiting.delete(id);
    }
    this.worker = this.begun();
    if (this.answered !== undefined) {
      this.worker.postMessage({ id: 0, name: 'read', args: this.answered } satisfies Message);
    }
    for (const { message } of this.waiting.values()) {
      this.worker.postMessage(message);
    }
    this.watchFirst();
    for (const { reject } of given) {
      reject(new GivenUp(isTooLong));
    }
  }

  private begun(): EngineWorker {
    const worker = this.start();
    worker.onmessage = ({ data: { id, answer, error } }: MessageEvent<Reply>) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      this.watchFirst();
      if (asked?.message.name === 'read' && (answer as Reading | undefined)?.state === 'answered') {
        this.answered = asked.message.args;
      }
      if (error === undefined) {
        asked?.resolve(answer);
      } else {
        asked?.reject(new Error(error));
      }
    };
    // Out of memory, for one: the worker answers nothing more.
    worker.onerror = (event) => {
      event.preventDefault();
      this.giveUp([...this.waiting.keys()], true);
    };
    return worker;
  }

  /** One question is answered after the other: it is the first that takes time. */
  private watchFirst(): void {
    clearTimeout(this.watch);
    if (this.waiting.size > 0) {
      this.watch = setTimeout(() => this.giveUp([...this.waiting.keys()], true), this.patience.longest);
    }
  }
}
