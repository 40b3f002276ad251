import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import { defineRule, type Found } from '../rule';

/** What the findings of `private-key-in-manifest` hold. */
export interface PrivateKeyInManifest {
  /** The key of the Secret or ConfigMap. */
  readonly key: string;
  /** Whether it is a private key, or other data of a Secret. */
  readonly isKey: boolean;
}

/** A private key in a manifest, or a Secret with data: whoever reads the repository has it. */
export const rule = defineRule({
  code: 'private-key-in-manifest',
  severity: 'error',
  reads: ['Secret', 'ConfigMap'],
  *check(facts: Facts): Generator<Found<PrivateKeyInManifest>> {
    for (const manifest of [...facts.of('/Secret'), ...facts.of('/ConfigMap')]) {
      for (const field of ['data', 'stringData', 'binaryData']) {
        for (const [key, member] of fieldOf(manifest, field).members()) {
          const text = textOf(member) ?? '';
          const isKey = holdsKey(text) || (manifest.kind === 'Secret' && key === 'tls.key' && text !== '');
          if (isKey || (manifest.kind === 'Secret' && text !== '' && !isPublic(manifest.object.type, key))) {
            yield {
              manifest,
              path: [field, key],
              args: { key, isKey },
              ...(isKey ? {} : { severity: 'warning' }),
            };
          }
        }
      }
    }
  },
});

/** `PRIVATE KEY-----`, as it is and in each of the three ways in which Base64 may write it inside of a text. */
const MARKS = ['PRIVATE KEY-----', 'UFJJVkFURSBLRVkt', 'BSSVZBVEUgS0VZLS', 'QUklWQVRFIEtFWS0t'];

function holdsKey(text: string): boolean {
  return MARKS.some((mark) => text.includes(mark));
}

/** What is no secret in a Secret: certificates, and what a controller fills in. */
function isPublic(type: unknown, key: string): boolean {
  return /\.(crt|pem|pub)$/.test(key) || type === 'kubernetes.io/service-account-token';
}
