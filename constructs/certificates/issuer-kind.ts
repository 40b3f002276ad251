/**
 * Whose certificates an issuer of cert-manager signs.
 *
 * @see https://cert-manager.io/docs/concepts/issuer/
 */
export enum IssuerKind {
  /** Those of its own namespace. */
  ISSUER = 'Issuer',
  /** Those of every namespace. */
  CLUSTER_ISSUER = 'ClusterIssuer',
}
