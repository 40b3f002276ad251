/** What a browser remembers for a page; where it may not, nothing, and nobody is told. */
export class Store {
  /** @param storage gives the storage, or throws where there is none */
  constructor(private readonly storage: () => Storage) {}

  /** What was remembered; undefined where there is nothing, or something else. */
  get<Value>(name: string, isValue: (value: unknown) => value is Value): Value | undefined {
    try {
      const value: unknown = JSON.parse(this.storage().getItem(PREFIX + name) ?? 'null');
      return isValue(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  set(name: string, value: unknown): void {
    try {
      this.storage().setItem(PREFIX + name, JSON.stringify(value));
    } catch {
      // It is full, or not allowed.
    }
  }

  remove(name: string): void {
    try {
      this.storage().removeItem(PREFIX + name);
    } catch {
      // It is not allowed.
    }
  }
}

const PREFIX = 'cdk8s-networking/playground/';
