import type { GroupRow } from '../../connectivity/engine/ends';
import type { Engine } from '../../connectivity/engine/engine';
import { NONE, type PortSet } from '../../connectivity/engine/port-sets';
import { listIn } from '../../manifest/lists';
import type { Common, SharedPorts } from './sides';

/** Pairs of workloads whose connection differs in the same way: each of `from` to each of `to` but itself. */
export interface Difference {
  readonly from: readonly Common[];
  readonly to: readonly Common[];
  /** Numbers of `SharedPorts`. */
  readonly before: number;
  readonly after: number;
}

/** Workloads that policies of neither side tell apart, as one end of connections. */
interface PairClass {
  readonly before: number;
  readonly after: number;
  readonly members: Common[];
}

/**
 * Finds which connections between workloads differ, without looking at each pair: workloads that are in one group of each
 * engine are one class, and classes are compared.
 */
export function* differencesInside(
  before: Engine,
  after: Engine,
  common: readonly Common[],
  ports: SharedPorts,
): Generator<Difference> {
  const sources = classesOf(common, before.sources.groupOf, after.sources.groupOf);
  const targets = classesOf(common, before.targets.groupOf, after.targets.groupOf);
  for (const source of sources) {
    const old = portsByGroup(before.targetsOf(source.before));
    const changed = portsByGroup(after.targetsOf(source.after));
    for (const target of targets) {
      const was = ports.idOf('before', old.get(target.before) ?? NONE);
      const is = ports.idOf('after', changed.get(target.after) ?? NONE);
      if (was !== is && !isOneAlone(source, target)) {
        yield { from: source.members, to: target.members, before: was, after: is };
      }
    }
  }
}

function portsByGroup({ groups, ports }: GroupRow): ReadonlyMap<number, PortSet> {
  const byGroup = new Map<number, PortSet>();
  for (const [at, group] of groups.entries()) {
    byGroup.set(group, ports[at] as PortSet);
  }
  return byGroup;
}

function classesOf(common: readonly Common[], before: Int32Array, after: Int32Array): readonly PairClass[] {
  const classes = new Map<number, PairClass[]>();
  for (const one of common) {
    const [old, changed] = [before[one.before] as number, after[one.after] as number];
    const list = listIn(classes, old);
    const known = list.find((own) => own.after === changed);
    if (known === undefined) {
      list.push({ before: old, after: changed, members: [one] });
    } else {
      known.members.push(one);
    }
  }
  return [...classes.values()].flat();
}

/** A workload and itself are no pair. */
function isOneAlone({ members: from }: PairClass, { members: to }: PairClass): boolean {
  return from.length === 1 && to.length === 1 && from[0] === to[0];
}
