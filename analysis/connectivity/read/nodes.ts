import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import { type AddressRange, parseAddress, parseCidr } from '../addresses';
import type { Nodes } from '../blocks';

/**
 * What Node objects and somebody who knows say of the addresses of nodes.
 *
 * @param blocks CIDRs or single addresses
 * @throws RangeError for a text that is neither
 * @see https://kubernetes.io/docs/reference/node/node-status/#addresses
 */
export function readNodes(manifests: readonly Manifest[], blocks: readonly string[]): Nodes {
  const byName = new Map(manifests.map((manifest) => [manifest.name, addressesOf(manifest)]));
  const single = [...byName.values()].flat().map((start) => ({ start, end: start + 1n }));
  return { byName, ranges: [...single, ...blocks.map((text) => readBlock('nodes', text))] };
}

function addressesOf({ object: { status } }: Manifest): readonly bigint[] {
  const list = isMapping(status) && Array.isArray(status.addresses) ? status.addresses : [];
  return list.flatMap((item) => {
    const isInternal = isMapping(item) && item.type === 'InternalIP' && typeof item.address === 'string';
    const address = isInternal ? parseAddress(item.address as string) : undefined;
    return address === undefined ? [] : [address];
  });
}

/**
 * Reads an option.
 *
 * @param option its name
 * @throws RangeError for a text that is neither a block of addresses nor one address
 */
export function readBlock(option: string, text: string): AddressRange {
  const address = parseAddress(text);
  if (address !== undefined) {
    return { start: address, end: address + 1n };
  }
  const block = parseCidr(text);
  if ('advice' in block) {
    throw new RangeError(`${option} ${JSON.stringify(text)}: ${block.advice}`);
  }
  return { start: block.start, end: block.end };
}
