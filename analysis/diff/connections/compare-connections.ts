import { objectRef } from '../../check/finding';
import { type Cluster, isExternal, type Peer, policyText, type Workload } from '../../connectivity';
import { distinct } from '../../manifest';
import { Changes, labelsOf, Reasons } from './because';
import type {
  ChangedObject,
  ConnectionChange,
  ConnectivityComparison,
  LoneWorkload,
  UndecidedObject,
  UnseenChange,
} from './change';
import { changedDoubts } from './doubts';
import { exposureChanges } from './exposures';
import { differencesInside } from './inside';
import { differencesOutside } from './outside';
import type { ConnectivitySide } from './side';
import { type Common, matched, SharedPorts } from './sides';
import { unseenDifferences } from './unseen';
import { unseenPolicies } from './unseen-policies';

/**
 * Compares who may connect to whom before and after a change, by meaning: policies that are called or written otherwise and
 * say the same are no change.
 */
export function compareConnections(before: ConnectivitySide, after: ConnectivitySide): ConnectivityComparison {
  const comparer = new Comparer(before, after);
  const { common, added, removed } = matched(before.cluster, after.cluster);
  const connections = comparer.connections(common);
  const exposures = exposureChanges(before.cluster, after.cluster);
  const unseen = comparer.unseen(common);
  const undecided = comparer.undecided(
    [...connections, ...unseen].flatMap(({ because }) => because),
    [removed, added],
  );
  const count = [connections, added, removed, exposures, unseen, undecided].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  const workloads = { added: lone(added, after.cluster), removed: lone(removed, before.cluster) };
  return { same: count === 0, connections, workloads, exposures, unseen, undecided };
}

function lone(workloads: readonly Workload[], cluster: Cluster): readonly LoneWorkload[] {
  return workloads.map((workload) => ({
    ...workload,
    connections: () => ({ ...cluster.peersOf(workload), externals: cluster.externals }),
  }));
}

const ORDER = ['opened', 'ports', 'closed'];

class Comparer {
  private readonly changes: Changes;
  private readonly reasons: Reasons;

  constructor(
    private readonly before: ConnectivitySide,
    private readonly after: ConnectivitySide,
  ) {
    this.changes = new Changes(distinct(before.manifests).manifests, distinct(after.manifests).manifests);
    this.reasons = new Reasons([before.cluster, after.cluster], this.changes);
  }

  connections(common: readonly Common[]): readonly ConnectionChange[] {
    const [old, changed] = [this.before.cluster.compiled, this.after.cluster.compiled];
    const ports = new SharedPorts({
      before: (set) => old.sets.portsOf(set),
      after: (set) => changed.sets.portsOf(set),
    });
    const found: Found[] = [];
    const add = (from: Ends, to: Ends, was: number, is: number) => {
      if (from.members.length > 1 || to.members.length > 1 || from.members[0] !== to.members[0]) {
        const because = this.because(from, to, [was !== 0, is !== 0]);
        const change: ConnectionChange = {
          change: was === 0 ? 'opened' : is === 0 ? 'closed' : 'ports',
          from: from.members,
          to: to.members,
          before: ports.of(was),
          after: ports.of(is),
          because,
        };
        found.push({ change, key: `${was} ${is} ${because.map(({ object }) => object).join('\n')}` });
      }
    };
    // Equal ends are one object, by which changes from the same peers are found.
    const sources = remembered((members: readonly Common[]) => this.reasons.split(members.map(workloadOf), 'egress'));
    const targets = remembered((members: readonly Common[]) => this.reasons.split(members.map(workloadOf), 'ingress'));
    const outside = remembered((ipRange: string): Ends => ({ members: [{ ipRange }], because: [] }));
    for (const { from, to, before, after } of differencesInside(old.engine, changed.engine, common, ports)) {
      for (const source of sources(from)) {
        for (const target of targets(to)) {
          add(source, target, before, after);
        }
      }
    }
    const addresses = differencesOutside(old.engine, changed.engine, common, ports);
    for (const { direction, workloads, ipRange, before, after } of addresses) {
      for (const inside of direction === 'incoming' ? targets(workloads) : sources(workloads)) {
        const [from, to] = direction === 'incoming' ? [outside(ipRange), inside] : [inside, outside(ipRange)];
        add(from, to, before, after);
      }
    }
    return merged(found).sort((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
  }

  /** What pods may do that no manifest shows. */
  unseen(common: readonly Common[]): readonly UnseenChange[] {
    const [old, changed] = [this.before.cluster.compiled, this.after.cluster.compiled];
    const found = unseenDifferences(old, changed, common).map(({ workload, direction, ...one }): UnseenChange => {
      const because = this.reasons.of(workload, direction);
      const change = one.before === null ? 'opened' : one.after === null ? 'closed' : 'ports';
      return { ...one, change, because: because.length > 0 ? because : labelsOf(this.changes, [workload]) };
    });
    return found.sort((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
  }

  /**
   * Objects that changed and of which a note says that they are not evaluated, or not whole, or mean what nobody can tell, or that
   * change what pods may do that no manifest shows.
   *
   * @param told objects of which a change is told already
   * @param lone the workloads that are on one side alone, by side
   */
  undecided(
    told: readonly ChangedObject[],
    lone: readonly [readonly Workload[], readonly Workload[]],
  ): readonly UndecidedObject[] {
    const doubts = changedDoubts([this.before, this.after], this.changes, this.reasons);
    const found = new Map(doubts.map((one): [string, UndecidedObject] => [one.object, { ...one, why: 'not-shown' }]));
    for (const { cluster, manifests } of [this.before, this.after]) {
      // A note on a rule stands at its line, and begins with the object as any does.
      const noted = new Set(
        cluster.notes
          .filter(({ code }) => code === 'foreign-policy' || code === 'undecided')
          .map(({ file, message }) => `${file} ${message.slice(0, message.indexOf(': '))}`),
      );
      for (const manifest of noted.size === 0 ? [] : manifests) {
        const { source } = manifest;
        const { kind, namespace, name } = objectRef(manifest);
        const text = policyText({
          kind,
          name,
          ...(manifest.namespace === undefined ? {} : { namespace: manifest.namespace }),
        });
        const changed = noted.has(`${source.file} ${text}`) ? this.changes.of(kind, namespace, name) : undefined;
        if (changed !== undefined) {
          found.set(changed.object, { ...changed, why: 'not-evaluated' });
        }
      }
    }
    const known = new Set([...found.keys(), ...told.map(({ object }) => object)]);
    for (const one of unseenPolicies([this.before, this.after], this.changes, known, lone)) {
      found.set(one.object, { ...one, why: 'unseen-pods' });
    }
    return [...found.values()];
  }

  private because(from: Ends, to: Ends, open: readonly boolean[]): readonly ChangedObject[] {
    const policies = [...new Map([...from.because, ...to.because].map((one) => [one.object, one])).values()];
    const workloads = [...from.members, ...to.members].filter((peer) => !isExternal(peer));
    const [source, target] = [from.members[0], to.members.find((peer) => peer !== from.members[0])];
    if (policies.length > 0 && source !== undefined && target !== undefined) {
      return this.reasons.narrowed(source, target, policies, open);
    }
    return policies.length > 0 ? policies : labelsOf(this.changes, workloads as readonly Workload[]);
  }
}

/** Peers as one end, and what changed and decides about them. */
interface Ends {
  readonly members: readonly Peer[];
  readonly because: readonly ChangedObject[];
}

/** A change, and what two changes have in common that are the same but for their peers. */
interface Found {
  readonly change: ConnectionChange;
  readonly key: string;
}

/** Changes from the same peers that are the same but for their targets are one. */
function merged(changes: readonly Found[]): ConnectionChange[] {
  const found = new Map<readonly Peer[], Map<string, ConnectionChange & { readonly to: Peer[] }>>();
  const list: ConnectionChange[] = [];
  for (const { change, key } of changes) {
    const own = found.get(change.from) ?? new Map();
    found.set(change.from, own);
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

function workloadOf({ workload }: Common): Workload {
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
