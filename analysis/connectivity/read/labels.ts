import type { Field } from './field';

const NAME = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)$/;
const PREFIX = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/**
 * Reads labels and checks them as an API server does.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function readLabels(field: Field): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const [key, member] of field.members()) {
    if (checkLabelKey(key, member) && checkLabelValue(member)) {
      labels.set(key, (member.value as string | null) ?? '');
    }
  }
  return labels;
}

/** Reports a key that no label can have. */
export function checkLabelKey(key: string, at: Field): boolean {
  const slash = key.lastIndexOf('/');
  const prefix = key.slice(0, Math.max(slash, 0));
  const name = key.slice(slash + 1);
  if (NAME.test(name) && name.length <= 63 && (slash < 0 || (PREFIX.test(prefix) && prefix.length <= 253))) {
    return true;
  }
  const advice = 'use at most 63 letters, digits, "-", "_" and ".", with a DNS name and "/" before it if need be';
  at.report('bad-label', `${at.place}: the key ${JSON.stringify(key)} cannot be a label; ${advice}`);
  return false;
}

/** Reports a value that no label can have. An API server takes null for the empty text. */
export function checkLabelValue(at: Field): boolean {
  const { value } = at;
  if (value === null || value === '' || (typeof value === 'string' && NAME.test(value) && value.length <= 63)) {
    return true;
  }
  at.wrong(
    'bad-label',
    typeof value === 'string'
      ? 'use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends'
      : 'give a text; in YAML, quote it',
  );
  return false;
}
