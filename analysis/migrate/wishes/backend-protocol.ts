import type { Annotations } from './annotations';
import type { BackendProtocol } from './wish';

/** The annotations of the family. */
export const BACKEND_PROTOCOL = ['backend-protocol'];

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol */
export function backendProtocolOf(annotations: Annotations): BackendProtocol | { readonly why: string } | undefined {
  const protocol = annotations.get('backend-protocol')?.trim().toUpperCase() ?? '';
  switch (protocol) {
    case '':
    case 'HTTP':
    case 'AUTO_HTTP':
      return undefined;
    case 'HTTPS':
    case 'GRPC':
    case 'GRPCS':
      return { protocol };
    default:
      return { why: `no Gateway speaks ${protocol} to backends` };
  }
}
