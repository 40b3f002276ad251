import { type AddressRange, parseAddress, parseCidr } from './addresses';
import type { External, Workload } from './peer';

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

/** The places of the ranges in which an address, or any address of a block, lies. */
export function rangesNamed(text: string, ranges: readonly AddressRange[]): number[] {
  const wanted = blockOf(text);
  return wanted === undefined
    ? []
    : [...ranges.keys()].filter((place) => {
        const { start, end } = ranges[place] as AddressRange;
        return start < wanted.end && wanted.start < end;
      });
}

/** The ranges of addresses that have something in common with one. */
export function overlapping({ ipRange }: External, ranges: readonly External[]): readonly External[] {
  const boundsOf = (text: string) => text.split('-').map((one) => parseAddress(one) ?? 0n) as [bigint, bigint];
  const [first, last] = boundsOf(ipRange);
  return ranges.filter((range) => {
    const [start, end] = boundsOf(range.ipRange);
    return start <= last && first <= end;
  });
}

function blockOf(text: string): AddressRange | undefined {
  const address = parseAddress(text);
  if (address !== undefined) {
    return { start: address, end: address + 1n };
  }
  const block = parseCidr(text);
  return 'advice' in block ? undefined : block;
}
