import type { AnnotationReader } from './annotation-reader';
import { secretUses } from './secret-uses';

/** The annotation that asks clients for a certificate. */
export const CLIENT_CERTIFICATE = 'auth-tls-secret';

/** What becomes of the hosts of an Ingress that asks clients for a certificate. */
export interface HostAccess {
  /** Why every request for them is answered 403, whichever Ingress has its path; `undefined` where it is not. */
  readonly refused: string | undefined;
  /** Why nobody can say whether it is so, in words; `undefined` where that is settled. */
  readonly doubt: string | undefined;
}

/**
 * Reads `auth-tls-secret`. Where the controller cannot set it up, it refuses whole hosts, and not just the paths of the Ingress.
 *
 * @see https://github.com/kubernetes/ingress-nginx/issues/13479
 */
export function hostAccessOf(reader: AnnotationReader): HostAccess {
  const use = secretUses(reader).find(({ annotation }) => annotation === CLIENT_CERTIFICATE);
  const { denial, doubt } = use ?? {};
  const { namespace = 'default', name } = reader.manifest;
  const value = reader.shown(CLIENT_CERTIFICATE);
  if (denial !== undefined) {
    reader.wrong(CLIENT_CERTIFICATE, 'for which every request for its hosts is answered 403', denial, 'denied');
    return { refused: `annotation ${reader.key(CLIENT_CERTIFICATE)} is ${value}; ${denial}`, doubt: undefined };
  }
  const what = `${CLIENT_CERTIFICATE} ${value} of Ingress ${namespace}/${name} asks for a client certificate first`;
  return {
    refused: undefined,
    doubt:
      doubt === undefined
        ? undefined
        : `it cannot be said whether ${what}, or every request for its hosts is answered 403: ${doubt}`,
  };
}
