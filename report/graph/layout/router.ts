import type { Channels, Stop } from './channels';
import type { LayoutInput, LayoutNet } from './types';

/** A line as a tree of stops: `tall` and `wide` hold the first stop of each piece, as `vertical piece` and `horizontal piece`. */
export interface Tree {
  /** By vertical: the places of stops in it from which a piece leads down to the next. */
  readonly tall: Map<number, Set<number>>;
  /** By horizontal: the places of verticals in it from which a piece leads right to the next. */
  readonly wide: Map<number, Set<number>>;
  /** Stops at sides of places at which the line ends. */
  readonly tips: number[];
}

const BEND = 26;
const CROSSING = 34;
const NEAR = 5;
const JOIN = 14;
const OTHER_SIDE = 60;

/** Finds ways for lines through the channels: short, with few bends, and past few others. */
export class Router {
  private readonly index: number[] = [];
  private readonly across: { readonly horizontal: number; readonly at: number }[] = [];
  /** How many lines pass each stop from top to bottom and from left to right. */
  private readonly down: Int32Array;
  private readonly right: Int32Array;
  private readonly cost: Float64Array;
  private readonly from: Int32Array;
  private readonly trees: Tree[] = [];

  constructor(
    private readonly input: LayoutInput,
    private readonly channels: Channels,
    private readonly x: (vertical: number) => number,
    private readonly y: (stop: number) => number,
  ) {
    for (const { stops } of channels.verticals) {
      for (const [at, stop] of stops.entries()) {
        this.index[stop] = at;
      }
    }
    for (const [horizontal, { stops }] of channels.horizontals.entries()) {
      for (const [at, stop] of stops.entries()) {
        this.across[stop] = { horizontal, at };
      }
    }
    const count = channels.stops.length;
    this.down = new Int32Array(count);
    this.right = new Int32Array(count);
    this.cost = new Float64Array(count * 2);
    this.from = new Int32Array(count * 2);
  }

  /** Ways for all lines: each is found again, knowing where all others run. */
  all(): Tree[] {
    const { nets } = this.input;
    const { trees } = this;
    const order = [...nets.keys()].sort(
      (a, b) => this.span(nets[a] as LayoutNet) - this.span(nets[b] as LayoutNet) || a - b,
    );
    for (const round of [0, 1, 2]) {
      for (const net of order) {
        if (round > 0) {
          this.count(trees[net] as Tree, -1);
        }
        trees[net] = this.route(nets[net] as LayoutNet);
        this.count(trees[net], 1);
      }
    }
    return trees;
  }

  /** Takes lines away. @returns their ways, and what they cost past all others */
  taken(nets: readonly number[]): { readonly cost: number; readonly trees: ReadonlyMap<number, Tree> } {
    let cost = 0;
    const trees = new Map<number, Tree>();
    for (const net of nets) {
      const tree = this.trees[net] as Tree;
      this.count(tree, -1);
      cost += this.costOf(tree);
      trees.set(net, tree);
    }
    return { cost, trees };
  }

  /** Leads lines that were taken away anew. @returns what they cost past all others */
  led(nets: readonly number[]): { readonly cost: number } {
    let cost = 0;
    for (const net of [...nets].reverse()) {
      const tree = this.route(this.input.nets[net] as LayoutNet);
      this.trees[net] = tree;
      cost += this.costOf(tree);
      this.count(tree, 1);
    }
    return { cost };
  }

  /** Puts lines back. */
  put(trees: ReadonlyMap<number, Tree>): void {
    for (const [net, tree] of trees) {
      this.trees[net] = tree;
      this.count(tree, 1);
    }
  }

  /** What a way costs past all others: its length, its bends, what it crosses and what it runs beside. */
  private costOf({ tall, wide, tips }: Tree): number {
    let cost = tips.length * BEND;
    for (const [vertical, pieces] of tall) {
      const { stops } = this.channels.verticals[vertical] as { stops: number[] };
      for (const at of pieces) {
        const [stop, next] = [stops[at] as number, stops[at + 1] as number];
        const passed = pieces.has(at + 1) ? (this.right[next] as number) : 0;
        const isSide = this.channels.stops[next]?.place !== undefined;
        cost += Math.abs(this.y(next) - this.y(stop)) + (this.down[stop] as number) * NEAR * 0.4;
        cost += passed * (isSide ? CROSSING / 2 : CROSSING);
      }
    }
    for (const [horizontal, pieces] of wide) {
      const { stops } = this.channels.horizontals[horizontal] as { stops: number[] };
      cost += BEND;
      for (const at of pieces) {
        const [stop, next] = [stops[at] as number, stops[at + 1] as number];
        const passed = pieces.has(at + 1) ? (this.down[next] as number) : 0;
        const [from, to] = [stop, next].map((one) => this.x((this.channels.stops[one] as Stop).vertical));
        cost += Math.abs((to as number) - (from as number)) + (this.right[stop] as number) * NEAR + passed * CROSSING;
      }
    }
    return cost;
  }

  private span({ sources, targets }: LayoutNet): number {
    const stops = [...sources, ...targets].map((place) => this.channels.sides[place]?.left as number);
    const xs = stops.map((stop) => this.x((this.channels.stops[stop] as Stop).vertical));
    const ys = stops.map(this.y);
    return Math.max(...xs) - Math.min(...xs) + Math.max(...ys) - Math.min(...ys);
  }

  private route({ sources, targets }: LayoutNet): Tree {
    const tree: Tree = { tall: new Map(), wide: new Map(), tips: [] };
    const { boxes, groups } = this.input;
    const groupOf = (place: number) =>
      place >= boxes.length ? place - boxes.length : groups.findIndex((group) => group.boxes.includes(place));
    // A line to a whole group ends at its frame and has no business in it.
    const inside = new Set([...sources, ...targets].filter((place) => place < boxes.length).map(groupOf));
    const hub = (sources.length === 1 ? sources[0] : targets[0]) as number;
    const isStar = sources.length === 1 || targets.length === 1;
    const remaining = new Set([...sources, ...targets].filter((place) => place !== hub));
    const onTree = new Set<number>();
    while (remaining.size > 0) {
      const starts = [...onTree].flatMap((stop): [number, number][] => [
        [stop * 2, JOIN],
        [stop * 2 + 1, JOIN],
      ]);
      const { left, right } = this.channels.sides[hub] as { left: number; right: number };
      for (const side of isStar || onTree.size === 0 ? [left, right] : []) {
        const known = tree.tips.includes(side);
        starts.push([side * 2 + 1, known ? JOIN : onTree.size === 0 ? 0 : OTHER_SIDE]);
      }
      const path = this.path(starts, remaining, inside);
      const [first, last] = [path[0] as number, path.at(-1) as number];
      for (const stop of [first, last]) {
        const { place } = this.channels.stops[stop] as Stop;
        if (place !== undefined && (place === hub || stop === last) && !tree.tips.includes(stop)) {
          tree.tips.push(stop);
        }
      }
      remaining.delete((this.channels.stops[last] as Stop).place as number);
      for (const [at, stop] of path.entries()) {
        onTree.add(stop);
        if (at > 0) {
          this.add(tree, path[at - 1] as number, stop);
        }
      }
    }
    return tree;
  }

  private add({ tall, wide }: Tree, a: number, b: number): void {
    const [one, other] = [this.channels.stops[a] as Stop, this.channels.stops[b] as Stop];
    const [lists, key, at] =
      one.vertical === other.vertical
        ? ([tall, one.vertical, Math.min(this.index[a] as number, this.index[b] as number)] as const)
        : ([
            wide,
            one.horizontal as number,
            Math.min(this.across[a]?.at as number, this.across[b]?.at as number),
          ] as const);
    const set = lists.get(key) ?? new Set();
    lists.set(key, set.add(at));
  }

  private count({ tall, wide, tips }: Tree, by: number): void {
    for (const [vertical, pieces] of tall) {
      const { stops } = this.channels.verticals[vertical] as { stops: number[] };
      for (const at of pieces) {
        this.down[stops[at] as number] = (this.down[stops[at] as number] as number) + by;
      }
    }
    for (const [horizontal, pieces] of wide) {
      const { stops } = this.channels.horizontals[horizontal] as { stops: number[] };
      for (const at of pieces) {
        this.right[stops[at] as number] = (this.right[stops[at] as number] as number) + by;
      }
    }
    for (const tip of tips) {
      this.right[tip] = (this.right[tip] as number) + by;
    }
  }

  /** The cheapest way from one of some states to one of some places. A state is a stop, and whether it is met going right or left. */
  private path(
    starts: readonly (readonly [number, number])[],
    goals: ReadonlySet<number>,
    inside: ReadonlySet<number>,
  ): number[] {
    const { cost, from, channels } = this;
    cost.fill(Number.POSITIVE_INFINITY);
    const heap = new Heap();
    const visit = (state: number, at: number, by: number) => {
      if (at < (cost[state] as number)) {
        cost[state] = at;
        from[state] = by;
        heap.push(at, state);
      }
    };
    for (const [state, at] of starts) {
      visit(state, at, -1);
    }
    for (let state = heap.pop(cost); state !== undefined; state = heap.pop(cost)) {
      const [stop, wide] = [state >> 1, state & 1];
      const { vertical, horizontal, place } = channels.stops[stop] as Stop;
      const at = cost[state] as number;
      // A way that passes the side of a goal on its way ends there too.
      if (wide === 1 && place !== undefined && goals.has(place)) {
        return this.back(state);
      }
      visit(state ^ 1, at + BEND, state);
      if (wide === 0) {
        const { stops, group } = channels.verticals[vertical] as { stops: number[]; group: number | undefined };
        if (group === undefined || inside.has(group)) {
          for (const step of [-1, 1]) {
            const next = stops[(this.index[stop] as number) + step];
            if (next !== undefined) {
              const passed = step === 1 ? (this.right[next] as number) : (this.right[next] as number);
              const near = this.down[step === 1 ? stop : next] as number;
              const length = Math.abs(this.y(next) - this.y(stop));
              const isSide = channels.stops[next]?.place !== undefined;
              visit(next * 2, at + length + near * NEAR * 0.4 + passed * (isSide ? CROSSING / 2 : CROSSING), state);
            }
          }
        }
      } else if (horizontal !== undefined) {
        const { stops, group } = channels.horizontals[horizontal] as { stops: number[]; group: number | undefined };
        if (group === undefined || inside.has(group)) {
          for (const step of [-1, 1]) {
            const next = stops[(this.across[stop]?.at as number) + step];
            if (next !== undefined) {
              const near = this.right[step === 1 ? stop : next] as number;
              const length = Math.abs(this.x((channels.stops[next] as Stop).vertical) - this.x(vertical));
              visit(next * 2 + 1, at + length + near * NEAR + (this.down[next] as number) * CROSSING, state);
            }
          }
        }
      }
    }
    throw new Error('the channels do not lead everywhere');
  }

  private back(goal: number): number[] {
    const path: number[] = [];
    for (let state = goal; state !== -1; state = this.from[state] as number) {
      const stop = state >> 1;
      if (path.at(-1) !== stop) {
        path.push(stop);
      }
    }
    return path.reverse();
  }
}

/** A heap of states by cost; entries whose cost was improved since are passed over. */
class Heap {
  private readonly keys: number[] = [];
  private readonly states: number[] = [];

  push(key: number, state: number): void {
    const { keys, states } = this;
    let at = keys.length;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((keys[up] as number) <= key) {
        break;
      }
      keys[at] = keys[up] as number;
      states[at] = states[up] as number;
      at = up;
    }
    keys[at] = key;
    states[at] = state;
  }

  pop(cost: Float64Array): number | undefined {
    const { keys, states } = this;
    while (keys.length > 0) {
      const [key, state] = [keys[0] as number, states[0] as number];
      const [lastKey, lastState] = [keys.pop() as number, states.pop() as number];
      const { length } = keys;
      if (length > 0) {
        let at = 0;
        for (let down = 1; down < length; down = at * 2 + 1) {
          const child = down + 1 < length && (keys[down + 1] as number) < (keys[down] as number) ? down + 1 : down;
          if ((keys[child] as number) >= lastKey) {
            break;
          }
          keys[at] = keys[child] as number;
          states[at] = states[child] as number;
          at = child;
        }
        keys[at] = lastKey;
        states[at] = lastState;
      }
      if (key <= (cost[state] as number)) {
        return state;
      }
    }
    return undefined;
  }
}
