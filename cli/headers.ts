import type { Header } from './options';
import { Refusal } from './refusal';

/**
 * Headers by name, as requests have them.
 *
 * @throws Refusal for a name that is given twice
 */
export function headersOf(headers: readonly Header[] = []): Record<string, string> {
  const names = new Set<string>();
  for (const { name } of headers) {
    if (names.has(name.toLowerCase())) {
      throw new Refusal([`-H ${name}: this header is given twice; give it once, with the values joined by ", "`]);
    }
    names.add(name.toLowerCase());
  }
  return Object.fromEntries(headers.map(({ name, value }) => [name, value]));
}
