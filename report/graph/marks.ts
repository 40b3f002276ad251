import {
  type Cluster,
  type Connection,
  isExternal,
  type Peer,
  type Ports,
  peerText,
} from '../../analysis/connectivity';
import { commonPorts, portsKey } from './ports';

/** What is open to or from one workload: to many at once, and to single ranges of addresses. */
export interface Openness {
  /** `none` where there is no such port. */
  readonly everybody: Ports;
  readonly ipv4: Ports;
  readonly ipv6: Ports;
  /** By place in `externals`; only where something is open. */
  readonly ranges: ReadonlyMap<number, Ports>;
}

/** What is open, told so that nothing needs a line that a mark says. */
export interface Marked {
  readonly from: ReadonlyMap<string, Openness>;
  readonly to: ReadonlyMap<string, Openness>;
  /** What two marks say of two workloads together. */
  implied(from: Peer, to: Peer): Ports;
}

const NONE: Ports = [];

/**
 * Finds what is open to everybody and what may go anywhere.
 *
 * Marks of two workloads together say that one may connect to the other. What is said has to be true of every pair: a
 * workload that addresses outside may connect to and other workloads may not gets no such mark.
 */
export function markedOf(cluster: Cluster): Marked {
  const { workloads, externals } = cluster;
  const place = new Map(externals.map((external, at) => [external.ipRange, at]));
  const incoming = new Map<string, Map<number, Ports>>();
  const outgoing = new Map<string, Map<number, Ports>>();
  const note = (lists: Map<string, Map<number, Ports>>, workload: Peer, at: number, ports: Ports) => {
    const key = peerText(workload);
    lists.set(key, (lists.get(key) ?? new Map()).set(at, ports));
  };
  for (const { from, to, ports } of outside(cluster)) {
    if (isExternal(from)) {
      note(incoming, to, place.get(from.ipRange) as number, ports);
    } else if (isExternal(to)) {
      note(outgoing, from, place.get(to.ipRange) as number, ports);
    }
  }
  const families = [false, true].map((isV6) =>
    [...externals.keys()].filter((at) => externals[at]?.ipRange.includes(':') === isV6),
  ) as [number[], number[]];
  const common = (ranges: ReadonlyMap<number, Ports>, places: readonly number[]) =>
    places.reduce<Ports>((ports, at) => commonPorts(ports, ranges.get(at) ?? NONE), places.length > 0 ? 'all' : NONE);
  const opennessOf = (lists: ReadonlyMap<string, Map<number, Ports>>) =>
    new Map(
      workloads.map((workload) => {
        const ranges = lists.get(peerText(workload)) ?? new Map<number, Ports>();
        const [ipv4, ipv6] = [common(ranges, families[0]), common(ranges, families[1])];
        return [peerText(workload), { everybody: commonPorts(ipv4, ipv6), ipv4, ipv6, ranges }];
      }),
    );
  const [from, to] = [opennessOf(incoming), opennessOf(outgoing)];
  for (const [openness, key] of untrue(cluster, from, to)) {
    openness.set(key, { ...(openness.get(key) as Openness), everybody: NONE });
  }
  return {
    from,
    to,
    implied: (one, other) =>
      commonPorts(to.get(peerText(one))?.everybody ?? NONE, from.get(peerText(other))?.everybody ?? NONE),
  };
}

function* outside(cluster: Cluster): Generator<Connection> {
  yield* cluster.connections({ from: cluster.externals });
  yield* cluster.connections({ to: cluster.externals });
}

type OpennessMap = Map<string, Openness>;

/** The marks that have to go, so that the others are true of every pair: those first that are untrue most often. */
function untrue(cluster: Cluster, from: OpennessMap, to: OpennessMap): [OpennessMap, string][] {
  const has = (openness: OpennessMap, key: string) => openness.get(key)?.everybody.length !== 0;
  const targets = cluster.workloads
    .filter((workload) => has(from, peerText(workload)))
    .map((one) => [peerText(one), one] as const);
  const missing = new Map<string, Set<string>>();
  const missed = new Map<string, Set<string>>();
  const known = new Map<Ports, Map<Ports, Ports>>();
  const both = (a: Ports, b: Ports) => {
    const list = known.get(a) ?? new Map<Ports, Ports>();
    known.set(a, list);
    const ports = list.get(b) ?? commonPorts(a, b);
    list.set(b, ports);
    return ports;
  };
  for (const source of cluster.workloads) {
    const key = peerText(source);
    const own = to.get(key)?.everybody ?? NONE;
    if (own.length === 0) {
      continue;
    }
    const open = new Map<string, Ports>();
    for (const { to: target, ports } of cluster.connections({ from: [source] })) {
      if (!isExternal(target)) {
        open.set(peerText(target), ports);
      }
    }
    for (const [target] of targets) {
      const said = both(own, from.get(target)?.everybody ?? NONE);
      const real = open.get(target) ?? NONE;
      if (target !== key && said.length > 0 && real !== said && portsKey(commonPorts(real, said)) !== portsKey(said)) {
        missing.set(key, (missing.get(key) ?? new Set()).add(target));
        missed.set(target, (missed.get(target) ?? new Set()).add(key));
      }
    }
  }
  const gone: [OpennessMap, string][] = [];
  for (;;) {
    const worst = [...missing.entries(), ...missed.entries()].reduce<[string, Set<string>] | undefined>(
      (most, one) => (one[1].size > (most?.[1].size ?? 0) ? one : most),
      undefined,
    );
    if (worst === undefined) {
      return gone;
    }
    const [key, others] = worst;
    const isSource = missing.get(key) === others;
    gone.push([isSource ? to : from, key]);
    for (const other of others) {
      (isSource ? missed : missing).get(other)?.delete(key);
    }
    (isSource ? missing : missed).delete(key);
  }
}
