import type { Cluster, Peer } from '../../connectivity';
import { distinct, type Manifest } from '../../manifest';
import { becauseOf, Changes } from './because';
import type { ChangedObject, ConnectionChange, ConnectivityComparison } from './change';
import { exposureChanges } from './exposures';
import { differencesInside } from './inside';
import { differencesOutside } from './outside';
import { type Common, matched, SharedPorts } from './sides';

/** One side of a comparison: manifests, and the cluster that they make. */
export interface ConnectivitySide {
  readonly cluster: Cluster;
  readonly manifests: readonly Manifest[];
}

/**
 * Compares who may connect to whom before and after a change, by meaning: policies that are called or written otherwise and
 * say the same are no change.
 */
export function compareConnections(before: ConnectivitySide, after: ConnectivitySide): ConnectivityComparison {
  const comparer = new Comparer(before, after);
  const { common, added, removed } = matched(before.cluster, after.cluster);
  const connections = comparer.connections(common);
  const exposures = exposureChanges(before.cluster.exposures(), after.cluster.exposures());
  return {
    same: connections.length + added.length + removed.length + exposures.length === 0,
    connections,
    workloads: { added, removed },
    exposures,
  };
}

const ORDER = ['opened', 'ports', 'closed'];

class Comparer {
  private readonly changes: Changes;

  constructor(
    private readonly before: ConnectivitySide,
    private readonly after: ConnectivitySide,
  ) {
    this.changes = new Changes(distinct(before.manifests).manifests, distinct(after.manifests).manifests);
  }

  connections(common: readonly Common[]): readonly ConnectionChange[] {
    const [old, changed] = [this.before.cluster.compiled, this.after.cluster.compiled];
    const ports = new SharedPorts({
      before: (set) => old.sets.portsOf(set),
      after: (set) => changed.sets.portsOf(set),
    });
    const found: ConnectionChange[] = [];
    // Equal ends are one object, by which changes from the same peers are found.
    const peers = remembered((members: readonly Common[]): readonly Peer[] => members.map(workloadOf));
    const outsideOf = remembered((ipRange: string): readonly Peer[] => [{ ipRange }]);
    const add = (
      from: readonly Peer[],
      to: readonly Peer[],
      was: number,
      is: number,
      because: readonly ChangedObject[],
    ) =>
      found.push({
        change: was === 0 ? 'opened' : is === 0 ? 'closed' : 'ports',
        from,
        to,
        before: ports.of(was),
        after: ports.of(is),
        because,
      });
    for (const { from, to, before, after } of differencesInside(old.engine, changed.engine, common, ports)) {
      add(peers(from), peers(to), before, after, this.between(from, to));
    }
    for (const { direction, workloads, ipRange, before, after } of differencesOutside(
      old.engine,
      changed.engine,
      common,
      ports,
    )) {
      const because = this.withAddresses(direction, workloads[0] as Common, ipRange);
      const inside = peers(workloads);
      const outside = outsideOf(ipRange);
      const [from, to] = direction === 'incoming' ? [outside, inside] : [inside, outside];
      add(from, to, before, after, because);
    }
    return merged(found).sort((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
  }

  private between(from: readonly Common[], to: readonly Common[]): readonly ChangedObject[] {
    const [source] = from as [Common];
    const target = to.find((one) => one !== source);
    // The first of the sources may be the only target; then another source stands for them all.
    const [one, other] = target === undefined ? [from.find((own) => own !== to[0]), to[0]] : [source, target];
    return this.because(workloadOf(one as Common), workloadOf(other as Common));
  }

  private withAddresses(
    direction: 'incoming' | 'outgoing',
    workload: Common,
    ipRange: string,
  ): readonly ChangedObject[] {
    const first = ipRange.slice(0, ipRange.indexOf('-'));
    const [old, changed] = [this.before, this.after].map(({ cluster }) => cluster.find(first)[0] as Peer);
    const outside = { before: old as Peer, after: changed as Peer };
    const inside = { before: workload.workload, after: workload.workload };
    const [from, to] = direction === 'incoming' ? [outside, inside] : [inside, outside];
    return becauseOf(this.before.cluster, this.after.cluster, this.changes, from, to);
  }

  private because(from: Peer, to: Peer): readonly ChangedObject[] {
    const same = (peer: Peer) => ({ before: peer, after: peer });
    return becauseOf(this.before.cluster, this.after.cluster, this.changes, same(from), same(to));
  }
}

/** Changes from the same peers that are the same but for their targets are one. */
function merged(changes: readonly ConnectionChange[]): ConnectionChange[] {
  const found = new Map<readonly Peer[], Map<string, ConnectionChange & { readonly to: Peer[] }>>();
  const list: ConnectionChange[] = [];
  for (const change of changes) {
    const own = found.get(change.from) ?? new Map();
    found.set(change.from, own);
    const key = JSON.stringify([change.before, change.after, change.because]);
    const known = own.get(key);
    if (known === undefined) {
      const copy = { ...change, to: [...change.to] };
      own.set(key, copy);
      list.push(copy);
    } else {
      known.to.push(...change.to);
    }
  }
  return list;
}

function workloadOf({ workload }: Common): Peer {
  return workload;
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
