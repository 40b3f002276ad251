export { AcmeServer } from './acme-server';
export { AcmeSolver } from './acme-solver';
export * from './acme-solver-props';
export { Certificate, type CertificateOptions, type CertificateProps } from './certificate';
export { Issuer } from './issuer';
export { IssuerKind } from './issuer-kind';
export * from './issuer-props';
export { KeyAlgorithm } from './key-algorithm';
