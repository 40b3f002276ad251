import type { Ports } from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import type { Openness } from './marks';
import type { Mark } from './model';
import { changeOf, type Side } from './pairs';
import { commonPorts, portsKey } from './ports';

/** What is open to many at once. */
export function marksOf({ everybody, ipv4, ipv6 }: Openness): Pick<Mark, 'scope' | 'ports'>[] {
  const rest = (ports: Ports) => ports.length > 0 && portsKey(ports) !== portsKey(everybody);
  const [four, six] = [rest(ipv4), rest(ipv6)];
  return [
    ...(everybody.length > 0 ? [{ scope: 'everybody' as const, ports: everybody }] : []),
    ...(four && six && portsKey(ipv4) === portsKey(ipv6) ? [{ scope: 'outside' as const, ports: ipv4 }] : []),
    ...(four && portsKey(ipv4) !== portsKey(ipv6) ? [{ scope: 'IPv4' as const, ports: ipv4 }] : []),
    ...(six && portsKey(ipv4) !== portsKey(ipv6) ? [{ scope: 'IPv6' as const, ports: ipv6 }] : []),
  ];
}

/** Marks of both sides: a mark of a scope tells what became of all that is open to that scope, by whichever mark before. */
export function changedMarks(now: Openness, then: Openness): Mark[] {
  const openTo = ({ everybody, ipv4, ipv6 }: Openness, scope: Mark['scope']) =>
    scope === 'everybody' ? everybody : scope === 'outside' ? commonPorts(ipv4, ipv6) : scope === 'IPv4' ? ipv4 : ipv6;
  return [
    ...marksOf(now).map((mark): Mark => {
      const before = openTo(then, mark.scope);
      const change = changeOf(before, mark.ports);
      return { ...mark, change, ...(change === 'kept' || change === 'opened' ? {} : { before }) };
    }),
    ...marksOf(then)
      .filter(({ scope }) => openTo(now, scope).length === 0)
      .map((mark): Mark => ({ ...mark, change: 'closed' })),
  ];
}

/** The ranges on which more is open than on all of their family, by what is open. */
export function unmarked(
  { ipv4, ipv6, ranges }: Openness,
  { cluster }: Side,
): { readonly places: readonly number[]; readonly ports: Ports }[] {
  const lists = new Map<string, { places: number[]; ports: Ports }>();
  const placesByPorts = new Map<string, number[]>();
  for (const [at, ports] of ranges) {
    const family = cluster.externals[at]?.ipRange.includes(':') ? ipv6 : ipv4;
    if (portsKey(ports) !== portsKey(family)) {
      const key = portsKey(ports);
      const places = listIn(placesByPorts, key);
      places.push(at);
      lists.set(key, { places, ports });
    }
  }
  return [...lists.values()].map(({ places, ports }) => ({ places: places.sort((a, b) => a - b), ports }));
}
