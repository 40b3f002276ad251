import { dump } from 'js-yaml';

/** A text, number or truth as YAML writes it, quoted where it needs to be. */
export function yamlScalar(value: string | number | boolean): string {
  return dump(value, { flowLevel: 0, lineWidth: -1 }).trimEnd();
}

/** A field of a mapping, or an item of a list where the key is a number, as lines of YAML without their indentation. */
export function yamlLines(key: string | number, value: unknown): readonly string[] {
  const written = typeof key === 'number' ? [value] : { [key]: value };
  return dump(written, { lineWidth: -1 }).trimEnd().split('\n');
}
