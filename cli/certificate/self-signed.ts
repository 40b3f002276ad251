import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { isAddress } from './hosts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from './x509';

export interface SelfSignedOptions {
  /** DNS names and addresses in their usual form, each once and at least one. */
  readonly hosts: readonly string[];
  readonly days: number;
  readonly algorithm: 'ecdsa-p256' | 'rsa-2048';
  readonly now: Date;
}

export interface SelfSigned {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS#8. */
  readonly key: string;
  readonly notAfter: Date;
}

const ALGORITHMS = {
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'rsa-2048': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Clocks differ; a certificate that begins this very second is refused by a client whose clock is behind. */
const BACKDATED = 5 * MINUTE;
/** The longest common name that X.509 knows. */
const COMMON_NAME = 64;

/** A new key, and a certificate of a TLS server that it has signed itself. */
export async function selfSigned({ hosts, days, algorithm, now }: SelfSignedOptions): Promise<SelfSigned> {
  const signing = ALGORITHMS[algorithm];
  const keys = await webcrypto.subtle.generateKey(signing, true, ['sign', 'verify']);
  const [first = ''] = hosts;
  // X.509 knows whole seconds only.
  const from = Math.floor(now.getTime() / 1000) * 1000;
  const notAfter = new Date(from + days * DAY);
  // RSA keys may be used to encrypt the secret of a connection; those of ECDSA sign only.
  const usages = KeyUsageFlags.digitalSignature | (algorithm === 'rsa-2048' ? KeyUsageFlags.keyEncipherment : 0);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [first.length <= COMMON_NAME ? first : 'self-signed'] }],
    notBefore: new Date(from - BACKDATED),
    notAfter,
    signingAlgorithm: signing,
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(usages, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { certificate: `${certificate.toString('pem')}\n`, key: String(key), notAfter };
}

/** 16 random bytes as a positive number that begins with none of zero. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
