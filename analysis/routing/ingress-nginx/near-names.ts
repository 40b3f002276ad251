import { distanceOf, isNear } from '../../manifest/near';

/** The name that somebody probably meant: of the same letters, or of nearly the same; `undefined` where none comes near. */
export function nearest(typed: string, names: Iterable<string>): string | undefined {
  const letters = lettersOf(typed);
  let found: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const own = lettersOf(name);
    const distance = own === letters ? 0 : isNear(own, letters) ? 1 : distanceOf(own, letters);
    // Short words are near to each other by chance.
    const most = Math.min(3, Math.floor(own.length / 5));
    if (distance <= most && (found === undefined || distance < found.distance)) {
      found = { name, distance };
    }
  }
  return found?.name;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
