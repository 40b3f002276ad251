/**
 * Ranges stand in an array one behind the other, each by its first and last number, in ascending order. No two touch.
 *
 * What two lists of ranges of the same array come to is written to another, and the place behind it returned. It is never
 * longer than both together.
 */
export type Combine = (
  values: Int32Array,
  left: number,
  leftEnd: number,
  right: number,
  rightEnd: number,
  to: Int32Array,
  at: number,
) => number;

/** What either of two has. */
export const unite: Combine = (values, left, leftEnd, right, rightEnd, to, at) => {
  let [one, other, end] = [left, right, at];
  while (one < leftEnd || other < rightEnd) {
    const isLeft = other >= rightEnd || (one < leftEnd && (values[one] as number) <= (values[other] as number));
    const place = isLeft ? one : other;
    const first = values[place] as number;
    const last = values[place + 1] as number;
    one += isLeft ? 2 : 0;
    other += isLeft ? 0 : 2;
    if (end > at && first <= (to[end - 1] as number) + 1) {
      to[end - 1] = Math.max(to[end - 1] as number, last);
    } else {
      to[end++] = first;
      to[end++] = last;
    }
  }
  return end;
};

/** What two have in common. */
export const intersect: Combine = (values, left, leftEnd, right, rightEnd, to, at) => {
  let [one, other, end] = [left, right, at];
  while (one < leftEnd && other < rightEnd) {
    const first = Math.max(values[one] as number, values[other] as number);
    const last = Math.min(values[one + 1] as number, values[other + 1] as number);
    if (first <= last) {
      to[end++] = first;
      to[end++] = last;
    }
    if ((values[one + 1] as number) < (values[other + 1] as number)) {
      one += 2;
    } else {
      other += 2;
    }
  }
  return end;
};

/** What is left of ranges without others, each of which lies inside of one of them. */
export const subtract: Combine = (values, left, leftEnd, right, rightEnd, to, at) => {
  let [without, end] = [right, at];
  for (let place = left; place < leftEnd; place += 2) {
    let first = values[place] as number;
    const last = values[place + 1] as number;
    for (; without < rightEnd && (values[without] as number) <= last; without += 2) {
      if (first < (values[without] as number)) {
        to[end++] = first;
        to[end++] = (values[without] as number) - 1;
      }
      first = (values[without + 1] as number) + 1;
    }
    if (first <= last) {
      to[end++] = first;
      to[end++] = last;
    }
  }
  return end;
};
