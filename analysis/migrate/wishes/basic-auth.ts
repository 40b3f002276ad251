import type { Annotations } from './annotations';
import type { BasicAuth } from './wish';

/** The annotations of the family. */
export const BASIC_AUTH = ['auth-type', 'auth-secret', 'auth-secret-type', 'auth-realm'];

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#authentication */
export function basicAuthOf(
  annotations: Annotations,
  namespace: string,
): BasicAuth | { readonly why: string } | undefined {
  const type = annotations.get('auth-type')?.trim().toLowerCase() ?? '';
  if (type === '') {
    return undefined;
  }
  if (type !== 'basic') {
    return { why: `passwords of auth-type ${type} are no matter of Gateways` };
  }
  const form = annotations.get('auth-secret-type')?.trim() ?? 'auth-file';
  if (form !== 'auth-file') {
    return { why: `a Secret of auth-secret-type ${form} has one key for each name; write one with lines of htpasswd` };
  }
  const [first = '', second] = (annotations.get('auth-secret')?.trim() ?? '').split('/');
  const secret = second === undefined ? { namespace, name: first } : { namespace: first, name: second };
  if (secret.name === '') {
    return { why: 'auth-secret names no Secret' };
  }
  if (secret.namespace !== namespace) {
    return { why: `the Secret ${secret.namespace}/${secret.name} is in another namespace, where policies do not look` };
  }
  return { secret, realm: annotations.get('auth-realm')?.trim() || 'Authentication Required' };
}
