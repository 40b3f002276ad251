import type { Arrangement, Cells } from './arrangement';
import type { LayoutInput, LayoutNet } from './types';

/** How far columns and rows, and groups, stand apart, roughly. */
const WIDE = 200;
const TALL = 60;
/** What a crossing costs, and a unit of length. */
const CROSSING = 10;
const LENGTH = 0.1;
/** Of so few lines nothing is gained, and so many take too long. */
const FEWEST = 4;
const MOST = 200;
/** So often is something tried for each line. */
const TRIES = 60;

/** A line from one box to another. */
type Line = readonly [number, number];

/**
 * Moves boxes within their groups, and groups among each other, while straight lines between them cross less and are shorter: what
 * is good for these is good for lines in channels. The same input gives the same arrangement.
 */
export function bettered(arrangement: Arrangement, input: LayoutInput): Arrangement {
  const lines = input.nets.flatMap(linesOf).filter((line) => line.every((place) => place < input.boxes.length));
  return lines.length < FEWEST || lines.length > MOST ? arrangement : new Search(arrangement, input, lines).best();
}

/** A line with many ends as lines with two. */
function linesOf({ sources, targets }: LayoutNet): Line[] {
  const [from, to] = [sources[0] as number, targets[0] as number];
  return sources.length <= targets.length
    ? [...targets.map((one): Line => [from, one]), ...sources.slice(1).map((one): Line => [one, to])]
    : [...sources.map((one): Line => [one, to]), ...targets.slice(1).map((one): Line => [from, one])];
}

class Search {
  private readonly columns: number[][];
  private readonly cells: { readonly rows: number; readonly columns: (number | undefined)[][] }[];
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /** By box: the lines that end at it. */
  private readonly at: readonly (readonly number[])[];
  private readonly isMoved: Uint8Array;
  private state = 1;

  constructor(
    { columns, cells }: Arrangement,
    private readonly input: LayoutInput,
    private readonly lines: readonly Line[],
  ) {
    this.columns = columns.map((list) => [...list]);
    this.cells = cells.map((group) => ({ rows: group.rows, columns: group.columns.map((list) => [...list]) }));
    const count = input.boxes.length;
    [this.x, this.y] = [new Float64Array(count), new Float64Array(count)];
    this.at = input.boxes.map((_, box) => [...lines.keys()].filter((line) => lines[line]?.includes(box)));
    this.isMoved = new Uint8Array(lines.length);
  }

  best(): Arrangement {
    this.place();
    const tries = this.lines.length * TRIES;
    for (let round = 0; round < tries; round++) {
      const heat = (1 - round / tries) ** 2 * 40;
      if (this.dice(15) === 0) {
        this.tryGroups(heat);
      } else {
        this.tryBoxes(heat);
      }
    }
    return { columns: this.columns, cells: this.cells.map((group) => this.inOrder(group)) };
  }

  /** Boxes without lines in their order again, column by column, and no column or row that nothing stands in. */
  private inOrder({ rows, columns }: Cells): Cells {
    const isLone = (box: number | undefined) => box === undefined || this.at[box]?.length === 0;
    const lone = columns.flat().filter((box) => box !== undefined && isLone(box)) as number[];
    lone.sort((a, b) => a - b);
    const filled = columns.map((list) => list.map((box) => (isLone(box) ? lone.shift() : box)));
    const kept = [...Array(rows).keys()].filter((row) => filled.some((list) => list[row] !== undefined));
    return {
      rows: kept.length,
      columns: filled
        .filter((list) => list.some((box) => box !== undefined))
        .map((list) => kept.map((row) => list[row])),
    };
  }

  /** Changes the places of two boxes of a group. */
  private tryBoxes(heat: number): void {
    const group = this.cells[this.dice(this.cells.length)] as Search['cells'][number];
    const [one, other] = [0, 0].map(() => group.columns[this.dice(group.columns.length)] ?? []) as [
      (number | undefined)[],
      (number | undefined)[],
    ];
    const [a, b] = [this.dice(one.length), this.dice(other.length)];
    const [box, second] = [one[a], other[b]];
    if (box === second) {
      return;
    }
    const touched = [...new Set([box, second].flatMap((one) => (one === undefined ? [] : (this.at[one] ?? []))))];
    const before = this.cost(touched);
    const exchange = () => {
      [one[a], other[b]] = [other[b], one[a]];
      this.place();
    };
    exchange();
    if (!this.isBetter(this.cost(touched) - before, heat)) {
      exchange();
    }
  }

  /** Changes the places of two groups; those of a rim stay where they are. */
  private tryGroups(heat: number): void {
    const [one, other] = [0, 0].map(() => this.columns[this.dice(this.columns.length)]) as [number[], number[]];
    const [a, b] = [this.dice(one.length), this.dice(other.length)];
    const [group, second] = [one[a] as number, other[b] as number];
    const { groups } = this.input;
    if (group === second || groups[group]?.side !== groups[second]?.side) {
      return;
    }
    const all = [...this.lines.keys()];
    const before = this.cost(all);
    [one[a], other[b]] = [second, group];
    this.place();
    if (!this.isBetter(this.cost(all) - before, heat)) {
      [one[a], other[b]] = [group, second];
      this.place();
    }
  }

  private isBetter(more: number, heat: number): boolean {
    return more < (heat * this.dice(1000)) / 1000;
  }

  private place(): void {
    let left = 0;
    for (const list of this.columns) {
      const heights = list.map((group) => TALL + (this.cells[group] as Cells).rows * TALL);
      let top = -heights.reduce((all, height) => all + height, 0) / 2;
      let width = 0;
      for (const [index, group] of list.entries()) {
        const { columns } = this.cells[group] as Cells;
        for (const [column, boxes] of columns.entries()) {
          for (const [row, box] of boxes.entries()) {
            if (box !== undefined) {
              this.x[box] = left + column * WIDE;
              this.y[box] = top + TALL + row * TALL;
            }
          }
        }
        width = Math.max(width, columns.length * WIDE);
        top += heights[index] as number;
      }
      left += width + TALL;
    }
  }

  /** What some lines cost: their length, and their crossings with all others. */
  private cost(some: readonly number[]): number {
    const { lines, x, y, isMoved } = this;
    let all = 0;
    for (const line of some) {
      isMoved[line] = 1;
    }
    for (const line of some) {
      const [p, q] = lines[line] as Line;
      const [px, py, qx, qy] = [x[p] as number, y[p] as number, x[q] as number, y[q] as number];
      all += (Math.abs(px - qx) + Math.abs(py - qy) * 1.5) * LENGTH;
      for (let other = 0; other < lines.length; other++) {
        const [r, s] = lines[other] as Line;
        // Two of these lines meet twice here.
        const share = isMoved[other] === 1 ? CROSSING / 2 : CROSSING;
        if (p !== r && p !== s && q !== r && q !== s) {
          const [rx, ry, sx, sy] = [x[r] as number, y[r] as number, x[s] as number, y[s] as number];
          const isApart = side(px, py, qx, qy, rx, ry) !== side(px, py, qx, qy, sx, sy);
          all += isApart && side(rx, ry, sx, sy, px, py) !== side(rx, ry, sx, sy, qx, qy) ? share : 0;
        }
      }
    }
    for (const line of some) {
      isMoved[line] = 0;
    }
    return all;
  }

  /** A number below `sides`, the same ones every time. */
  private dice(sides: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * sides);
  }
}

/** On which side of a line a point lies. */
function side(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0;
}
