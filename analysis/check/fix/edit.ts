import type { Manifest, Path } from '../../manifest';

/** One change of a manifest, by where it stands in the object. */
export type Edit =
  /** Gives a field another value: a text, a number or a truth. */
  | {
      readonly kind: 'set';
      readonly manifest: Manifest;
      readonly path: Path;
      readonly value: string | number | boolean;
    }
  /** Gives a field that is not there; `path` is that of the field, whose parent has to be there. */
  | { readonly kind: 'add'; readonly manifest: Manifest; readonly path: Path; readonly value: unknown }
  /** Takes a field or an item away. */
  | { readonly kind: 'remove'; readonly manifest: Manifest; readonly path: Path }
  /** Calls a field otherwise and keeps its value. */
  | { readonly kind: 'rename'; readonly manifest: Manifest; readonly path: Path; readonly key: string };
