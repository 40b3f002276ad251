import {
  boolYaml11Tag,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  FAILSAFE_SCHEMA,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
} from 'js-yaml';

/**
 * YAML as kubectl reads it (sigs.k8s.io/yaml over go-yaml v2): booleans of YAML 1.1 (`yes`, `on`, `y`), octal `0644`,
 * merge keys; but no base-60 numbers, and dates stay text. Tags that nobody defined are ignored.
 */
export const KUBECTL_SCHEMA = FAILSAFE_SCHEMA.withTags(
  nullCoreTag,
  boolYaml11Tag,
  mergeTag,
  defineScalarTag<number>('tag:yaml.org,2002:int', {
    implicit: true,
    implicitFirstChars: [...'+-0123456789'],
    resolve: (source) => integer(source) ?? NOT_RESOLVED,
    identify: () => false,
  }),
  defineScalarTag<number>('tag:yaml.org,2002:float', {
    implicit: true,
    implicitFirstChars: [...'+-.0123456789'],
    resolve: (source) => float(source) ?? NOT_RESOLVED,
    identify: () => false,
  }),
  defineScalarTag<string>('tag:yaml.org,2002:binary', { resolve: (source) => source, identify: () => false }),
  ...['!', 'tag:'].flatMap(unknownTags),
);

/** The value of a scalar without quotes. */
export function plainValue(source: string): unknown {
  const first = source.charCodeAt(0);
  // What begins with a digit, a sign or a dot may be a number; a word is one of a few, or a text.
  if (first < 0x3a) {
    return integer(source) ?? float(source) ?? source;
  }
  if (source.length > LONGEST_WORD) {
    return source;
  }
  for (const tag of [nullCoreTag, boolYaml11Tag]) {
    const value = tag.resolve(source, false, tag.tagName);
    if (value !== NOT_RESOLVED) {
      return value;
    }
  }
  return source;
}

/** `false` is the longest word that is no text. */
const LONGEST_WORD = 5;

/** Tags that nobody defined, by how they begin: written with `!`, or in full. */
function unknownTags(prefix: string) {
  const anything = { matchByTagPrefix: true, identify: () => false } as const;
  return [
    defineScalarTag<string>(prefix, { ...anything, resolve: (source) => source }),
    defineSequenceTag<unknown[]>(prefix, {
      ...anything,
      create: () => [],
      addItem: (list, item) => {
        list.push(item);
      },
    }),
    defineMappingTag<Record<string, unknown>>(prefix, { ...mapping(), ...anything }),
  ];
}

function mapping() {
  const tag = FAILSAFE_SCHEMA.tags.find((candidate) => candidate.tagName === 'tag:yaml.org,2002:map');
  if (tag?.nodeKind !== 'mapping') {
    throw new Error('js-yaml has no mapping tag');
  }
  return { create: tag.create, addPair: tag.addPair, has: tag.has, keys: tag.keys, get: tag.get };
}

const RADIX = new Map([
  ['0x', 16],
  ['0o', 8],
  ['0b', 2],
]);

function integer(source: string): number | undefined {
  const text = source.replaceAll('_', '').toLowerCase();
  const [, sign, prefix, digits] = /^([-+]?)(0[xob]|0(?=[0-9]))?([0-9a-f]+)$/.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const radix = prefix === undefined ? 10 : (RADIX.get(prefix) ?? 8);
  const allowed = '0123456789abcdef'.slice(0, radix);
  return [...digits].every((digit) => allowed.includes(digit))
    ? Number.parseInt(digits, radix) * (sign === '-' ? -1 : 1)
    : undefined;
}

function float(source: string): number | undefined {
  const text = source.replaceAll('_', '');
  if (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(text)) {
    return Number(text);
  }
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) {
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return /^\.(nan|NaN|NAN)$/.test(text) ? Number.NaN : undefined;
}
