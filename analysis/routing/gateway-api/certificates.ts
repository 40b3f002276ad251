import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import type { Secrets } from '../secrets';
import type { Grants } from './grants';
import type { Gateway, GatewayListener } from './objects';

/** Knows which listeners have a certificate. */
export class Certificates {
  constructor(
    private readonly secrets: Secrets,
    private readonly grants: Grants,
    private readonly findings: Findings,
  ) {}

  /**
   * Why a listener has no certificate that it may use; `undefined` where it has, as far as can be seen: Secrets are often
   * kept apart from other manifests.
   *
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#listenertlsconfig
   */
  missingFor({ tls, at, hostname, owner }: GatewayListener, gateway: Gateway): string | undefined {
    const { manifest, namespace } = owner ?? gateway;
    if (tls === undefined) {
      return 'it has no tls';
    }
    const reasons = tls.certificates.map((ref): string | undefined => {
      const key = `${ref.namespace}/${ref.name}`;
      if (!this.grants.allow(manifest.kind, namespace, ref)) {
        return `no ReferenceGrant in ${ref.namespace} lets ${manifest.kind}s of ${namespace} refer to ${ref.kind} ${ref.name}`;
      }
      const holds = ref.group === '' && ref.kind === 'Secret' ? this.holdsCertificate(key) : true;
      // For a Gateway, cert-manager makes Secrets of its own namespace only, and for named hosts.
      const isIssued = namesIssuer(manifest) && hostname !== '' && ref.namespace === namespace;
      if (holds === undefined && !isIssued) {
        const message = `Secret ${key} is not among the manifests; taken as there`;
        this.findings.note(manifest, ref.at, 'no-secret', message);
      }
      return holds === false ? `Secret ${key} holds no tls.crt with tls.key` : undefined;
    });
    const [first] = reasons;
    if (first === undefined || reasons.includes(undefined)) {
      const other = reasons.find((reason) => reason !== undefined);
      if (other !== undefined) {
        this.findings.note(manifest, [...at, 'tls', 'certificateRefs'], 'assumed', `${other}; served with the others`);
      }
      return undefined;
    }
    return first;
  }

  /** Whether a Secret holds a certificate with its key; `undefined` where it is not among the manifests. */
  private holdsCertificate(key: string): boolean | undefined {
    const keys = this.secrets.keysOf(key);
    return keys === undefined || keys === 'made' ? keys && true : keys.has('tls.crt') && keys.has('tls.key');
  }
}

/**
 * Whether cert-manager makes the Secrets of a Gateway.
 *
 * @see https://cert-manager.io/docs/usage/gateway/
 */
function namesIssuer({ annotations }: Manifest): boolean {
  return annotations.has('cert-manager.io/issuer') || annotations.has('cert-manager.io/cluster-issuer');
}
