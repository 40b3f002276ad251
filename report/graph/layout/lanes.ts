/** A part of a line that shares its channel with others: from where to where, and what leaves it on either side. */
export interface Laned {
  readonly from: number;
  readonly to: number;
  /** Where something leaves it towards lane 0, and where towards the last lane. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * Gives parts of lines lanes beside each other so that few cross and none that share a stretch are in one lane.
 *
 * @returns the lane of each, and how many there are
 */
export function lanesOf(
  parts: readonly Laned[],
  gap = 0,
): { readonly lanes: readonly number[]; readonly count: number } {
  const order = ordered(parts);
  const lanes: number[] = [];
  let count = 0;
  for (const [at, part] of order.entries()) {
    const own = parts[part] as Laned;
    let lane = 0;
    for (const earlier of order.slice(0, at)) {
      const other = parts[earlier] as Laned;
      if (own.from <= other.to + gap && other.from <= own.to + gap) {
        lane = Math.max(lane, (lanes[earlier] as number) + 1);
      }
    }
    lanes[part] = lane;
    count = Math.max(count, lane + 1);
  }
  return { lanes, count };
}

/** An order with few crossings: begun by where most leave, bettered by moving each part to its best place. */
function ordered(parts: readonly Laned[]): number[] {
  const pull = ({ before, after }: Laned) => after.length - before.length;
  const order = [...parts.keys()].sort((a, b) => pull(parts[a] as Laned) - pull(parts[b] as Laned) || a - b);
  const costs = parts.map((a) => parts.map((b) => crossings(a, b)));
  const cost = (a: number, b: number) => costs[a]?.[b] as number;
  for (let round = 0, moved = true; moved && round < 8; round++) {
    moved = false;
    for (const part of [...order]) {
      const at = order.indexOf(part);
      let best = at;
      let least = 0;
      for (const step of [-1, 1]) {
        let gain = 0;
        for (let to = at + step; to >= 0 && to < order.length; to += step) {
          const other = order[to] as number;
          gain += step === 1 ? cost(other, part) - cost(part, other) : cost(part, other) - cost(other, part);
          if (gain < least) {
            least = gain;
            best = to;
          }
        }
      }
      if (best !== at) {
        order.splice(at, 1);
        order.splice(best, 0, part);
        moved = true;
      }
    }
  }
  return order;
}

/** How often two parts cross if the first has the lane before the second. */
function crossings(first: Laned, second: Laned): number {
  const within = (at: number, { from, to }: Laned) => (at > from && at < to ? 1 : at === from || at === to ? 0.4 : 0);
  let count = 0;
  for (const at of first.after) {
    count += within(at, second);
  }
  for (const at of second.before) {
    count += within(at, first);
  }
  return count;
}
