import { isMapping } from '../../manifest/value';
import { brief } from '../brief';
import type { Cursor } from '../cursor';
import { checkHost } from '../host-check';
import { sortedText } from '../sorted-text';
import type { ObjectRef } from './objects';

/**
 * A hostname, `*.` before it where that is allowed; empty where it is not given. What an API server or a controller would
 * refuse is reported.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#hostname
 */
export function readHostname(field: Cursor, { wildcard }: { readonly wildcard: boolean }): string | undefined {
  const text = field.text();
  if (text === undefined || text === '') {
    return field.isGiven && text === undefined ? undefined : '';
  }
  return checkHost(field, text, { wildcard }) ? text : undefined;
}

/**
 * The hostnames of a route, each once.
 *
 * @param most more than this are reported
 */
export function readHostnames(list: Cursor, most = 16): readonly string[] {
  const hostnames = list.items(most).flatMap((item) => readHostname(item, { wildcard: true }) || []);
  return [...new Set(hostnames)];
}

/** A reference to an object; one without name is reported, and none. */
export function readRef(field: Cursor, defaults: { kind: string; namespace: string }): ObjectRef | undefined {
  const ref = field.mapping();
  const name = ref.get('name').neededText('bad-backend', `give the name of a ${defaults.kind}`);
  const group = ref.get('group').text() ?? '';
  const kind = ref.get('kind').text() ?? defaults.kind;
  const namespace = ref.get('namespace').text() || defaults.namespace;
  return name === undefined ? undefined : { group, kind, namespace, name, at: ref.at };
}

/**
 * Settings in short, so that a note of others is another one.
 *
 * @param isHidden whether they may hold secrets, as headers do
 */
export function settingsText({ value }: Pick<Cursor, 'value'>, isHidden = false): string {
  const text = sortedText(value);
  return isHidden || text.length > 60 ? brief(text, true) : text;
}

/** What stands in a mapping besides the fields that are read: newer releases and implementations know others. */
export function unreadFields({ value }: Pick<Cursor, 'value'>, read: readonly string[]): string[] {
  const unread: string[] = [];
  for (const key of isMapping(value) ? Object.keys(value) : []) {
    const own = isMapping(value) ? value[key] : undefined;
    if (!read.includes(key) && own !== undefined && own !== null) {
      unread.push(`the field ${key} is ${settingsText({ value: own })}, which is not read`);
    }
  }
  return unread;
}
