export { AcmeServer } from './acme-server';
export {
  AcmeSolver,
  type Dns01CloudflareProps,
  type Dns01Route53Props,
  type Http01GatewayProps,
  type Http01IngressProps,
  type IAcmeGateway,
  SolverServiceType,
} from './acme-solver';
export { Certificate, type CertificateOptions, type CertificateProps } from './certificate';
export { type AcmeIssuerProps, Issuer, type SelfSignedIssuerProps } from './issuer';
export { IssuerKind } from './issuer-kind';
export { KeyAlgorithm } from './key-algorithm';
