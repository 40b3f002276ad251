import { type AddressRange, IPV6_START, rangeText } from '../../connectivity/addresses';
import type { Engine } from '../../connectivity/engine/engine';
import type { Openings } from '../../connectivity/engine/segments';
import { listIn } from '../../manifest/lists';
import type { Common, SharedPorts } from './sides';

/** A range of addresses with which the connections of some workloads differ in the same way. */
export interface OutsideDifference {
  readonly direction: 'incoming' | 'outgoing';
  readonly workloads: readonly Common[];
  readonly ipRange: string;
  /** Numbers of `SharedPorts`. */
  readonly before: number;
  readonly after: number;
}

/** Finds which connections with addresses outside differ; ranges are cut so that each is one change. */
export function* differencesOutside(
  before: Engine,
  after: Engine,
  common: readonly Common[],
  ports: SharedPorts,
): Generator<OutsideDifference> {
  const cuts = cutsOf(before.externals, after.externals);
  for (const direction of ['outgoing', 'incoming'] as const) {
    for (const members of alike(before[direction], after[direction], common)) {
      const [{ before: old, after: changed }] = members as [Common];
      const [was, is] = [before[direction][old] as Openings, after[direction][changed] as Openings];
      for (const run of runsOf(cuts, (cut) => [
        ports.idOf('before', was.at(cut.before)),
        ports.idOf('after', is.at(cut.after)),
      ])) {
        yield { direction, workloads: members, ...run };
      }
    }
  }
}

/** A range of addresses within which neither side makes a difference, and its place on each. */
interface Cut extends AddressRange {
  readonly before: number;
  readonly after: number;
}

function cutsOf(before: readonly AddressRange[], after: readonly AddressRange[]): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let old = 0, changed = 0; old < before.length && changed < after.length; ) {
    const [left, right] = [before[old] as AddressRange, after[changed] as AddressRange];
    const start = left.start > right.start ? left.start : right.start;
    const end = left.end < right.end ? left.end : right.end;
    cuts.push({ start, end, before: old, after: changed });
    old += left.end === end ? 1 : 0;
    changed += right.end === end ? 1 : 0;
  }
  return cuts;
}

/** Workloads that open the same to the outside before, and the same after. */
function alike(
  before: readonly Openings[],
  after: readonly Openings[],
  common: readonly Common[],
): Iterable<readonly Common[]> {
  const classes = new Map<Openings, Map<Openings, Common[]>>();
  for (const one of common) {
    const old = before[one.before] as Openings;
    const inner = classes.get(old) ?? new Map<Openings, Common[]>();
    classes.set(old, inner);
    listIn(inner, after[one.after] as Openings).push(one);
  }
  return [...classes.values()].flatMap((inner) => [...inner.values()]);
}

/** Neighbours that differ in the same way are one range; the two families of addresses are never one. */
function* runsOf(
  cuts: readonly Cut[],
  idsOf: (cut: Cut) => readonly [number, number],
): Generator<{ readonly ipRange: string; readonly before: number; readonly after: number }> {
  let run: { start: bigint; end: bigint; before: number; after: number } | undefined;
  for (const cut of cuts) {
    const [before, after] = idsOf(cut);
    if (run !== undefined && run.before === before && run.after === after && !isFamilyStart(cut)) {
      run.end = cut.end;
      continue;
    }
    if (run !== undefined && run.before !== run.after) {
      yield written(run);
    }
    run = { start: cut.start, end: cut.end, before, after };
  }
  if (run !== undefined && run.before !== run.after) {
    yield written(run);
  }
}

function isFamilyStart({ start }: AddressRange): boolean {
  return start === IPV6_START;
}

function written({ start, end, before, after }: AddressRange & { readonly before: number; readonly after: number }) {
  return { ipRange: rangeText({ start, end }), before, after };
}
