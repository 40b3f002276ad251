import { type Annotations, listOf } from './annotations';
import type { Addresses } from './wish';

/** The annotations of the family. */
export const ADDRESSES = ['whitelist-source-range', 'allowlist-source-range', 'denylist-source-range', 'satisfy'];

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#whitelist-source-range */
export function addressesOf(annotations: Annotations): Addresses | { readonly why: string } | undefined {
  if (annotations.get('satisfy')?.trim() === 'any') {
    return { why: 'satisfy "any" lets in who has an address or a password; policies of a Gateway ask for both' };
  }
  const allowed = listOf(annotations.get('allowlist-source-range') ?? annotations.get('whitelist-source-range'));
  const denied = listOf(annotations.get('denylist-source-range'));
  const wrong = [...allowed, ...denied].find((block) => !/^[0-9a-fA-F.:]+(\/[0-9]{1,3})?$/.test(block));
  if (wrong !== undefined) {
    return { why: `${JSON.stringify(wrong)} is no block of addresses` };
  }
  return allowed.length + denied.length === 0
    ? undefined
    : { allowed: allowed.map(withLength), denied: denied.map(withLength) };
}

/** An address as the block of it alone, which is what policies ask for. */
function withLength(block: string): string {
  return block.includes('/') ? block : `${block}/${block.includes(':') ? 128 : 32}`;
}
