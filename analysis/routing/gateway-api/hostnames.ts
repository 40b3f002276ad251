import type { HostName } from '../model';

/**
 * The hosts that two hostnames share, as one hostname; `undefined` for none. The empty one is every host, and `*.` stands
 * for one label or more.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec
 */
export function intersection(one: string, other: string): string | undefined {
  return covers(one, other) ? other : covers(other, one) ? one : undefined;
}

/** Whether every host of one hostname is one of another. */
export function covers(wide: string, narrow: string): boolean {
  return (
    wide === '' ||
    wide === narrow ||
    (wide.startsWith('*.') && narrow.length > wide.length - 1 && narrow.endsWith(wide.slice(1)))
  );
}

/** The hostnames that cover another one, the most specific first, without itself. */
export function coveringNames(hostname: string): readonly string[] {
  const names: string[] = [];
  const bare = hostname.replace(/^\*\./, '');
  for (let dot = bare.indexOf('.'); dot >= 0; dot = bare.indexOf('.', dot + 1)) {
    names.push(`*${bare.slice(dot)}`);
  }
  return hostname === '' ? [] : [...names, ''];
}

/** The most specific first: more characters of a name without asterisk, then more characters. */
export function bySpecificity(one: string, other: string): number {
  const exact = (hostname: string) => (hostname.startsWith('*.') ? 0 : hostname.length);
  return exact(other) - exact(one) || other.length - one.length;
}

/** A hostname as the model has it. */
export function hostNameOf(hostname: string): HostName {
  if (hostname === '') {
    return { kind: 'any' };
  }
  return hostname.startsWith('*.') ? { kind: 'suffix', suffix: hostname.slice(1) } : { kind: 'exact', host: hostname };
}
