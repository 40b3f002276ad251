// What is used of the X.509 library, in a file of its own: the build puts it and all that it needs into one (scripts/dependencies.ts).
// The library finds reflect-metadata missing unless that comes first.
import 'reflect-metadata';

export {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
