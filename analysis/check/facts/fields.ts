import { Field } from '../../connectivity/read/field';
import type { Manifest, Path } from '../../manifest';

/** A field of a manifest, for who only looks: what is wrong with its form is told by the readers of the engines. */
export function fieldOf(manifest: Manifest, ...keys: readonly string[]): Field {
  return keys.reduce((field, key) => field.get(key), Field.of(manifest, []));
}

/** A field by its path, which may lead through lists. */
export function fieldAt(manifest: Manifest, path: Path): Field {
  return path.reduce<Field>(
    (field, key) => (typeof key === 'string' ? field.get(key) : (field.items()[key] ?? field.get(''))),
    Field.of(manifest, []),
  );
}

/** The text of a field; undefined where it is none. */
export function textOf(field: Field): string | undefined {
  return typeof field.value === 'string' ? field.value : undefined;
}

/** The number of a field; undefined where it is none. */
export function numberOf(field: Field): number | undefined {
  return typeof field.value === 'number' ? field.value : undefined;
}
