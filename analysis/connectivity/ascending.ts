/** Where a number stands among some in ascending order, or would stand. */
export function placeAmong(numbers: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Whether a number is among some in ascending order. */
export function isAmong(numbers: ArrayLike<number>, wanted: number): boolean {
  return numbers[placeAmong(numbers, wanted)] === wanted;
}
