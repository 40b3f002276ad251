/** Whether two words differ in one letter that was left out, added, changed or swapped with its neighbour, or not at all. */
export function isNear(name: string, typed: string): boolean {
  let start = 0;
  while (start < name.length && name[start] === typed[start]) {
    start++;
  }
  const rest = (text: string, skip: number) => text.slice(start + skip);
  return (
    rest(name, 1) === rest(typed, 0) ||
    rest(name, 0) === rest(typed, 1) ||
    rest(name, 1) === rest(typed, 1) ||
    (rest(name, 2) === rest(typed, 2) && name[start] === typed[start + 1] && name[start + 1] === typed[start])
  );
}

/** In how many letters two texts differ (Levenshtein). */
export function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
