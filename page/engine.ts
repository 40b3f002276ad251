import type { Asks, Message, Reply } from './answering';
import { decompressed } from './decompressed';

/** The side of the page: asks the worker, which answers with what the engines say. */
export class Engine {
  private readonly waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  private last = 0;

  /** @param worker a worker in which `answering` runs */
  constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data: { id, answer, error } }: MessageEvent<Reply>) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) {
        asked?.resolve(answer);
      } else {
        asked?.reject(new Error(error));
      }
    };
  }

  /** Says what to answer about. */
  open(opening: unknown): Promise<void> {
    return this.send('open', [opening]) as Promise<void>;
  }

  ask<Name extends keyof Asks>(name: Name, ...args: Parameters<Asks[Name]>): Promise<ReturnType<Asks[Name]>> {
    return this.send(name, args) as Promise<ReturnType<Asks[Name]>>;
  }

  private send(name: Message['name'], args: readonly unknown[]): Promise<unknown> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, args } satisfies Message);
    });
  }
}

/** The URL of the program of a worker that stands in the page, compressed. */
export async function programIn(element: Element): Promise<string> {
  return URL.createObjectURL(new Blob([await decompressed(element)], { type: 'text/javascript' }));
}
