import { unknownFields } from './fields/fields';
import { ASIDE, groupOf, type Kind, type KindOf, kindOf } from './kinds';
import type { Manifest, Path, Problem, ProblemSeverity, Source } from './manifest';
import { isDnsLabel, isKey, isLabelValue, isServiceName, isSubdomain, KEY, LABEL_VALUE, SERVICE_NAME } from './names';
import { noObject } from './no-object';
import { oldVersion } from './old-versions';
import { isAttachedPolicy } from './request-kinds';
import { templateIn } from './template';
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
  | 'bad-annotations'
  | 'unknown-field';

/** Checks what all kinds have in common, of one object after the other: what that takes is made once for all of them. */
export class ObjectReader {
  /** Of the object that is read now. */
  private readonly mistakes: Mistake[] = [];

  /**
   * An object of a kind without use gives neither a manifest nor a problem; one with a problem that is more than tolerable gives no
   * manifest.
   */
  read(object: unknown, source: Source): ReadObject {
    const no = noObject(object);
    if (no !== undefined || !isMapping(object)) {
      const severity = no?.isOther ? 'tolerable' : 'error';
      const mistake = {
        code: no?.code ?? 'not-an-object',
        path: ['kind'],
        message: no?.message ?? '',
        severity,
      } as const;
      return { manifest: undefined, problems: [placed(mistake, source)] };
    }
    const { mistakes } = this;
    mistakes.length = 0;
    const manifest = read(object, object.kind as string, source, this.report);
    if (mistakes.length === 0) {
      return { manifest, problems: NO_PROBLEMS };
    }
    const isUsable = mistakes.every(({ severity }) => severity !== 'error');
    const isAside = isLeftAside(object);
    return {
      manifest: isUsable ? manifest : undefined,
      problems: mistakes.map((mistake) => placed(isAside && !isUsable ? leftOut(mistake) : mistake, source)),
    };
  }

  private readonly report: Report = (code, path, message, severity = 'error') => {
    this.mistakes.push({ code, path, message, severity });
  };
}

/** Most objects have none: one list is that of them all. */
const NO_PROBLEMS: readonly Problem<ObjectProblemCode>[] = [];

/** An object as it was read, and what is wrong with it. */
export interface ReadObject {
  readonly manifest: Manifest | undefined;
  readonly problems: readonly Problem<ObjectProblemCode>[];
}

interface Mistake {
  readonly code: ObjectProblemCode;
  readonly path: Path;
  readonly message: string;
  readonly severity: ProblemSeverity;
}

type Report = (code: ObjectProblemCode, path: Path, message: string, severity?: ProblemSeverity) => void;

function placed({ code, path, message, severity }: Mistake, source: Source): Problem<ObjectProblemCode> {
  const { file } = source;
  return { code, ...(severity === 'error' ? {} : { severity }), file, line: source.lineOf(path), message };
}

/** Of an object without which an answer is whole. */
function leftOut(mistake: Mistake): Mistake {
  return { ...mistake, severity: 'tolerable', message: `${mistake.message} (it is left out)` };
}

function read(
  object: Readonly<Record<string, unknown>>,
  kind: string,
  source: Source,
  report: Report,
): Manifest | undefined {
  const { apiVersion } = object;
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    report('no-api-version', ['apiVersion'], `${kind}: apiVersion is ${shown(apiVersion)}; give one such as "v1"`);
    return undefined;
  }
  const known = knownAs(object, apiVersion, kind);
  if (known === undefined) {
    if (groupOf(apiVersion) === 'kustomize.config.k8s.io') {
      report('not-an-object', ['kind'], `${kind}: kustomize reads this, no cluster does; ${BUILD}`, 'tolerable');
    }
    return undefined;
  }
  if ('apiVersionInstead' in known) {
    report('retired-api-version', ['apiVersion'], `${kind}: ${retired(apiVersion, known.apiVersionInstead)}`);
    return undefined;
  }
  if ('kindInstead' in known) {
    report('unknown-kind', ['kind'], `${apiVersion} has no kind ${shown(kind)}; did you mean ${known.kindInstead}?`);
    return undefined;
  }
  const { group } = known;
  const old = 'old' in known ? known.old : undefined;
  if (old !== undefined) {
    const message = `${kind}: ${retired(apiVersion, old.now)}, as which it is read`;
    report('retired-api-version', ['apiVersion'], message, 'tolerable');
  }
  const { metadata } = object;
  if (!isMapping(metadata)) {
    report('no-metadata', ['metadata'], `${kind}: metadata is ${shown(metadata)}; give at least a name`);
    return undefined;
  }
  const name = nameOf(kind, known.kind, metadata, report);
  const who = `${kind} ${name}`;
  reportOldOwners(who, metadata.ownerReferences, report);
  const current = old?.convert?.(object) ?? object;
  for (const { path, message, isNear } of unknownFields(group, kind, current)) {
    // Where much is added from version to version, a field that is near to none may be newer than what is known here; and an old
    // version has fields that are gone.
    if (
      old === undefined ? isNear || SETTLED.includes(`${group}/${kind}`) : isNear && !GONE.includes(String(path.at(-1)))
    ) {
      const { namespace } = metadata;
      const place = known.kind.namespaced && typeof namespace === 'string' ? `${namespace}/` : '';
      report('unknown-field', path, `${kind} ${place}${name}: ${message}`, 'tolerable');
    }
  }
  return {
    apiVersion,
    group,
    kind,
    name,
    namespace: known.kind.namespaced ? namespaceOf(who, metadata.namespace, report) : undefined,
    // Most objects have none, and nothing is made for them.
    labels: isAbsent(metadata.labels) ? NO_TEXTS : labelsOf(who, metadata.labels, kind, report),
    annotations: isAbsent(metadata.annotations) ? NO_TEXTS : annotationsOf(who, metadata.annotations, report),
    object: current,
    source,
  };
}

function knownAs(object: Readonly<Record<string, unknown>>, apiVersion: string, kind: string): KindOf {
  return (
    kindOf(apiVersion, kind) ?? (isAttachedPolicy(object) ? { kind: ASIDE, group: groupOf(apiVersion) } : undefined)
  );
}

/** Whether an answer is whole without an object of this kind. */
function isLeftAside(object: Readonly<Record<string, unknown>>): boolean {
  const { apiVersion, kind } = object;
  const known =
    typeof apiVersion === 'string' && typeof kind === 'string' ? knownAs(object, apiVersion, kind) : undefined;
  return known !== undefined && 'kind' in known && known.kind.aside === true;
}

const BUILD = 'what it changes is not known here, so build it and read what comes of it';

/** Fields of retired versions that are gone, and look like others. */
const GONE = ['templateGeneration'];

/** Kinds whose fields hardly change any more. */
const SETTLED: readonly string[] = [
  '/Service',
  'networking.k8s.io/Ingress',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/NetworkPolicy',
];

function retired(apiVersion: string, instead: string): string {
  return `apiVersion ${apiVersion} is not served by any supported Kubernetes; use ${instead}`;
}

/** A cluster keeps how an owner was called when it was made. */
function reportOldOwners(who: string, references: unknown, report: Report): void {
  if (!Array.isArray(references)) {
    return;
  }
  for (const [index, reference] of references.entries()) {
    const { apiVersion, kind } = isMapping(reference) ? reference : {};
    const old = typeof apiVersion === 'string' && typeof kind === 'string' ? oldVersion(apiVersion, kind) : undefined;
    if (old !== undefined) {
      const path = ['metadata', 'ownerReferences', index];
      const message = `${who}: its owner, a ${kind}, is of ${apiVersion}; it is taken as ${old.now}`;
      report('retired-api-version', path, message, 'warning');
    }
  }
}

function nameOf(what: string, kind: Kind, metadata: Readonly<Record<string, unknown>>, report: Report): string {
  const { name, generateName } = metadata;
  if (isAbsent(name) && typeof generateName === 'string' && kind.generated) {
    if (!isSubdomain(`${generateName}x`)) {
      const message = `${what}: generateName is ${shown(generateName)}; ${adviceOn(generateName, NAME)}`;
      report('bad-name', ['metadata', 'generateName'], message, gravity(generateName));
    }
    return generateName;
  }
  if (isAbsent(name)) {
    report('no-name', ['metadata'], `${what}: metadata.name is missing`);
  } else if (typeof name !== 'string' || !isSubdomain(name)) {
    report(
      'bad-name',
      ['metadata', 'name'],
      `${what}: metadata.name is ${shown(name)}; ${adviceOn(name, NAME)}`,
      gravity(name),
    );
  } else if (what === 'Service' && !isServiceName(name)) {
    report('bad-name', ['metadata', 'name'], `${what}: metadata.name is ${shown(name)}; ${SERVICE_NAME}`, 'tolerable');
  } else if (what === 'Namespace' && !isDnsLabel(name)) {
    report('bad-name', ['metadata', 'name'], `${what}: metadata.name is ${shown(name)}; ${NAMESPACE}`, 'tolerable');
  }
  return typeof name === 'string' ? name : '';
}

const NAMESPACE = 'use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends';

const NAME = 'use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends';

/** A name that an API server refuses tells objects apart all the same; a template or a path does not. */
function gravity(name: unknown): ProblemSeverity {
  return typeof name === 'string' && /^[\p{L}\p{N}._:@+~-]{1,253}$/u.test(name) ? 'tolerable' : 'error';
}

/** What a value should be, unless it is plainly none yet. */
function adviceOn(value: unknown, advice: string): string {
  return (typeof value === 'string' ? templateIn(value) : undefined) ?? advice;
}

function namespaceOf(who: string, namespace: unknown, report: Report): string | undefined {
  if (isAbsent(namespace)) {
    return undefined;
  }
  if (typeof namespace === 'string' && isDnsLabel(namespace)) {
    return namespace;
  }
  const advice = adviceOn(namespace, NAMESPACE);
  const message = `${who}: metadata.namespace is ${shown(namespace)}; ${advice}`;
  const severity = gravity(namespace);
  report('bad-namespace', ['metadata', 'namespace'], message, severity);
  return severity === 'error' ? undefined : (namespace as string);
}

/** Kinds whose own labels are selected by. */
const LABELLED = ['Namespace', 'Pod', 'VirtualMachineInstance'];

function labelsOf(who: string, value: unknown, kind: string, report: Report): ReadonlyMap<string, string> {
  const found = texts(who, 'labels', value, (path, message) => {
    const isRead = LABELLED.includes(kind);
    report('bad-labels', path, isRead ? message : `${message}; no answer needs it`, isRead ? 'error' : 'tolerable');
  });
  // What is read for selectors is checked there.
  if (LABELLED.includes(kind)) {
    return found;
  }
  found.forEach((text, key) => {
    const wrong = isKey(key) ? (isLabelValue(text) ? '' : ` is ${shown(text)}; ${LABEL_VALUE}`) : `: ${KEY}`;
    if (wrong !== '') {
      report('bad-labels', ['metadata', 'labels', key], `${who}: metadata.labels: ${shown(key)}${wrong}`, 'tolerable');
    }
  });
  return found;
}

/** What programs write into annotations is text. A number or a boolean is taken as it reads in JSON. */
function annotationsOf(who: string, value: unknown, report: Report): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  const found = texts(who, 'annotations', value, (path, message, key, given) => {
    if (typeof given === 'number' || typeof given === 'boolean') {
      taken.set(key, String(given));
      report('bad-annotations', path, `${message}; it is taken as ${shown(String(given))}`, 'tolerable');
    } else {
      report(
        'bad-annotations',
        path,
        message,
        key === '' || /(^|\.)(nginx\.|kubernetes\.io\/)/.test(key) ? 'error' : 'tolerable',
      );
    }
  });
  for (const key of found.keys()) {
    if (!isKey(key)) {
      const path = ['metadata', 'annotations', key];
      report('bad-annotations', path, `${who}: metadata.annotations: ${shown(key)}: ${KEY}`, 'tolerable');
    }
  }
  return taken.size === 0 ? found : new Map([...found, ...taken]);
}

/** Labels or annotations: text by text. An API server takes a null for an empty text. */
function texts(
  who: string,
  field: string,
  value: unknown,
  report: (path: Path, message: string, key: string, value: unknown) => void,
): ReadonlyMap<string, string> {
  if (!isMapping(value)) {
    report(['metadata', field], `${who}: metadata.${field} is ${shown(value)}; give a mapping of texts`, '', value);
    return NO_TEXTS;
  }
  const found = new Map<string, string>();
  for (const key of Object.keys(value)) {
    const text = value[key];
    if (typeof text === 'string' || text === null) {
      found.set(key, text ?? '');
    } else {
      const advice = `give a text; in YAML, quote what reads as ${typeof text === 'object' ? 'something else' : `a ${typeof text}`}`;
      report(
        ['metadata', field, key],
        `${who}: metadata.${field}: ${shown(key)} is ${shown(text)}; ${advice}`,
        key,
        text,
      );
    }
  }
  return found;
}

/** Most objects have no annotations: one map is that of them all. */
const NO_TEXTS: ReadonlyMap<string, string> = new Map();

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
