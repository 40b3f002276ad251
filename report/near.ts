import { distanceOf } from '../analysis/manifest/near';

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
