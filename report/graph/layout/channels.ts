import type { Arrangement, Cells } from './arrangement';
import type { LayoutInput } from './types';

/** A way from top to bottom: beside the groups of a column, or between two columns of boxes of a group. */
export interface Vertical {
  /** The group inside which it runs; `undefined` between columns of the picture. */
  readonly group: number | undefined;
  /** What it meets, from top to bottom. */
  readonly stops: number[];
}

/** A way from left to right: above or below a group, or between two rows of boxes of a group. */
export interface Horizontal {
  readonly group: number | undefined;
  readonly column: number;
  /** The verticals that it meets, from left to right, and where. */
  readonly verticals: number[];
  readonly stops: number[];
}

/** A point at which lines turn: where a vertical meets a horizontal, or a side of a place. */
export interface Stop {
  readonly vertical: number;
  readonly horizontal: number | undefined;
  place: number | undefined;
  readonly side: 'left' | 'right';
}

/** The stops of the left and the right side of a place. */
export interface Sides {
  readonly left: number;
  readonly right: number;
}

/** All ways between boxes. */
export class Channels {
  readonly verticals: Vertical[] = [];
  readonly horizontals: Horizontal[] = [];
  readonly stops: Stop[] = [];
  /** By place. */
  readonly sides: Sides[] = [];
  /** By column of the picture: the horizontals above, between and below its groups. */
  readonly gaps: number[][] = [];
  /** By column of the picture and one behind: the vertical on its left. */
  readonly gutters: number[] = [];
  /** By group: the verticals between its columns, and the horizontals between its rows. */
  readonly inner: { readonly verticals: number[]; readonly horizontals: number[] }[] = [];

  constructor(
    { boxes }: Pick<LayoutInput, 'boxes'>,
    readonly arrangement: Arrangement,
  ) {
    const { columns, cells } = arrangement;
    for (const [at, groups] of columns.entries()) {
      this.gutters.push(this.vertical(undefined));
      for (const group of groups) {
        const inside = (cells[group] as Cells).columns.slice(1).map(() => this.vertical(group));
        this.inner[group] = { verticals: inside, horizontals: [] };
      }
      this.gaps[at] = [];
    }
    this.gutters.push(this.vertical(undefined));
    for (const [at, groups] of columns.entries()) {
      const [left, right] = [this.gutters[at] as number, this.gutters[at + 1] as number];
      const gap = () => this.gaps[at]?.push(this.horizontal(undefined, at, [left, right]));
      gap();
      for (const group of groups) {
        const { rows, columns: inside } = cells[group] as Cells;
        const { verticals, horizontals } = this.inner[group] as (typeof this.inner)[number];
        const all = [left, ...verticals, right];
        this.addSides(boxes.length + group, left, right);
        for (let row = 0; row <= rows; row++) {
          horizontals.push(this.horizontal(group, at, all));
          for (const [column, list] of row === rows ? [] : inside.entries()) {
            const box = list[row];
            if (box !== undefined) {
              this.addSides(box, all[column] as number, all[column + 1] as number);
            }
          }
        }
        gap();
      }
    }
  }

  private vertical(group: number | undefined): number {
    return this.verticals.push({ group, stops: [] }) - 1;
  }

  private horizontal(group: number | undefined, column: number, verticals: number[]): number {
    const horizontal = this.horizontals.length;
    const stops = verticals.map((vertical) => this.stop({ vertical, horizontal, place: undefined, side: 'left' }));
    this.horizontals.push({ group, column, verticals, stops });
    return horizontal;
  }

  private addSides(place: number, left: number, right: number): void {
    this.sides[place] = {
      left: this.stop({ vertical: left, horizontal: undefined, place, side: 'left' }),
      right: this.stop({ vertical: right, horizontal: undefined, place, side: 'right' }),
    };
  }

  private stop(stop: Stop): number {
    const id = this.stops.push(stop) - 1;
    this.verticals[stop.vertical]?.stops.push(id);
    return id;
  }

  /** Puts each of two boxes where the other was. */
  exchange(one: number, other: number): void {
    const { sides, stops } = this;
    [sides[one], sides[other]] = [sides[other] as Sides, sides[one] as Sides];
    for (const box of [one, other]) {
      for (const stop of Object.values(sides[box] as Sides)) {
        (stops[stop] as Stop).place = box;
      }
    }
  }

  /** Puts the stops of every vertical into the order of their height. */
  sort(heightOf: (stop: number) => number): void {
    for (const { stops } of this.verticals) {
      stops.sort((a, b) => heightOf(a) - heightOf(b) || a - b);
    }
  }
}
