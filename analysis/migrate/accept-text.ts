import type { AcceptedName } from '../diff';

/** The options that accept differences, as a shell takes them. */
export function acceptText(accept: readonly AcceptedName[]): string {
  return accept.map((name) => `--accept ${name.includes('*') ? `'${name}'` : name}`).join(' ');
}
