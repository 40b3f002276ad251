import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['private-key-in-manifest']> = {
  title: 'a secret is written in a manifest',
  message: ({ key, isKey }) =>
    isKey
      ? `${key} holds a private key: everybody who reads the manifest has it`
      : `${key} holds what the Secret is to keep: everybody who reads the manifest has it`,
  advice: () =>
    'make the Secret in the cluster: by cert-manager, an external secret store, or kubectl from standard input; and take a new key, since this one is known',
};
