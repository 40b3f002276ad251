import type { Arrangement, Cells } from './arrangement';
import type { LayoutInput, LayoutNet } from './types';

/** How a picture is divided. */
export interface Division {
  /** Columns of groups, those of a rim not counted. */
  readonly columns: number;
  /** So many boxes stand below one another in a group at most. */
  readonly rows: number;
}

/** Decides which group and which box stands where: what leads to others on the left, what is led to on the right. */
export function arrangementOf({ boxes, groups, nets }: LayoutInput, { columns, rows }: Division): Arrangement {
  const groupOf = (place: number) => (place >= boxes.length ? place - boxes.length : (owner[place] as number));
  const owner: number[] = [];
  for (const [group, { boxes: own }] of groups.entries()) {
    for (const box of own) {
      owner[box] = group;
    }
  }
  const cells = groups.map(({ boxes: own }, group) => cellsOf(own, innerEdges(group), rows));
  const flow = groups.map(() => new Map<number, number>());
  for (const { sources, targets } of nets) {
    for (const from of new Set(sources.map(groupOf))) {
      for (const to of new Set(targets.map(groupOf))) {
        if (from !== to) {
          flow[from]?.set(to, (flow[from]?.get(to) ?? 0) + 1);
        }
      }
    }
  }
  const ranks = ranked(groups.length, flow);
  const order = [...groups.keys()].sort((a, b) => (ranks[a] as number) - (ranks[b] as number) || a - b);
  const heightOf = (group: number) => 2 + (cells[group]?.rows ?? 0);
  const inside = order.filter((group) => groups[group]?.side === 'inside');
  const side = (wanted: 'left' | 'right') => {
    const own = order.filter((group) => groups[group]?.side === wanted);
    return own.length > 0 ? [own] : [];
  };
  const stacks = [...side('left'), ...stacked(inside, columns, heightOf), ...side('right')];
  return sorted({ columns: stacks, cells }, groupOf, nets);

  function innerEdges(group: number): [number, number][] {
    return nets.flatMap(({ sources, targets }) =>
      sources.flatMap((from) =>
        targets.flatMap((to): [number, number][] =>
          from < boxes.length && to < boxes.length && owner[from] === group && owner[to] === group ? [[from, to]] : [],
        ),
      ),
    );
  }
}

/** Puts boxes into columns: in the order in which lines lead from one to the other, or side by side where none do. */
function cellsOf(own: readonly number[], edges: readonly [number, number][], most: number): Cells {
  const place = new Map(own.map((box, at) => [box, at]));
  const flow = own.map(() => new Map<number, number>());
  for (const [from, to] of edges) {
    flow[place.get(from) as number]?.set(place.get(to) as number, 1);
  }
  const ranks = edges.length === 0 ? own.map(() => 0) : levels(own.length, flow);
  const columns: (number | undefined)[][] = [];
  for (const rank of [...new Set(ranks)].sort((a, b) => a - b)) {
    const members = own.filter((_, at) => ranks[at] === rank);
    const count = Math.ceil(members.length / most);
    const size = Math.ceil(members.length / count);
    for (let at = 0; at < members.length; at += size) {
      columns.push(members.slice(at, at + size));
    }
  }
  const rows = Math.max(...columns.map((list) => list.length));
  const padded = columns.map((list) => {
    const above = Math.floor((rows - list.length) / 2);
    return Array.from({ length: rows }, (_, row) => list[row - above]);
  });
  return { rows, columns: padded };
}

/** A level for each: behind all that lead to it; of a circle the one that leads to most comes first. */
function levels(count: number, flow: readonly ReadonlyMap<number, number>[]): number[] {
  const place = ranked(count, flow);
  const order = [...Array(count).keys()].sort((a, b) => (place[a] as number) - (place[b] as number));
  const level = Array.from({ length: count }, () => 0);
  for (const from of order) {
    for (const to of flow[from]?.keys() ?? []) {
      if ((place[to] as number) > (place[from] as number)) {
        level[to] = Math.max(level[to] as number, Math.min((level[from] as number) + 1, 4));
      }
    }
  }
  return level;
}

/**
 * A place in one row for each, so that most lines lead forward: what is led to by nobody any more comes next, else what
 * leads to more than it is led to.
 *
 * @see Eades, Lin, Smyth: A fast and effective heuristic for the feedback arc set problem
 */
function ranked(count: number, flow: readonly ReadonlyMap<number, number>[]): number[] {
  const out = Array.from({ length: count }, () => 0);
  const incoming = Array.from({ length: count }, () => 0);
  for (const [from, targets] of flow.entries()) {
    for (const [to, weight] of targets) {
      out[from] = (out[from] as number) + weight;
      incoming[to] = (incoming[to] as number) + weight;
    }
  }
  const places: number[] = [];
  const left = new Set(Array.from({ length: count }, (_, at) => at));
  for (let next = 0; left.size > 0; next++) {
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (const one of left) {
      const score = incoming[one] === 0 ? 1e9 : (out[one] as number) - (incoming[one] as number);
      if (score > most) {
        most = score;
        best = one;
      }
    }
    places[best] = next;
    left.delete(best);
    for (const [to, weight] of flow[best] ?? []) {
      incoming[to] = (incoming[to] as number) - weight;
    }
    for (const from of left) {
      out[from] = (out[from] as number) - (flow[from]?.get(best) ?? 0);
    }
  }
  return places;
}

/** Divides a row of groups into columns of about one height. */
function stacked(order: readonly number[], columns: number, heightOf: (group: number) => number): number[][] {
  const total = order.reduce((all, group) => all + heightOf(group), 0);
  const stacks: number[][] = [];
  let [stack, height, done]: [number[], number, number] = [[], 0, 0];
  for (const group of order) {
    const goal = (total - done) / Math.max(1, columns - stacks.length);
    if (stack.length > 0 && stacks.length < columns - 1 && height + heightOf(group) / 2 > goal) {
      stacks.push(stack);
      done += height;
      [stack, height] = [[], 0];
    }
    stack.push(group);
    height += heightOf(group);
  }
  return stack.length > 0 ? [...stacks, stack] : stacks;
}

/** Orders groups in their columns and boxes in theirs so that what is connected is at one height. */
function sorted(arrangement: Arrangement, groupOf: (place: number) => number, nets: readonly LayoutNet[]): Arrangement {
  let { columns, cells } = arrangement;
  const groups = columns.flat().length;
  const boxes = cells.flatMap(({ columns: own }) => own.flat()).filter((box) => box !== undefined).length;
  const near = new Map<number, number[]>();
  for (const { sources, targets } of nets) {
    for (const place of [...sources, ...targets]) {
      const others = sources.includes(place) ? targets : sources;
      near.set(place, [...(near.get(place) ?? []), ...others.filter((other) => other !== place)]);
    }
  }
  for (let round = 0; round < 6; round++) {
    const height = heights();
    const pull = (place: number) => {
      const others = near.get(place) ?? [];
      return others.length === 0
        ? undefined
        : others.reduce((all, other) => all + (height.get(other) as number), 0) / others.length;
    };
    cells = cells.map(({ rows, columns: own }) => ({
      rows,
      columns: own.map((list) => {
        const members = list.filter((box) => box !== undefined);
        const pulls = new Map(members.map((box) => [box, pull(box) ?? (height.get(box) as number)]));
        members.sort((a, b) => (pulls.get(a) as number) - (pulls.get(b) as number) || a - b);
        return list.map((box) => (box === undefined ? undefined : members.shift()));
      }),
    }));
    columns = columns.map((list) => {
      const pulls = new Map(
        list.map((group) => {
          const own = (cells[group]?.columns.flat() ?? []).filter((box) => box !== undefined);
          const all = own.flatMap((box) => (near.get(box) ?? []).filter((other) => groupOf(other) !== group));
          const mean = all.reduce((sum, other) => sum + (height.get(other) as number), 0) / all.length;
          return [group, all.length === 0 ? (height.get(boxes + group) as number) : mean] as const;
        }),
      );
      return [...list].sort((a, b) => (pulls.get(a) as number) - (pulls.get(b) as number) || a - b);
    });
  }
  return { columns, cells };

  /** About how far down every place is. */
  function heights(): Map<number, number> {
    const height = new Map<number, number>();
    const size = (group: number) => 2 + (cells[group]?.rows ?? 0);
    for (const list of columns) {
      let y = -list.reduce((all, group) => all + size(group), 0) / 2;
      for (const group of list) {
        height.set(boxes + group, y + size(group) / 2);
        for (const column of cells[group]?.columns ?? []) {
          for (const [row, box] of column.entries()) {
            if (box !== undefined) {
              height.set(box, y + 1 + row);
            }
          }
        }
        y += size(group);
      }
    }
    for (let group = 0; group < groups; group++) {
      height.set(boxes + group, height.get(boxes + group) ?? 0);
    }
    return height;
  }
}
