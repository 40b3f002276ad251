/** Numbers with room for at least so many: the same array, or a copy that is twice as long. */
export function longEnough(values: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= values.length) {
    return values;
  }
  const longer = new Int32Array(Math.max(length, values.length * 2));
  longer.set(values);
  return longer;
}
