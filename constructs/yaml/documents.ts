import { carefulYaml } from './careful';
import { plainDocument } from './plain';

/**
 * Objects as documents of YAML that every reader reads alike. Plain parts of an object are written here, and the rest by the
 * careful writer: the bytes are those that it alone would write, in a small part of its time.
 */
export function yamlOf(objects: readonly unknown[]): string {
  const lines = new Map<string, string>();
  const writeScalar = (value: unknown, indent: number): string => {
    if (typeof value !== 'string' || value.includes('\n')) {
      return carefulScalar(value, indent);
    }
    const known = lines.get(value);
    if (known !== undefined) {
      return known;
    }
    const written = carefulScalar(value, indent);
    lines.set(value, written);
    return written;
  };
  return objects
    .map((object) => {
      const isMap = typeof object === 'object' && object !== null && !Array.isArray(object);
      return (isMap ? plainDocument(object, writeScalar) : undefined) ?? carefulYaml([object]);
    })
    .join('---\n');
}

/** The text of a scalar in maps inside of each other, since a block depends on its indent. */
function carefulScalar(value: unknown, indent: number): string {
  let nested = value;
  let before = 0;
  for (let at = indent - 2; at >= 0; at -= 2) {
    nested = { k: nested };
    before += at + 'k:\n'.length;
  }
  return carefulYaml([nested]).slice(before, -1);
}
