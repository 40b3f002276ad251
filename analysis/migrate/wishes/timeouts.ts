import { type Annotations, numberOf } from './annotations';
import type { Timeouts } from './wish';

/** The annotations of the family. */
export const TIMEOUTS = ['proxy-connect-timeout', 'proxy-read-timeout', 'proxy-send-timeout'];

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-timeouts */
export function timeoutsOf(annotations: Annotations): Timeouts | { readonly why: string } | undefined {
  const names = TIMEOUTS.filter((name) => annotations.has(name));
  if (names.length === 0) {
    return undefined;
  }
  const garbled = names.find((name) => !numberOf(annotations.get(name)));
  if (garbled !== undefined) {
    return { why: `${garbled} is no number of seconds` };
  }
  const [connect, read, send] = TIMEOUTS.map((name) => numberOf(annotations.get(name)));
  return { connect, read, send };
}
