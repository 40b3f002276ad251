import { type Annotations, numberOf } from './annotations';
import type { RateLimit } from './wish';

/** The annotations of the family. */
export const RATE_LIMIT = ['limit-*'];

const RATES = ['limit-rps', 'limit-rpm', 'limit-connections'];
/** As ingress-nginx has it. */
const BURST = 5;

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#rate-limiting */
export function rateLimitOf(annotations: Annotations): RateLimit | { readonly why: string } | undefined {
  const names = [...annotations.keys()].filter((name) => name.startsWith('limit-'));
  if (names.length === 0) {
    return undefined;
  }
  const other = names.find((name) => ![...RATES, 'limit-burst-multiplier'].includes(name));
  if (other !== undefined) {
    return {
      why:
        other === 'limit-allowlist' || other === 'limit-whitelist'
          ? `the addresses of ${other} are not limited, and policies know no exception`
          : `${other} limits how fast an answer is sent, and no policy does`,
    };
  }
  const garbled = names.find((name) => numberOf(annotations.get(name)) === undefined);
  if (garbled !== undefined) {
    return { why: `${garbled} is no whole number` };
  }
  const [perSecond, perMinute, connections] = RATES.map((name) => numberOf(annotations.get(name)) || undefined);
  return { perSecond, perMinute, connections, burst: numberOf(annotations.get('limit-burst-multiplier')) || BURST };
}
