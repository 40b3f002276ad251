/** Annotations of ingress-nginx, without prefix. */
export type Annotations = ReadonlyMap<string, string>;

/** The names that are given of those that belong to a family; an asterisk at the end stands for any ending. */
export function given(annotations: Annotations, names: readonly string[]): readonly string[] {
  return [...annotations.keys()].filter((name) =>
    names.some((known) => (known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known)),
  );
}

/** The items of a list that is separated by commas. */
export function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** A whole number that is not negative; `undefined` for none. */
export function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
