import type { AcmeServer } from './acme-server';
import type { AcmeSolver } from './acme-solver';
import type { IssuerKind } from './issuer-kind';

/** Settings of `Issuer.selfSigned`. */
export interface SelfSignedIssuerProps {
  /**
   * The name of the issuer.
   *
   * @default "self-signed"
   */
  readonly name?: string;

  /**
   * Whether it is for its namespace or for the cluster.
   *
   * @default IssuerKind.ISSUER
   */
  readonly kind?: IssuerKind;
}

/** Settings of `Issuer.acme`. */
export interface AcmeIssuerProps {
  /** Where the authority writes to when something is wrong with a certificate or the account. */
  readonly email: string;

  /** How the authority is shown that a host is yours. */
  readonly solver: AcmeSolver;

  /**
   * The authority.
   *
   * @default AcmeServer.LETS_ENCRYPT
   */
  readonly server?: AcmeServer;

  /**
   * The name of the issuer.
   *
   * @default - "letsencrypt", "letsencrypt-staging", or that of the server
   */
  readonly name?: string;

  /**
   * Whether it is for its namespace or for the cluster.
   *
   * @default IssuerKind.ISSUER
   */
  readonly kind?: IssuerKind;
}
