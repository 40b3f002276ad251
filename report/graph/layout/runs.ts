import type { Channels, Stop } from './channels';
import type { Tree } from './router';

/** A straight part of a line from top to bottom. */
export interface TallRun {
  readonly net: number;
  readonly vertical: number;
  /** What leaves it or ends at it: a side of a place, or a part from left to right. */
  readonly contacts: TallContact[];
}

export interface TallContact {
  /** The stop at a side of a place; `undefined` for a part from left to right. */
  readonly tip: number | undefined;
  readonly wide: WideRun | undefined;
  readonly left: boolean;
  readonly right: boolean;
}

/** A straight part of a line from left to right. */
export interface WideRun {
  readonly net: number;
  readonly horizontal: number;
  /** The places of the verticals between which it runs. */
  readonly from: number;
  readonly to: number;
  readonly contacts: WideContact[];
}

export interface WideContact {
  /** The place of the vertical. */
  readonly at: number;
  readonly tall: TallRun;
  readonly up: boolean;
  readonly down: boolean;
}

/** Takes trees apart into straight parts. */
export function runsOf(
  trees: readonly Tree[],
  channels: Channels,
): { readonly tall: readonly TallRun[]; readonly wide: readonly WideRun[] } {
  const tall: TallRun[] = [];
  const wide: WideRun[] = [];
  for (const [net, tree] of trees.entries()) {
    const wideAt = new Map<number, { run: WideRun; left: boolean; right: boolean }>();
    for (const [horizontal, pieces] of sorted(tree.wide)) {
      const { stops } = channels.horizontals[horizontal] as { stops: number[] };
      for (const [from, to] of spans(pieces)) {
        const run: WideRun = { net, horizontal, from, to, contacts: [] };
        wide.push(run);
        for (let at = from; at <= to; at++) {
          wideAt.set(stops[at] as number, { run, left: at > from, right: at < to });
        }
      }
    }
    const tips = new Set(tree.tips);
    const taken = new Set<number>();
    for (const [vertical, pieces] of sorted(tree.tall)) {
      const { stops } = channels.verticals[vertical] as { stops: number[] };
      for (const [from, to] of spans(pieces)) {
        const run: TallRun = { net, vertical, contacts: [] };
        tall.push(run);
        for (let at = from; at <= to; at++) {
          const stop = stops[at] as number;
          taken.add(stop);
          const { side } = channels.stops[stop] as Stop;
          if (tips.has(stop)) {
            // The left side of a place lies to the right of its vertical.
            run.contacts.push({ tip: stop, wide: undefined, left: side === 'right', right: side === 'left' });
          }
          const crossing = wideAt.get(stop);
          if (crossing !== undefined) {
            run.contacts.push({ tip: undefined, wide: crossing.run, left: crossing.left, right: crossing.right });
            const { at: place } = {
              at: (channels.horizontals[crossing.run.horizontal] as { stops: number[] }).stops.indexOf(stop),
            };
            crossing.run.contacts.push({ at: place, tall: run, up: at > from, down: at < to });
          }
        }
      }
    }
  }
  return { tall, wide };
}

function sorted(lists: ReadonlyMap<number, Set<number>>): [number, Set<number>][] {
  return [...lists].sort(([a], [b]) => a - b);
}

/** The first and last place of each row of pieces without a gap. */
function spans(pieces: ReadonlySet<number>): [number, number][] {
  const spans: [number, number][] = [];
  for (const at of [...pieces].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === at) {
      last[1] = at + 1;
    } else {
      spans.push([at, at + 1]);
    }
  }
  return spans;
}
