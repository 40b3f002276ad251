import { objectRef, objectText } from '../../check/finding';
import { type Cluster, isExternal, type Peer, policyText, type Workload } from '../../connectivity';
import type { Manifest } from '../../manifest';
import { isSame, meaningOf } from '../../manifest/distinct';
import type { ChangedObject } from './change';

/** Objects of two sides, and which of them changed. */
export class Changes {
  private readonly before: ReadonlyMap<string, Manifest>;
  private readonly after: ReadonlyMap<string, Manifest>;

  constructor(before: readonly Manifest[], after: readonly Manifest[]) {
    this.before = byName(before);
    this.after = byName(after);
  }

  /** What changed of an object; undefined where nothing did, or it is on neither side. */
  of(kind: string, namespace: string | undefined, name: string): ChangedObject | undefined {
    const key = objectText({ kind, namespace, name });
    const [old, changed] = [this.before.get(key), this.after.get(key)];
    const manifest = changed ?? old;
    if (manifest === undefined || (old !== undefined && changed !== undefined && isUnchanged(old, changed))) {
      return undefined;
    }
    return {
      object: key,
      change: old === undefined ? 'added' : changed === undefined ? 'removed' : 'changed',
      file: manifest.source.file,
      line: manifest.source.line,
    };
  }
}

/** Workloads, and the same changed objects that decide about each of them in one role. */
export interface Reasoned {
  readonly members: readonly Workload[];
  readonly because: readonly ChangedObject[];
}

/** So many pairs are asked for the rules that open them: each costs a question of its own. */
const MOST_ASKED = 2_000;

/** Finds the changed objects that decide about a workload, as one end of connections. */
export class Reasons {
  private readonly known = {
    egress: new Map<Workload, Reasoned['because']>(),
    ingress: new Map<Workload, Reasoned['because']>(),
  };

  private asked = 0;

  constructor(
    private readonly sides: readonly Cluster[],
    private readonly changes: Changes,
  ) {}

  /** Parts workloads by the objects that changed and have a say in what they may do: policies alike may be several. */
  split(workloads: readonly Workload[], direction: 'egress' | 'ingress'): readonly Reasoned[] {
    const parts = new Map<string, { readonly members: Workload[]; readonly because: Reasoned['because'] }>();
    for (const workload of workloads) {
      const because = this.of(workload, direction);
      const key = because.map(({ object }) => object).join('\n');
      const part = parts.get(key) ?? { members: [], because };
      parts.set(key, part);
      part.members.push(workload);
    }
    return [...parts.values()];
  }

  /** The objects that changed and have a say in what a workload may do, or others to it. */
  of(workload: Workload, direction: 'egress' | 'ingress'): Reasoned['because'] {
    let because = this.known[direction].get(workload);
    if (because === undefined) {
      because = this.policies(workload, direction);
      this.known[direction].set(workload, because);
    }
    return because;
  }

  /**
   * Of several objects that have a say in a pair, those that decide about it: with a rule that opens or denies it on either side, or that
   * isolate an end on the side on which it is closed. A policy that lets somebody else in is no reason. All of them where none decides.
   */
  narrowed(from: Peer, to: Peer, because: Reasoned['because'], open: readonly boolean[]): Reasoned['because'] {
    if (because.length < 2 || this.asked >= MOST_ASKED) {
      return because;
    }
    this.asked++;
    const deciding = new Set<string>();
    for (const [at, cluster] of this.sides.entries()) {
      const [source, target] = [from, to].map((peer) => this.own(cluster, peer));
      const { egress, ingress } = cluster.explain(source ?? from, target ?? to);
      for (const { rules, denies, isolating } of [egress, ingress]) {
        for (const policy of [...rules, ...denies]
          .map((rule) => rule.policy)
          .concat(open[at] === true ? [] : isolating)) {
          deciding.add(policyText(policy));
        }
      }
    }
    const left = because.filter(({ object }) => deciding.has(object));
    return left.length > 0 ? left : because;
  }

  /** A peer as a side has it: a range of addresses may be cut otherwise there. */
  private own(cluster: Cluster, peer: Peer): Peer | undefined {
    return isExternal(peer) ? cluster.find(peer.ipRange.slice(0, peer.ipRange.indexOf('-')))[0] : peer;
  }

  private policies(workload: Workload, direction: 'egress' | 'ingress'): Reasoned['because'] {
    const found = new Map<string, ChangedObject>();
    for (const cluster of this.sides) {
      // Which policies select an end does not hang on the other.
      const [outside] = cluster.externals as readonly [Peer];
      const { policies } =
        direction === 'egress' ? cluster.explain(workload, outside).egress : cluster.explain(outside, workload).ingress;
      for (const { kind, namespace, name } of policies) {
        const changed = this.changes.of(kind, namespace, name);
        if (changed !== undefined) {
          found.set(changed.object, changed);
        }
      }
    }
    return [...found.values()];
  }
}

/** Without a policy that changed, a pair changes since the labels of a workload, or of its namespace, do. */
export function labelsOf(changes: Changes, workloads: readonly Workload[]): readonly ChangedObject[] {
  const found = workloads.flatMap(({ kind, namespace, name }) => [
    changes.of(kind, namespace, name),
    changes.of('Namespace', undefined, namespace),
  ]);
  const known = found.filter((changed) => changed !== undefined);
  return [...new Map(known.map((changed) => [changed.object, changed])).values()];
}

function byName(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  return new Map(manifests.map((manifest) => [objectText(objectRef(manifest)), manifest]));
}

function isUnchanged(old: Manifest, changed: Manifest): boolean {
  return isSame(meaningOf(old), meaningOf(changed));
}
