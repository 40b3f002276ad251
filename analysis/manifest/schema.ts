import {
  boolYaml11Tag,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  FAILSAFE_SCHEMA,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
  type Schema,
} from 'js-yaml';
import { float, integer } from './scalars';

let schema: Schema | undefined;

/**
 * YAML as kubectl reads it (sigs.k8s.io/yaml over go-yaml v2): booleans of YAML 1.1 (`yes`, `on`, `y`), octal `0644`,
 * merge keys; but no base-60 numbers, and dates stay text. Tags that nobody defined are ignored.
 */
export function kubectlSchema(): Schema {
  // Made when a document needs it, as the library is loaded only then.
  schema ??= FAILSAFE_SCHEMA.withTags(
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
  return schema;
}

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
