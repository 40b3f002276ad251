import { createHash } from 'node:crypto';
import { type Fields, withDefaults } from './api-defaults';

/**
 * What makes two sets of Kubernetes objects different, once an API server has filled in its defaults: one line for
 * each path, none when they are equal. The order of objects, and of lists whose order says nothing, does not count.
 *
 * @throws Error when a set holds one object twice, or a kind whose defaults are not known.
 */
export function differences(actual: readonly Fields[], expected: readonly Fields[]): string[] {
  const [left, right] = [byName(actual), byName(expected)];
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((name) => {
    const [got, wanted] = [left.get(name), right.get(name)];
    if (!got || !wanted) {
      return [`${name}: ${got ? 'is there, and should not be' : 'is missing'}`];
    }
    return compare('', got, wanted, got.kind).map((difference) => `${name}: ${difference}`);
  });
}

/** The name of an object with its kind: `Service stars/backend`. */
export function nameOf(object: Fields): string {
  const { name, namespace } = withDefaults(object).metadata;
  return `${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** A hash that two objects share exactly when `differences` finds none between them. */
export function fingerprint(object: Fields): string {
  const full = withDefaults(object);
  return createHash('sha256')
    .update(canonical(full, '', full.kind))
    .digest('hex');
}

function byName(objects: readonly Fields[]): Map<string, Fields> {
  const found = new Map<string, Fields>();
  for (const object of objects) {
    const name = nameOf(object);
    if (found.has(name)) {
      throw new Error(`${name} stands twice in one set of objects`);
    }
    found.set(name, withDefaults(object));
  }
  return found;
}

function compare(path: string, got: unknown, wanted: unknown, kind: string): string[] {
  if (isFields(got) && isFields(wanted)) {
    const keys = [...new Set([...Object.keys(got), ...Object.keys(wanted)])].sort();
    return keys.flatMap((key) => compare(path ? `${path}.${key}` : key, got[key], wanted[key], kind));
  }
  if (Array.isArray(got) && Array.isArray(wanted)) {
    return compareLists(path, got, wanted, kind);
  }
  return canonical(got, '', kind) === canonical(wanted, '', kind)
    ? []
    : [`${path} is ${shown(got)}, expected ${shown(wanted)}`];
}

function compareLists(path: string, got: unknown[], wanted: unknown[], kind: string): string[] {
  const field = path.slice(path.lastIndexOf('.') + 1);
  const left = entries(field, got, kind);
  const right = entries(field, wanted, kind);
  const surplus = [...left.keys()].filter((key) => !right.has(key));
  const lacking = [...right.keys()].filter((key) => !left.has(key));
  const pairs = [...left.keys()].filter((key) => right.has(key)).map((key) => [key, key] as const);
  if (surplus.length === 1 && lacking.length === 1 && typeof keyOf(field, left.get(surplus[0] ?? '')) !== 'string') {
    // One entry without a name of its own has changed: say what within it, not that one went and another came.
    pairs.push([surplus.pop() ?? '', lacking.pop() ?? '']);
  }
  return [
    ...surplus.map((key) => `${path}[${key}] is there, and should not be`),
    ...lacking.map((key) => `${path}[${key}] is missing`),
    ...pairs.flatMap(([a, b]) => compare(`${path}[${a}]`, left.get(a), right.get(b), kind)),
  ];
}

/** Lists whose order says nothing, and the fields that tell their entries apart; none: the entry as a whole. */
const UNORDERED = new Map<string, readonly string[]>([
  ['containers', ['name']],
  ['env', ['name']],
  ['volumes', ['name']],
  ['volumeMounts', ['mountPath']],
  ['imagePullSecrets', ['name']],
  ['ports', ['protocol', 'containerPort', 'port']],
  ['subjects', ['kind', 'namespace', 'name']],
  ['webhooks', ['name']],
  ...[
    ...['tolerations', 'rules', 'apiGroups', 'apiVersions', 'resources', 'resourceNames', 'nonResourceURLs', 'verbs'],
    ...['operations', 'policyTypes', 'ingress', 'egress', 'from', 'to', 'except', 'matchExpressions', 'values'],
    ...['add', 'drop', 'loadBalancerSourceRanges'],
  ].map((field) => [field, []] as const),
]);

function keyOf(field: string, entry: unknown): string | undefined {
  const keys = UNORDERED.get(field) ?? [];
  const parts = isFields(entry) ? keys.map((key) => entry[key]).filter((part) => part !== undefined) : [];
  return parts.length > 0 ? parts.join('/') : undefined;
}

/** The entries of a list under what tells them apart: a name, all that they hold, or else their place. */
function entries(field: string, list: unknown[], kind: string): Map<string, unknown> {
  const ordered = isOrdered(field, list, kind);
  const found = new Map<string, unknown>();
  list.forEach((entry, place) => {
    const key = ordered ? String(place) : (keyOf(field, entry) ?? canonical(entry, '', kind));
    found.set(found.has(key) ? `${key}, again at ${place}` : key, entry);
  });
  return found;
}

function isOrdered(field: string, list: unknown[], kind: string): boolean {
  // A variable may refer to those before it.
  const refers = field === 'env' && list.some((entry) => isFields(entry) && String(entry.value).includes('$('));
  return refers || !UNORDERED.has(field) || (kind === 'Ingress' && field === 'rules');
}

/** JSON with sorted keys, and with lists sorted whose order says nothing. */
function canonical(value: unknown, field: string, kind: string): string {
  if (Array.isArray(value)) {
    const texts = value.map((entry) => canonical(entry, '', kind));
    return `[${(isOrdered(field, value, kind) ? texts : texts.sort()).join(',')}]`;
  }
  if (isFields(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key], key, kind)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'nothing';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
