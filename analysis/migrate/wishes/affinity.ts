import { type Annotations, numberOf } from './annotations';
import type { Affinity } from './wish';

/** The annotations of the family. */
export const AFFINITY = ['affinity*', 'session-cookie-*'];

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#session-affinity */
export function affinityOf(annotations: Annotations): Affinity | { readonly why: string } | undefined {
  const type = annotations.get('affinity')?.trim() ?? '';
  if (type === '') {
    return undefined;
  }
  if (type !== 'cookie') {
    return { why: `ingress-nginx knows no affinity ${JSON.stringify(type)}` };
  }
  return {
    cookie: annotations.get('session-cookie-name')?.trim() || 'INGRESSCOOKIE',
    path: annotations.get('session-cookie-path')?.trim() || undefined,
    maxAge: numberOf(annotations.get('session-cookie-max-age')),
  };
}
