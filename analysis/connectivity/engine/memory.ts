/** So many results are kept in a memory: where nothing is alike, all of them would not fit. */
export const REMEMBERED = 2 ** 20;

/** Keeps a result; where there are too many, those before are forgotten. */
export function remember<Value>(memory: Map<number, Value>, key: number, value: Value, most = REMEMBERED): void {
  if (memory.size >= most) {
    memory.clear();
  }
  memory.set(key, value);
}
