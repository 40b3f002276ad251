import type { Fields } from './fields';

/** What a part may leave out: rules that `cdk8s import` makes nothing of, and fields. */
const OPTIONAL = /^(description$|properties$|x-kubernetes-|m(in|ax)|pattern$|allOf$|anyOf$|oneOf$|not$|nullable$)/;

/** What a CustomResourceDefinition says otherwise than the whole one that it is a part of. */
export function crdDifferences(part: Fields, whole: Fields): string[] {
  const { group, names, scope } = part.spec;
  return [
    ...differing('names', [group, scope, names], [whole.spec.group, whole.spec.scope, whole.spec.names]),
    ...(part.spec.versions as Fields[]).flatMap((version) => {
      const other = (whole.spec.versions as Fields[]).find(({ name }) => name === version.name);
      return [
        ...differing(version.name, [version.served, version.storage], [other?.served, other?.storage]),
        ...schemaDifferences(version.name, version.schema.openAPIV3Schema, other?.schema.openAPIV3Schema),
      ];
    }),
  ].map((difference) => `${names.kind} ${difference}`);
}

function schemaDifferences(at: string, part: Fields, whole: Fields | undefined): string[] {
  if (whole === undefined) {
    return [`${at} is not known`];
  }
  const { properties = {}, items, additionalProperties, required = [], description, ...rules } = part;
  const others = Object.keys(whole).filter((key) => !(key in part) && !OPTIONAL.test(key));
  return [
    ...differing(`${at} required`, [...required].sort(), [...(whole.required ?? [])].sort()),
    ...Object.keys(rules).flatMap((key) => differing(`${at} ${key}`, rules[key], whole[key])),
    ...others.map((key) => `${at} ${key} is missing`),
    ...(description !== undefined && description === whole.description ? [`${at} is described in the same words`] : []),
    ...Object.keys(properties).flatMap((key) =>
      schemaDifferences(`${at}.${key}`, properties[key], whole.properties?.[key]),
    ),
    ...(items ? schemaDifferences(`${at}[]`, items, whole.items) : []),
    ...(additionalProperties ? schemaDifferences(`${at}{}`, additionalProperties, whole.additionalProperties) : []),
  ];
}

function differing(at: string, part: unknown, whole: unknown): string[] {
  const [left, right] = [part, whole].map((value) => canonical(value));
  return left === right ? [] : [`${at} is ${left}, and ${right} upstream`];
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return `${JSON.stringify(value, (_, held) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  )}`;
}
