/**
 * Addresses are not as the rule wants them:
 *
 * - `ip-block`: the addresses of the other end are outside of the block;
 * - `block-for-nodes`: nobody knows the block to hold the node whose network the other end uses;
 * - `block-for-pods`: the rule names addresses, and the other end is a pod;
 * - `unknown-address`: nobody knows the block to hold the pod at the other end, whose address no manifest tells;
 * - `host-network`: the rule selects pods, and the other end uses the network of its node.
 */
export type AddressFault =
  | {
      readonly kind: 'ip-block' | 'block-for-nodes' | 'block-for-pods' | 'unknown-address';
      readonly cidr: string;
      readonly except: readonly string[];
    }
  | { readonly kind: 'host-network' };

export function addressText(fault: AddressFault, who: string): string {
  if (fault.kind === 'host-network') {
    return `it selects pods, and ${who} is on the network of its node, which no selector matches`;
  }
  const { cidr, except } = fault;
  const block = `${cidr}${except.length === 0 ? '' : ` without ${except.join(', ')}`}`;
  if (fault.kind === 'block-for-nodes' || fault.kind === 'unknown-address') {
    return `it is for ${block}, and ${who} is not known to be inside of it`;
  }
  return fault.kind === 'ip-block'
    ? `it is for ${block}, and ${who} is not inside of it`
    : `it is for the addresses ${block}, and ${who} is a pod, which an ipBlock is not for`;
}
