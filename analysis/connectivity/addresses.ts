import { Address4, Address6 } from 'ip-address';

/**
 * All addresses on one line: IPv4 from 0, IPv6 behind it, so that ranges of both families are cut, merged and ordered by
 * the same code.
 */
export const IPV6_START = 1n << 32n;

/** One behind the last IPv6 address. */
export const ADDRESSES_END = IPV6_START + (1n << 128n);

/** Addresses from `start` up to, not including, `end`; never of both families. */
export interface AddressRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** A block of addresses, or what is wrong with the text. */
export type Block = (AddressRange & { readonly prefix: number }) | { readonly advice: string };

/** Reads a CIDR such as `10.0.0.0/8`. Bits behind the prefix are ignored, as an API server does. */
export function parseCidr(text: string): Block {
  if (isIpv4(text)) {
    if (!text.includes('/')) {
      return { advice: `did you mean "${text}/32"?` };
    }
    const address = new Address4(text);
    return {
      start: address.startAddress().bigInt(),
      end: address.endAddress().bigInt() + 1n,
      prefix: address.subnetMask,
    };
  }
  if (isIpv6(text)) {
    if (!text.includes('/')) {
      return { advice: `did you mean "${text}/128"?` };
    }
    const address = new Address6(text);
    if (address.zone !== '') {
      return { advice: 'leave out the zone' };
    }
    const start = address.startAddress().bigInt();
    if (start >> 32n === 0xffffn) {
      return { advice: 'write IPv4 addresses as such' };
    }
    return {
      start: IPV6_START + start,
      end: IPV6_START + address.endAddress().bigInt() + 1n,
      prefix: address.subnetMask,
    };
  }
  return { advice: 'give a block of addresses such as "10.0.0.0/8" or "2001:db8::/32"' };
}

// A colon tells the two apart, so that neither is tried in vain, which costs an exception.
const isIpv4 = (text: string) => !text.includes(':') && Address4.isValid(text);
const isIpv6 = (text: string) => text.includes(':') && Address6.isValid(text);

/** The place of a single address on the line. */
export function parseAddress(text: string): bigint | undefined {
  if (text.includes('/')) {
    return undefined;
  }
  if (isIpv4(text)) {
    return new Address4(text).bigInt();
  }
  return isIpv6(text) ? IPV6_START + new Address6(text).bigInt() : undefined;
}

/** A range as answers write it: `first-last`. */
export function rangeText({ start, end }: AddressRange): string {
  return `${addressText(start)}-${addressText(end - 1n)}`;
}

// The bounds of all addresses stand in every answer. They are known, so that the library is not loaded for them.
const KNOWN: ReadonlyMap<bigint, string> = new Map([
  [IPV6_START, '::'],
  [ADDRESSES_END - 1n, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
]);

function addressText(at: bigint): string {
  if (at < IPV6_START) {
    const bits = Number(at);
    return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
  }
  return KNOWN.get(at) ?? Address6.fromBigInt(at - IPV6_START).correctForm();
}

/** What is left of a range without others, which may lie outside of it. */
export function without(range: AddressRange, holes: readonly AddressRange[]): AddressRange[] {
  const left: AddressRange[] = [];
  let start = range.start;
  for (const hole of holes.filter((one) => one.start < range.end && range.start < one.end).sort(byStart)) {
    if (hole.start > start) {
      left.push({ start, end: hole.start });
    }
    if (hole.end > start) {
      start = hole.end;
    }
  }
  if (start < range.end) {
    left.push({ start, end: range.end });
  }
  return left;
}

/** Orders ranges by their first address. */
export function byStart(a: AddressRange, b: AddressRange): number {
  return a.start < b.start ? -1 : a.start > b.start ? 1 : 0;
}
