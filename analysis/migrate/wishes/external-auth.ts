import { type Annotations, listOf } from './annotations';
import type { ExternalAuth } from './wish';

/** The annotations of the family. */
export const EXTERNAL_AUTH = [
  'auth-url',
  'auth-method',
  'auth-signin*',
  'auth-response-headers',
  'auth-request-redirect',
  'auth-snippet',
  'auth-proxy-set-headers',
  'auth-cache-*',
  'auth-keepalive*',
  'auth-always-set-cookie',
];

/** Those without which the wish would be another one. */
const OWN: readonly (readonly [string, string])[] = [
  ['auth-signin', 'auth-signin sends who is refused to a login, and no policy of a Gateway does'],
  ['auth-snippet', 'nobody can say what auth-snippet does'],
  ['auth-proxy-set-headers', 'the headers of auth-proxy-set-headers stand in a ConfigMap'],
];

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#external-authentication */
export function externalAuthOf(
  annotations: Annotations,
  namespace: string,
): ExternalAuth | { readonly why: string } | undefined {
  const url = annotations.get('auth-url')?.trim() ?? '';
  if (url === '') {
    return undefined;
  }
  const own = OWN.find(([name]) => (annotations.get(name) ?? '') !== '');
  if (own !== undefined) {
    return { why: own[1] };
  }
  const method = annotations.get('auth-method')?.trim().toUpperCase() ?? 'GET';
  if (method !== 'GET') {
    return { why: `auth-method ${method} asks by another method than the request's` };
  }
  if (url.includes('$') || !URL.canParse(url)) {
    return { why: 'variables of its URL are known to nginx only' };
  }
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const [, name, of = namespace] =
    /^([a-z][a-z0-9-]*)(?:\.([a-z0-9][a-z0-9-]*)(?:\.svc(?:\.cluster\.local)?)?)?$/.exec(hostname) ?? [];
  const isInside = protocol === 'http:' && search === '' && name !== undefined && isOfCluster(hostname);
  return {
    url,
    service: isInside ? { namespace: of, name, port: port === '' ? 80 : Number(port) } : undefined,
    path: `${pathname}${search}`,
    responseHeaders: listOf(annotations.get('auth-response-headers')),
  };
}

/** Whether a name is surely of the cluster: `auth.com` could be a Service `auth` in `com`, and hardly is. */
function isOfCluster(hostname: string): boolean {
  return /\.svc(\.cluster\.local)?$/.test(hostname);
}
