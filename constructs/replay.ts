/**
 * What happens while an app is put together, for listeners that may come late: each hears of everything, also of what
 * was before it. So the order in which constructs are made does not matter.
 */
export class Replay<T> {
  private readonly past: T[] = [];
  private readonly listeners: ((event: T) => void)[] = [];

  /** Adds an event and tells every listener. */
  public add(event: T): void {
    this.past.push(event);
    for (const listener of this.listeners) {
      listener(event);
    }
  }

  /** Tells the listener of every event, past and future. */
  public each(listener: (event: T) => void): void {
    this.listeners.push(listener);
    for (const event of [...this.past]) {
      listener(event);
    }
  }

  /** What has happened so far. */
  public get soFar(): readonly T[] {
    return this.past;
  }
}
