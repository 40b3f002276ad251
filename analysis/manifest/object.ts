import { groupOf, type Kind, kindOf } from './kinds';
import type { Manifest, Path, Problem, Source } from './manifest';
import { isMapping, shown } from './value';

/** What can be wrong with the part of an object that all kinds have in common. */
export type ObjectProblemCode =
  | 'not-an-object'
  | 'no-api-version'
  | 'no-kind'
  | 'unknown-kind'
  | 'retired-api-version'
  | 'no-metadata'
  | 'no-name'
  | 'bad-name'
  | 'bad-namespace'
  | 'bad-labels'
  | 'bad-annotations';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Checks what all kinds have in common. An object of a kind without use gives neither a manifest nor a problem. */
export function objectOf(
  object: unknown,
  source: Source,
): { readonly manifest: Manifest | undefined; readonly problems: readonly Problem<ObjectProblemCode>[] } {
  const problems: Problem<ObjectProblemCode>[] = [];
  const problem = (code: ObjectProblemCode, path: Path, message: string) => {
    problems.push({ code, file: source.file, line: source.lineOf(path), message });
  };
  const manifest = read(object, source, problem);
  return { manifest: problems.length === 0 ? manifest : undefined, problems };
}

type Report = (code: ObjectProblemCode, path: Path, message: string) => void;

function read(object: unknown, source: Source, report: Report): Manifest | undefined {
  if (!isMapping(object)) {
    report('not-an-object', [], `the document is ${shown(object)}; a manifest is a mapping with apiVersion and kind`);
    return undefined;
  }
  const { apiVersion, kind } = object;
  if (typeof kind !== 'string' || kind === '') {
    report('no-kind', ['kind'], `kind is ${shown(kind)}; a manifest says what it is, e.g. "kind: Pod"`);
    return undefined;
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    report('no-api-version', ['apiVersion'], `${kind}: apiVersion is ${shown(apiVersion)}; give one such as "v1"`);
    return undefined;
  }
  const known = kindOf(apiVersion, kind);
  if (known === undefined) {
    return undefined;
  }
  if ('apiVersionInstead' in known) {
    const message = `${kind}: apiVersion ${apiVersion} is not served by any supported Kubernetes; use ${known.apiVersionInstead}`;
    report('retired-api-version', ['apiVersion'], message);
    return undefined;
  }
  if ('kindInstead' in known) {
    report('unknown-kind', ['kind'], `${apiVersion} has no kind ${shown(kind)}; did you mean ${known.kindInstead}?`);
    return undefined;
  }
  const metadata = object.metadata;
  if (!isMapping(metadata)) {
    report('no-metadata', ['metadata'], `${kind}: metadata is ${shown(metadata)}; give at least a name`);
    return undefined;
  }
  const name = nameOf(kind, known.kind, metadata, report);
  const who = `${kind} ${name}`;
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind,
    name,
    namespace: known.kind.namespaced ? namespaceOf(who, metadata.namespace, report) : undefined,
    labels: texts(who, 'labels', metadata.labels, (...given) => report('bad-labels', ...given)),
    annotations: texts(who, 'annotations', metadata.annotations, (...given) => report('bad-annotations', ...given)),
    object,
    source,
  };
}

function nameOf(what: string, kind: Kind, metadata: Readonly<Record<string, unknown>>, report: Report): string {
  const { name, generateName } = metadata;
  if (isAbsent(name) && typeof generateName === 'string' && kind.generated) {
    if (!isName(`${generateName}x`)) {
      report('bad-name', ['metadata', 'generateName'], `${what}: generateName is ${shown(generateName)}; ${NAME}`);
    }
    return generateName;
  }
  if (isAbsent(name)) {
    report('no-name', ['metadata'], `${what}: metadata.name is missing`);
  } else if (typeof name !== 'string' || !isName(name)) {
    report('bad-name', ['metadata', 'name'], `${what}: metadata.name is ${shown(name)}; ${NAME}`);
  }
  return typeof name === 'string' ? name : '';
}

const NAME = 'use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends';

function isName(name: string): boolean {
  return name.length <= 253 && name.split('.').every((part) => DNS_LABEL.test(part));
}

function namespaceOf(who: string, namespace: unknown, report: Report): string | undefined {
  if (isAbsent(namespace)) {
    return undefined;
  }
  if (typeof namespace === 'string' && namespace.length <= 63 && DNS_LABEL.test(namespace)) {
    return namespace;
  }
  const advice = 'use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends';
  report('bad-namespace', ['metadata', 'namespace'], `${who}: metadata.namespace is ${shown(namespace)}; ${advice}`);
  return undefined;
}

/** Labels or annotations: text by text. An API server takes a null for an empty text. */
function texts(
  who: string,
  field: string,
  value: unknown,
  report: (path: Path, message: string) => void,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (isAbsent(value)) {
    return found;
  }
  if (!isMapping(value)) {
    report(['metadata', field], `${who}: metadata.${field} is ${shown(value)}; give a mapping of texts`);
    return found;
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text === 'string' || text === null) {
      found.set(key, text ?? '');
    } else {
      const advice = `give a text; in YAML, quote what reads as ${typeof text === 'object' ? 'something else' : `a ${typeof text}`}`;
      report(['metadata', field, key], `${who}: metadata.${field}: ${shown(key)} is ${shown(text)}; ${advice}`);
    }
  }
  return found;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
