/** So many names are offered in place of one that nothing has. */
const MOST = 5;

/** The names that a person may have meant: those that hold the text, then those that differ in few letters. */
export function nearest(text: string, names: Iterable<string>): string[] {
  const wanted = text.toLowerCase();
  const ranked: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = Math.min(
      distanceOf(lastPart(wanted), lastPart(name.toLowerCase())),
      distanceOf(wanted, name.toLowerCase()),
    );
    if (name.toLowerCase().includes(wanted) || distance <= Math.max(1, Math.floor(lastPart(wanted).length / 3))) {
      ranked.push({ name, distance });
    }
  }
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, MOST).map(({ name }) => name);
}

/** `backend` of `stars/Deployment/backend`: a wrong namespace is no reason to know nothing of a name. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** In how many letters two texts differ (Levenshtein). */
function distanceOf(a: string, b: string): number {
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
