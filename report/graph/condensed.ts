import { listIn } from '../../analysis/manifest/lists';
import { type Bundle, bundlesOf, type PlaceLine } from './bundles';
import type { Graph, GraphNode, Line, Mark } from './model';

/** A picture with as few lines as say the same. */
export interface Condensed {
  /** Nodes with the marks that are theirs alone, and those that stand for lines. */
  readonly nodes: readonly GraphNode[];
  /** By island: marks that each of its workloads has. */
  readonly shared: readonly Pick<GraphNode, 'from' | 'to'>[];
  /** Ends of a bundle are nodes, or `nodes.length` plus an island: all workloads of it. */
  readonly bundles: readonly Bundle[];
  /** Between which nodes marks stand for lines. */
  readonly unlined: readonly { readonly sources: readonly number[]; readonly targets: readonly number[] }[];
}

/** From so many workloads on, an island is one end for all of them. */
const FEWEST = 3;

/** Of so many lines at least, one mark is made. */
const FEWEST_LINES = 4;

/**
 * Says with marks and with lines to whole islands what would be many lines: each of these is said as before, of each pair.
 * Only lines of one look, which say the same of their pairs, are put together.
 */
export function condensed({ nodes, islands, lines, isPart = false }: Graph): Condensed {
  const members = islands.map(({ kind }, island) =>
    kind === 'namespace' ? places(nodes, (node) => node.island === island && node.kind === 'workload') : [],
  );
  const gathering = new Gathering(nodes, members, isPart);
  const looks = new Map<string, Line[]>();
  const rest: PlaceLine[] = [];
  for (const line of lines) {
    const { kind, label, ports, change, blocked, undecided } = line;
    if (kind === 'connection') {
      listIn(looks, JSON.stringify([label, ports, change, blocked, undecided])).push(line);
    } else {
      rest.push({ from: line.from, to: line.to, lines: [line] });
    }
  }
  for (const own of looks.values()) {
    gathering.add(own);
  }
  const marked = nodes.map((node, at): GraphNode => {
    const [from, to] = [gathering.from.get(at) ?? [], gathering.to.get(at) ?? []];
    return { ...node, from: [...node.from, ...from], to: [...node.to, ...to] };
  });
  const shared = members.map((own) => sharedBy(own.map((at) => marked[at] as GraphNode)));
  const sharedKeys = shared.map(
    ({ from, to }) => new Set([...from.map((m) => `in ${keyOf(m)}`), ...to.map((m) => `out ${keyOf(m)}`)]),
  );
  return {
    nodes: marked.map((node) => {
      const keys = sharedKeys[node.island] as ReadonlySet<string>;
      return node.kind !== 'workload' || keys.size === 0
        ? node
        : {
            ...node,
            from: node.from.filter((mark) => !keys.has(`in ${keyOf(mark)}`)),
            to: node.to.filter((mark) => !keys.has(`out ${keyOf(mark)}`)),
          };
    }),
    shared,
    bundles: bundlesOf([...gathering.lines, ...rest]),
    unlined: gathering.unlined,
  };
}

/** Marks that all of some nodes have. */
function sharedBy(own: readonly GraphNode[]): Pick<GraphNode, 'from' | 'to'> {
  const [first, ...others] = own;
  if (first === undefined || own.length < FEWEST) {
    return { from: [], to: [] };
  }
  const of = (end: 'from' | 'to') =>
    first[end].filter((mark) => others.every((node) => node[end].some((one) => keyOf(one) === keyOf(mark))));
  const [from, to] = [of('from'), of('to')];
  return { from, to };
}

function keyOf({ scope, ports, before, change, undecided = false }: Mark): string {
  return JSON.stringify([scope, ports, before, change, undecided]);
}

function places(nodes: readonly GraphNode[], isWanted: (node: GraphNode) => boolean): number[] {
  return [...nodes.keys()].filter((at) => isWanted(nodes[at] as GraphNode));
}

/** Puts lines of one look together. */
class Gathering {
  readonly from = new Map<number, Mark[]>();
  readonly to = new Map<number, Mark[]>();
  readonly lines: PlaceLine[] = [];
  readonly unlined: { sources: number[]; targets: number[] }[] = [];
  private readonly workloads: readonly number[];
  private readonly islandOf: ReadonlyMap<number, number>;

  constructor(
    private readonly nodes: readonly GraphNode[],
    private readonly members: readonly (readonly number[])[],
    private readonly isPart: boolean,
  ) {
    this.workloads = members.flat();
    this.islandOf = new Map(members.flatMap((own, island) => own.map((at) => [at, island] as const)));
  }

  /** @param lines all of one look, which are connections */
  add(lines: readonly Line[]): void {
    const open = new Map<number, Map<number, Line>>();
    for (const line of lines) {
      const targets = open.get(line.from) ?? new Map<number, Line>();
      open.set(line.from, targets.set(line.to, line));
    }
    const left = new Set(lines);
    const between = (sources: readonly number[], targets: readonly number[]): Line[] | undefined => {
      const found: Line[] = [];
      for (const source of sources) {
        for (const target of targets) {
          const line = source === target ? undefined : open.get(source)?.get(target);
          if (line !== undefined) {
            found.push(line);
          } else if (source !== target) {
            return undefined;
          }
        }
      }
      return found;
    };
    /** Takes all lines between, where all are there and enough of them are said by nothing else yet. */
    const take = (sources: readonly number[], targets: readonly number[], fewest: number): Line[] | undefined => {
      const own = between(sources, targets);
      if (own === undefined || own.filter((line) => left.has(line)).length < fewest) {
        return undefined;
      }
      for (const line of own) {
        left.delete(line);
      }
      return own;
    };
    const mark = (at: number, end: 'from' | 'to', scope: Mark['scope'], others: readonly number[]): void => {
      const [sources, targets] = end === 'from' ? [others, [at]] : [[at], others];
      const own = take(sources, targets, others.length > FEWEST ? FEWEST : 2);
      if (own !== undefined) {
        listIn(this[end], at).push(markOf(own, scope));
        this.unlined.push({ sources: [...sources], targets: [...targets] });
      }
    };
    // A mark has no words for other ports than before.
    const isSaid = ['kept', 'opened', 'closed'].includes((lines[0] as Line).change);
    const isWide = isSaid && !this.isPart && this.members.filter((own) => own.length > 0).length > 1;
    for (const end of isWide && this.workloads.length > FEWEST_LINES ? (['from', 'to'] as const) : []) {
      for (const at of this.workloads) {
        mark(at, end, 'workloads', this.others(this.workloads, at));
      }
    }
    for (const own of isSaid ? this.members.filter((list) => this.whole(list)) : []) {
      for (const end of ['from', 'to'] as const) {
        for (const at of own) {
          mark(at, end, 'namespace', this.others(own, at));
        }
      }
    }
    const count = this.nodes.length;
    for (const [island, own] of this.members.entries()) {
      for (const [other, theirs] of this.members.entries()) {
        const found =
          island === other ? undefined : this.whole(own) && this.whole(theirs) && take(own, theirs, FEWEST_LINES);
        if (found) {
          this.lines.push({ from: count + island, to: count + other, lines: found });
        }
      }
    }
    // Workloads, and addresses outside.
    const ends = [...new Set([...this.workloads, ...lines.flatMap(({ from, to }) => [from, to])])].sort(
      (a, b) => a - b,
    );
    for (const [island, own] of this.members.entries()) {
      for (const at of this.whole(own) ? ends : []) {
        const [out, back] = this.islandOf.get(at) === island ? [] : [take([at], own, 2), take(own, [at], 2)];
        if (out !== undefined) {
          this.lines.push({ from: at, to: count + island, lines: out });
        }
        if (back !== undefined) {
          this.lines.push({ from: count + island, to: at, lines: back });
        }
      }
    }
    for (const line of left) {
      this.lines.push({ from: line.from, to: line.to, lines: [line] });
    }
  }

  private whole(own: readonly number[]): boolean {
    return own.length >= FEWEST;
  }

  private others(all: readonly number[], but: number): number[] {
    return all.filter((at) => at !== but);
  }
}

function markOf(lines: readonly Line[], scope: Mark['scope']): Mark {
  const [{ open, change, undecided, reasons }] = lines as readonly [Line];
  return { scope, ports: open, change, ...(undecided ? { undecided } : {}), reasons };
}
