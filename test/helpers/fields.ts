/** A Kubernetes object, or a part of one. */
// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
export type Fields = Record<string, any>;

/** Sets what is missing. */
export function fill(target: Fields, defaults: Fields): void {
  for (const [key, value] of Object.entries(defaults)) {
    target[key] ??= value;
  }
}

/** Removes fields that the API server leaves out of its answer when they are false, 0 or empty. */
export function dropZero(target: Fields, ...keys: string[]): void {
  for (const key of keys) {
    const value = target[key];
    if (!value || (typeof value === 'object' && Object.keys(value).length === 0)) {
      delete target[key];
    }
  }
}

const MAPS = [
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'data',
  'binaryData',
  'stringData',
  'limits',
  'requests',
];

/**
 * Removes nulls, empty lists and empty maps, which for an API server are all the same as nothing. An empty structure
 * (`podSelector: {}`, `emptyDir: {}`) says something and stays, as does an empty entry of a list.
 */
export function dropEmpty(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(dropEmpty);
  } else if (typeof value === 'object' && value !== null) {
    const fields = value as Fields;
    for (const [key, held] of Object.entries(fields)) {
      dropEmpty(held);
      const empty = Array.isArray(held)
        ? held.length === 0
        : MAPS.includes(key) && typeof held === 'object' && held !== null && Object.keys(held).length === 0;
      if (held === null || held === undefined || empty) {
        delete fields[key];
      }
    }
  }
}
