/** What was made once, by its key. Most often there is one key only, and no map is made for it. */
export class Kept<Value> {
  private key: string | undefined;
  private value: Value | undefined;
  private more: Map<string, Value> | undefined;

  /** What was made for a key before, or what is made now. */
  get(key: string, make: () => Value): Value {
    if (this.key === key) {
      return this.value as Value;
    }
    const known = this.more?.get(key);
    if (known !== undefined) {
      return known;
    }
    const value = make();
    if (this.key === undefined) {
      this.key = key;
      this.value = value;
    } else {
      this.more ??= new Map();
      this.more.set(key, value);
    }
    return value;
  }
}
