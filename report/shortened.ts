/** So many names are told in one line. */
const NAMED = 3;

/** Names with commas between them, of many the first: `a, b and 7 others`. */
export function shortened(names: readonly string[]): string {
  return names.length > NAMED
    ? `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} others`
    : names.join(', ');
}
