import { objectRef, objectText } from '../../check/finding';
import { Cluster, type Workload } from '../../connectivity';
import { isPeer, type Pod, type Policy, selects } from '../../connectivity/model';
import { refOf } from '../../connectivity/refs';
import type { OrderedPolicy } from '../../connectivity/tiers';
import { type Manifest, manifestsOf } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { sortedText } from '../../routing/sorted-text';
import type { Changes } from './because';
import type { ChangedObject } from './change';
import { differencesInside } from './inside';
import { differencesOutside } from './outside';
import type { ConnectivitySide } from './side';
import { type Common, matched, SharedPorts } from './sides';
import { meaningOthers, readOtherwise } from './spoken-of';
import { StandIns } from './stand-ins';

type Sides = readonly [ConnectivitySide, ConnectivitySide];
type Lone = readonly [readonly Workload[], readonly Workload[]];

/** A policy that changed. */
interface Candidate {
  readonly changed: ChangedObject;
  readonly policy: Policy | OrderedPolicy;
}

/**
 * The policies and namespaces whose change no pod of the manifests shows, and that change what other pods may do: a file of
 * policies alone has no workloads, and yet it is not the same when a policy opens. Pods with the labels that these policies
 * ask for, and with labels that they just miss, stand in for those that are not among the manifests on both sides.
 *
 * @param told objects of which a change is told already
 * @param lone the workloads that are on one side alone, by side: these are told with their connections
 */
export function unseenPolicies(
  sides: Sides,
  changes: Changes,
  told: ReadonlySet<string>,
  lone: Lone,
): readonly ChangedObject[] {
  const candidates = candidatesOf(sides, changes, told, lone);
  const namespaces = namespacesOf(sides, changes, told);
  const spokenOf = [...readOtherwise(sides, changes), ...meaningOthers(sides, changes)].filter(
    ({ changed, pods }) =>
      !told.has(changed.object) && !lone.some((some) => some.some(({ namespace }) => namespace === pods?.namespace)),
  );
  if (candidates.length + namespaces.length + spokenOf.length === 0) {
    return [];
  }
  const known = new Map(sides.flatMap(({ cluster }) => [...cluster.compiled.model.namespaces]));
  const standIns = new StandIns(
    known,
    sides.flatMap(({ cluster }) => [...cluster.compiled.model.policies, ...cluster.compiled.model.ordered]),
    sides.flatMap(({ manifests }) =>
      manifests.flatMap(({ kind, namespace = 'default', name }) =>
        kind === 'ServiceAccount' ? [`${namespace}/${name}`] : [],
      ),
    ),
  );
  for (const { changed, policy } of candidates) {
    standIns.addPolicy(changed.object, policy);
  }
  for (const { object } of namespaces) {
    standIns.addPods(object, object.slice('Namespace '.length), []);
  }
  for (const { changed, policy, pods } of spokenOf) {
    standIns.addPolicy(changed.object, policy);
    if (pods !== undefined) {
      standIns.addPods(changed.object, pods.namespace, pods.selector);
    }
  }
  const changed = [...candidates, ...spokenOf].map((one) => one.changed);
  const all = new Map([...changed, ...namespaces].map((one) => [one.object, one]));
  const found = standIns.areTooMany ? new Set(all.keys()) : differing(sides, standIns);
  const inDoubt = new Set(spokenOf.filter((one) => one.isInDoubt).map((one) => one.changed.object));
  return [...all.values()].filter(
    ({ object }) => found.has(object) || inDoubt.has(object) || standIns.unsolved.has(object),
  );
}

/** Changed policies that are not told, but for those that say what another says on the other side. */
function candidatesOf(sides: Sides, changes: Changes, told: ReadonlySet<string>, lone: Lone): readonly Candidate[] {
  const own = sides.map(({ cluster, manifests }, at) => {
    const { policies, ordered, namespaces } = cluster.compiled.model;
    const changed = [...policies, ...ordered.filter(({ isOther }) => isOther !== true)].flatMap((policy) => {
      const { kind, namespace, name } = refOf(policy);
      const found = changes.of(kind, namespace, name);
      return found === undefined || told.has(found.object) ? [] : [{ changed: found, policy }];
    });
    if (changed.length === 0) {
      return [];
    }
    const names = new Set(changed.map((one) => one.changed.object));
    const pods = new LonePods(cluster, lone[at] as readonly Workload[]);
    const texts = new Map(
      manifests.flatMap((one) => {
        const object = objectText(objectRef(one));
        return names.has(object) ? [[object, textOf(one)] as const] : [];
      }),
    );
    return changed
      .filter(({ policy }) => !pods.some((pod) => isAbout(policy, pod, namespaces), policy.namespace))
      .map((one) => ({ ...one, meaning: `${one.policy.namespace} ${texts.get(one.changed.object)}` }));
  });
  const [before, after] = own.map((side) => new Set(side.map(({ meaning }) => meaning)));
  return own.flatMap((side, at) => side.filter(({ meaning }) => !(at === 0 ? after : before)?.has(meaning)));
}

/** All that a policy says, whatever it is called. */
function textOf({ object }: Manifest): string {
  return sortedText({ ...object, metadata: undefined, status: undefined });
}

/** Namespaces on both sides whose labels are others. */
function namespacesOf([before, after]: Sides, changes: Changes, told: ReadonlySet<string>): readonly ChangedObject[] {
  const is = after.cluster.compiled.model.namespaces;
  return [...before.cluster.compiled.model.namespaces.keys()].flatMap((name) => {
    const changed = is.has(name) ? changes.of('Namespace', undefined, name) : undefined;
    return changed === undefined || told.has(changed.object) ? [] : [changed];
  });
}

/** The pods of workloads that are on one side alone. */
class LonePods {
  private readonly pods: readonly Pod[];
  private readonly byNamespace = new Map<string, Pod[]>();

  constructor(cluster: Cluster, workloads: readonly Workload[]) {
    const wanted = new Set(workloads);
    this.pods = cluster.compiled.model.owners.flatMap(({ workload, pods }) => (wanted.has(workload) ? pods : []));
    for (const pod of this.pods) {
      listIn(this.byNamespace, pod.namespace).push(pod);
    }
  }

  /** Whether one of them is meant: those of a namespace are asked first, as policies are mostly about them. */
  some(isMeant: (pod: Pod) => boolean, namespace: string | undefined): boolean {
    return (this.byNamespace.get(namespace ?? '') ?? []).some(isMeant) || this.pods.some(isMeant);
  }
}

/** Whether a policy selects a pod or names it as a peer. */
function isAbout(
  policy: Policy | OrderedPolicy,
  pod: Pod,
  namespaces: Cluster['compiled']['model']['namespaces'],
): boolean {
  const own = policy.namespace ?? '';
  const subject =
    'subject' in policy ? policy.subject.some((peer) => isPeer(peer, own, pod, namespaces)) : selects(policy, pod);
  return (
    subject ||
    [...(policy.ingress ?? []), ...(policy.egress ?? [])].some(({ pods }) =>
      pods.some((peer) => isPeer(peer, own, pod, namespaces)),
    )
  );
}

/** What those pods are about that may connect otherwise after the change. */
function differing(sides: Sides, { objects, about }: StandIns): ReadonlySet<string> {
  const { manifests } = manifestsOf(objects);
  const [before, after] = sides.map(({ cluster }) => {
    const { given, options } = cluster.compiled;
    return Cluster.from({ ...given, manifests: [...given.manifests, ...manifests] }, options);
  }) as [Cluster, Cluster];
  const [old, changed] = [before.compiled, after.compiled];
  const { common } = matched(before, after);
  const ports = new SharedPorts({
    before: (set) => old.sets.portsOf(set),
    after: (set) => changed.sets.portsOf(set),
  });
  const found = new Set<string>();
  const add = (workloads: readonly Common[]) => {
    for (const { workload } of workloads) {
      for (const object of about.get(workload.name) ?? []) {
        found.add(object);
      }
    }
  };
  for (const { from, to } of differencesInside(old.engine, changed.engine, common, ports)) {
    add(from);
    add(to);
  }
  for (const { workloads } of differencesOutside(old.engine, changed.engine, common, ports)) {
    add(workloads);
  }
  return found;
}
