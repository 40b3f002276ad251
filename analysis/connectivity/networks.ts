import { ADDRESSES_END, type AddressRange, IPV6_START, parseCidr } from './addresses';

/** Blocks of addresses, as they are written. They are read when they are first asked for: most runs need none of them. */
export function blocksOf(...texts: readonly string[]): () => readonly AddressRange[] {
  let blocks: readonly AddressRange[] | undefined;
  return () => {
    blocks ??= texts.map(parseCidr).filter((block) => 'start' in block);
    return blocks;
  };
}

/** Addresses that pods may have of which nothing is known: private ones, and those of IPv6 that are the same everywhere. */
export const blocksOfPods = blocksOf(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
  '2000::/3',
);

/** All addresses of both families. */
export const EVERY_ADDRESS: readonly AddressRange[] = [
  { start: 0n, end: IPV6_START },
  { start: IPV6_START, end: ADDRESSES_END },
];
