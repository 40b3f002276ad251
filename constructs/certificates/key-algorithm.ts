import { type CertificateSpecPrivateKey, CertificateSpecPrivateKeyAlgorithm } from '../../imports/cert-manager.io';

/**
 * The kind of a certificate's key.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificatePrivateKey
 */
export enum KeyAlgorithm {
  /** ECDSA on the curve P-256: small and quick, and known to every client of the last ten years. */
  ECDSA_P256 = 'ecdsa-p256',
  /** ECDSA on the curve P-384. */
  ECDSA_P384 = 'ecdsa-p384',
  /** RSA of 2048 bits, for old clients. */
  RSA_2048 = 'rsa-2048',
  /** RSA of 4096 bits. */
  RSA_4096 = 'rsa-4096',
}

const { ECDSA, RSA } = CertificateSpecPrivateKeyAlgorithm;

/** Each kind in cert-manager's words. */
export const KEYS: { readonly [algorithm in KeyAlgorithm]: CertificateSpecPrivateKey } = {
  [KeyAlgorithm.ECDSA_P256]: { algorithm: ECDSA, size: 256 },
  [KeyAlgorithm.ECDSA_P384]: { algorithm: ECDSA, size: 384 },
  [KeyAlgorithm.RSA_2048]: { algorithm: RSA, size: 2048 },
  [KeyAlgorithm.RSA_4096]: { algorithm: RSA, size: 4096 },
};
