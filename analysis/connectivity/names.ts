import { type AddressRange, parseAddress, parseCidr } from './addresses';
import { type External, isExternal, type Peer, peerText, type Workload } from './peer';

/**
 * The places of the workloads that a text names: `name`, `namespace/name`, `kind/name` or `namespace/kind/name`; kinds
 * are known in any case, as to kubectl.
 */
export function workloadsNamed(text: string, workloads: readonly Workload[]): number[] {
  const parts = text.split('/');
  const name = parts.at(-1);
  return [...workloads.keys()].filter((place) => {
    const workload = workloads[place] as Workload;
    const kind = workload.kind.toLowerCase();
    return (
      workload.name === name &&
      (parts.length === 1 ||
        (parts.length === 2 && (parts[0] === workload.namespace || parts[0]?.toLowerCase() === kind)) ||
        (parts.length === 3 && parts[0] === workload.namespace && parts[1]?.toLowerCase() === kind))
    );
  });
}

/** The workloads that a text names, or else the ranges in which an address, or any address of a block, lies. */
export function peersNamed(
  text: string,
  { workloads, externals }: { readonly workloads: readonly Workload[]; readonly externals: readonly External[] },
): readonly Peer[] {
  const places = workloadsNamed(text, workloads);
  const wanted = places.length > 0 ? undefined : blockOf(text);
  return wanted === undefined
    ? places.map((place) => workloads[place] as Workload)
    : externals.filter((range) => {
        const [first, last] = boundsOf(range);
        return first < wanted.end && wanted.start <= last;
      });
}

/** The ranges of addresses that have something in common with one. */
export function overlapping(one: External, ranges: readonly External[]): readonly External[] {
  const [first, last] = boundsOf(one);
  return ranges.filter((range) => {
    const [start, end] = boundsOf(range);
    return start <= last && first <= end;
  });
}

/** The first and the last address of a range. */
function boundsOf({ ipRange }: External): [bigint, bigint] {
  return ipRange.split('-').map((one) => parseAddress(one) ?? 0n) as [bigint, bigint];
}

function blockOf(text: string): AddressRange | undefined {
  const address = parseAddress(text);
  if (address !== undefined) {
    return { start: address, end: address + 1n };
  }
  const block = parseCidr(text);
  return 'advice' in block ? undefined : block;
}

/** @throws RangeError for a peer of another cluster */
export function stranger(peer: Peer): never {
  const advice = isExternal(peer) ? 'take one of externals, or what find gives' : 'see workloads';
  throw new RangeError(`${peerText(peer)} is not a peer of this cluster; ${advice}`);
}
