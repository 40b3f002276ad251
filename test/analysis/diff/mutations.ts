/** The way to a leaf of an object. */
export type LeafPath = readonly (string | number)[];

/** Every leaf of a value: a text, a number, a yes or no, and whatever is empty. */
export function* leaves(value: unknown, path: LeafPath = []): Generator<LeafPath> {
  const members =
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, member]) => [Array.isArray(value) ? Number(key) : key, member] as const)
      : [];
  if (members.length === 0) {
    yield path;
  }
  for (const [key, member] of members) {
    yield* leaves(member, [...path, key]);
  }
}

/** Every field and item of a value, but for the value itself. */
export function* fields(value: unknown, path: LeafPath = []): Generator<LeafPath> {
  if (path.length > 0) {
    yield path;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      yield* fields(member, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }
}

/** Other values for a leaf. */
export function otherValues(value: unknown): readonly unknown[] {
  switch (typeof value) {
    case 'string':
      return value === 'true' || value === 'false'
        ? [value === 'true' ? 'false' : 'true']
        : /^\d+$/.test(value)
          ? [String(Number(value) + 1)]
          : [`${value}x`, ...(OTHERS.get(value) ?? [])];
    case 'number':
      return [value + 1];
    case 'boolean':
      return [!value];
    default:
      return [];
  }
}

/** Other values that an API server takes. */
const OTHERS = new Map<string, readonly unknown[]>(
  [
    ['Exact', 'RegularExpression'],
    ['PathPrefix', 'Exact'],
    ['Prefix', 'Exact'],
    ['All', 'Same'],
    ['HTTP', 'HTTPS'],
    ['TCP', 'UDP'],
    ['Passthrough', 'Terminate'],
    ['ClientIP', 'None'],
    ['GET', 'POST'],
    ['5s', '6s'],
    ['http', 'https'],
    ['ReplacePrefixMatch', 'ReplaceFullPath'],
  ].map(([one, other]) => [one as string, [other]]),
);

/** A copy of a value in which a leaf is another one; `undefined` for the value leaves it out. */
export function withLeaf<Value>(value: Value, path: LeafPath, leaf: unknown): Value {
  const copy = structuredClone(value);
  let holder = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) {
    holder = holder[step] as Record<string | number, unknown>;
  }
  const last = path.at(-1) as string | number;
  if (leaf !== undefined) {
    holder[last] = leaf;
  } else if (Array.isArray(holder)) {
    holder.splice(last as number, 1);
  } else {
    delete holder[last];
  }
  return copy;
}

/** The value of a leaf. */
export function leafOf(value: unknown, path: LeafPath): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

/** A leaf in words, e.g. `Service/web spec.ports[0].port`. */
export function leafText(
  object: { readonly kind: string; readonly metadata: { readonly name: string } },
  path: LeafPath,
): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `${object.kind}/${object.metadata.name} ${text.slice(1)}`;
}
