import { parseAddress } from '../analysis/connectivity/addresses';
import { isExternal, type Peer, peerText } from '../analysis/connectivity/peer';

/**
 * A peer for people: `stars/Deployment/backend`; addresses as `any IPv4`, `any IPv6`, a block such as `10.0.0.0/8`, a
 * single address, or `first-last` where they are none of these.
 */
export function peerLabel(peer: Peer): string {
  return isExternal(peer) ? rangeLabel(peer.ipRange) : peerText(peer);
}

/** What nearly every answer has, so that no address has to be read for it. */
const WHOLE: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0-255.255.255.255', 'any IPv4'],
  ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'any IPv6'],
]);

function rangeLabel(range: string): string {
  const whole = WHOLE.get(range);
  if (whole !== undefined) {
    return whole;
  }
  const dash = range.indexOf('-');
  const [first, last] = [range.slice(0, dash), range.slice(dash + 1)];
  if (first === last) {
    return first;
  }
  const [start, end] = [parseAddress(first), parseAddress(last)];
  if (start === undefined || end === undefined) {
    return range;
  }
  // IPv6 stands behind IPv4 on one line; either family begins at a multiple of its size.
  const [bits, base] = first.includes(':') ? [128, 1n << 32n] : [32, 0n];
  const size = end - start + 1n;
  const isBlock = (size & (size - 1n)) === 0n && (start - base) % size === 0n;
  const prefix = bits - (size.toString(2).length - 1);
  return isBlock ? `${first}/${prefix}` : range;
}
