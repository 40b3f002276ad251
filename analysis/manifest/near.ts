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
