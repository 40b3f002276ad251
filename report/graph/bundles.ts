import { listIn } from '../../analysis/manifest/lists';
import type { Line } from './model';

/** A line from one place to another, and what it says: places are nodes, or stand for several. */
export interface PlaceLine {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly Line[];
}

/** Lines that are drawn as one: everything among `sources` leads to everything among `targets`. */
export interface Bundle {
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  readonly lines: readonly Line[];
  /** Whether the targets lead to the sources as well. */
  readonly isBoth?: boolean;
}

/** Lines between islands: those of one look between two are one, whichever way they lead. */
export function pairBundlesOf(lines: readonly Line[]): readonly Bundle[] {
  const pairs = new Map<string, Line[]>();
  for (const line of lines) {
    const { from, to, kind, change, blocked, undecided } = line;
    const ends = [Math.min(from, to), Math.max(from, to)];
    listIn(
      pairs,
      JSON.stringify([ends, kind, kind === 'connection' ? '' : line.label, change, blocked, undecided]),
    ).push(line);
  }
  return [...pairs.values()].map((own) => {
    const [{ from, to }] = own as [Line];
    return { sources: [from], targets: [to], lines: own, isBoth: own.some((line) => line.from === to) };
  });
}

/**
 * Lines of one look bundled so that few are drawn: sources that lead to the same are one, then each bundle takes the end at
 * which most lines meet. What a bundle shows is true of each source with each target.
 */
export function bundlesOf(lines: readonly PlaceLine[]): readonly Bundle[] {
  const looks = new Map<string, PlaceLine[]>();
  for (const line of lines) {
    const { kind, label, ports, change, blocked, undecided } = line.lines[0] as Line;
    listIn(looks, JSON.stringify([kind, label, ports, change, blocked, undecided])).push(line);
  }
  return [...looks.values()].flatMap(bundled);
}

function bundled(lines: readonly PlaceLine[]): Bundle[] {
  const between = new Map<number, Map<number, PlaceLine>>();
  const back = new Map<number, Set<number>>();
  for (const line of lines) {
    between.set(line.from, (between.get(line.from) ?? new Map()).set(line.to, line));
    back.set(line.to, (back.get(line.to) ?? new Set()).add(line.from));
  }
  const bundles: Bundle[] = [];
  const take = (sources: readonly number[], targets: readonly number[]) => {
    const own = sources.flatMap((from) => targets.map((to) => between.get(from)?.get(to) as PlaceLine));
    bundles.push({ sources, targets, lines: own.flatMap((one) => one.lines) });
    for (const { from, to } of own) {
      between.get(from)?.delete(to);
      back.get(to)?.delete(from);
    }
  };
  for (;;) {
    let [sources, targets]: [readonly number[], readonly number[]] = [[], []];
    const offer = (from: readonly number[], to: readonly number[]) => {
      if (from.length * to.length > sources.length * targets.length) {
        [sources, targets] = [from, to];
      }
    };
    for (const [of, list] of twins(between)) {
      offer(of, list);
    }
    for (const [of, list] of twins(back)) {
      offer(list, of);
    }
    if (sources.length === 0) {
      return bundles;
    }
    take(sources, targets);
  }
}

/** Those that have the same others, with these. */
function twins(
  lists: ReadonlyMap<number, { keys(): Iterable<number>; readonly size: number }>,
): [number[], number[]][] {
  const groups = new Map<string, [number[], number[]]>();
  for (const [one, others] of lists) {
    if (others.size > 0) {
      const sorted = [...others.keys()].sort((a, b) => a - b);
      const key = sorted.join();
      const group = groups.get(key) ?? [[], sorted];
      group[0].push(one);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
