import { isMapping } from '../manifest/value';

/** The fields of a mapping, of which nothing has been checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** The mapping at the end of some keys; an empty one where there is none. */
export function mappingAt(value: unknown, ...keys: string[]): Fields {
  const found = keys.reduce((held: unknown, key) => (isMapping(held) ? held[key] : undefined), value);
  return isMapping(found) ? found : {};
}

/** The mappings of a list; none where there is no list. */
export function mappingsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
