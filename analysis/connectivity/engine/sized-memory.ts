/** Results by number, or any other key. All of them are forgotten where they are larger together than may be kept: each can be computed again. */
export class SizedMemory<Result, Key = number> {
  private readonly known = new Map<Key, Result>();
  private size = 0;

  /**
   * @param most how large all results are together at most
   * @param sizeOf how large one is
   */
  constructor(
    private readonly most: number,
    private readonly sizeOf: (result: Result) => number,
  ) {}

  /** The result of a key, computed where it is not known. */
  of(key: Key, compute: () => Result): Result {
    let result = this.known.get(key);
    if (result === undefined) {
      result = compute();
      const size = this.sizeOf(result);
      this.size += size;
      if (this.size > this.most) {
        this.known.clear();
        this.size = size;
      }
      this.known.set(key, result);
    }
    return result;
  }
}
