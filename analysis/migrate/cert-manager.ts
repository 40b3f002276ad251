const GROUP = 'cert-manager.io/';
const TLS_ACME = 'kubernetes.io/tls-acme';
/** What cert-manager calls the kinds of issuers that an annotation names. */
const ISSUERS = new Map([
  [`${GROUP}issuer`, 'Issuer'],
  [`${GROUP}cluster-issuer`, 'ClusterIssuer'],
]);

/** Where an annotation of cert-manager stands, and where the Gateway is. */
export interface IssuedIngress {
  /** The Secrets that its TLS sections name. */
  readonly secretNames: readonly string[];
  /** Whether the Gateway is in the namespace of these. */
  readonly besideGateway: boolean;
  /** Whether TLS ends in front of the Gateway. */
  readonly endsInFront?: boolean;
}

/**
 * What becomes of an annotation that cert-manager reads from Ingresses; `undefined` for others, and where it says nothing.
 *
 * For a Gateway, cert-manager makes Secrets of its own namespace only. The Certificate that it has made for an Ingress is
 * deleted with this one; then nothing renews the Secret any more.
 *
 * @see https://cert-manager.io/docs/usage/gateway/
 */
export function certManagerRemark(key: string, value: string, ingress: IssuedIngress): string | undefined {
  if (!key.startsWith(GROUP) && !(key === TLS_ACME && value === 'true')) {
    return undefined;
  }
  if (ingress.secretNames.length === 0) {
    return `cert-manager makes nothing of it, since no TLS section names a Secret`;
  }
  if (ingress.endsInFront === true) {
    return `TLS ends at the load balancer in front of the Gateway, which needs the certificate; cert-manager's goes with the Ingress`;
  }
  const kind = ISSUERS.get(key);
  if (!ingress.besideGateway) {
    const issuer = kind === undefined ? '' : ` of the ${kind} ${value}`;
    const certificate = `a Certificate with secretName ${ingress.secretNames.join(', another with ')}${issuer}`;
    return kind === undefined && key !== TLS_ACME
      ? `it is a setting of the Certificate`
      : `cert-manager makes no Secret for a Gateway of another namespace, and its Certificate goes with the Ingress; write ${certificate}`;
  }
  return key === TLS_ACME
    ? `cert-manager does not read it from a Gateway; name the issuer there by ${GROUP}cluster-issuer`
    : `cert-manager reads it from the Gateway; put ${key}: ${value} there`;
}
