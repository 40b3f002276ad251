import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import type { Fields } from './fields';

const CRDS = path.join(__dirname, '../../crds');

/** The CustomResourceDefinitions of a file of crds/. */
export function definitionsOf(file: string): Fields[] {
  const documents = loadAll(fs.readFileSync(path.join(CRDS, file), 'utf8')) as Fields[];
  return documents.flatMap((document) => (document.kind === 'List' ? document.items : [document]));
}

/** The schema of each kind of crds/, by apiVersion and kind. */
const SCHEMAS: ReadonlyMap<string, Fields> = new Map(
  fs
    .readdirSync(CRDS)
    .flatMap(definitionsOf)
    .flatMap(({ spec }) =>
      (spec.versions as Fields[]).map(
        (version) => [`${spec.group}/${version.name} ${spec.names.kind}`, version.schema.openAPIV3Schema] as const,
      ),
    ),
);

/**
 * What the CRD of an object does not allow: fields that it does not know and would drop, fields that it demands,
 * wrong types and values, empty lists and nulls.
 *
 * @throws Error when crds/ does not hold the object's kind.
 */
export function crdProblems(object: Fields): string[] {
  const kind = `${object.apiVersion} ${object.kind}`;
  const schema = SCHEMAS.get(kind);
  if (!schema) {
    throw new Error(`crds/ holds no ${kind}`);
  }
  return problems('', object, { ...schema, properties: { ...schema.properties, metadata: ANYTHING } });
}

/**
 * An object with the defaults that its CRD in crds/ has an API server fill in; the object itself stays as it is.
 *
 * @throws Error when crds/ does not hold the object's kind.
 */
export function withCrdDefaults(object: Fields): Fields {
  const schema = SCHEMAS.get(`${object.apiVersion} ${object.kind}`);
  if (!schema) {
    throw new Error(`crds/ holds no ${object.apiVersion} ${object.kind}`);
  }
  return { ...object, spec: filled(object.spec, schema.properties.spec) };
}

function filled(value: unknown, schema: Fields): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => filled(entry, schema.items));
  }
  if (typeof value !== 'object' || value === null || !schema.properties) {
    return value;
  }
  const defaults = Object.entries(schema.properties as Fields).flatMap(([key, inner]) =>
    'default' in inner && !(key in value) ? [[key, inner.default]] : [],
  );
  const all = { ...value, ...Object.fromEntries(defaults) };
  return Object.fromEntries(
    Object.entries(all).map(([key, held]) => [key, filled(held, schema.properties[key] ?? ANYTHING)]),
  );
}

const ANYTHING = { 'x-kubernetes-preserve-unknown-fields': true };

function problems(at: string, value: unknown, schema: Fields): string[] {
  if (schema['x-kubernetes-preserve-unknown-fields']) {
    return [];
  }
  if (schema['x-kubernetes-int-or-string']) {
    const text = typeof value === 'string' && (!schema.pattern || new RegExp(schema.pattern).test(value));
    return text || Number.isInteger(value) ? [] : [`${at} is neither an integer nor a fitting text`];
  }
  const type = Array.isArray(value)
    ? 'array'
    : Number.isInteger(value)
      ? 'integer'
      : value === null
        ? 'null'
        : typeof value;
  if (type !== schema.type && !(type === 'integer' && schema.type === 'number')) {
    return [`${at} is of type ${type}, not ${schema.type}`];
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${at} is ${value}, not one of ${schema.enum}`];
  }
  if (Array.isArray(value)) {
    const empty = value.length === 0 ? [`${at} is empty`] : [];
    return [...empty, ...value.flatMap((entry, index) => problems(`${at}[${index}]`, entry, schema.items))];
  }
  return type === 'object' ? fieldProblems(at, value as Fields, schema) : [];
}

function fieldProblems(at: string, fields: Fields, schema: Fields): string[] {
  const missing = ((schema.required ?? []) as string[]).filter((key) => !(key in fields));
  return [
    ...missing.map((key) => `${at}.${key} is missing`),
    ...Object.entries(fields).flatMap(([key, held]) => {
      const known = schema.properties?.[key] ?? schema.additionalProperties;
      return known ? problems(`${at}.${key}`, held, known) : [`${at}.${key} is not known`];
    }),
  ];
}
