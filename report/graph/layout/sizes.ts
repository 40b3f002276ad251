import type { Cells } from './arrangement';
import type { Channels } from './channels';
import { type LayoutInput, PADDING, type Rect, UNIT } from './types';

/** How much room everything takes that is not a box. */
export interface Sizes {
  /** By vertical. */
  readonly verticals: readonly number[];
  /** By horizontal: multiples of the unit. */
  readonly horizontals: readonly number[];
  /** By box: multiples of the unit. */
  readonly heights: readonly number[];
  /** By group: what is free beside its boxes. */
  readonly paddings: readonly { readonly left: number; readonly right: number }[];
  /** By group: the height of what stands above its boxes, where lines to all of it end; multiples of the unit. */
  readonly headers: readonly number[];
}

/** Where everything stands that has a size. */
export interface Positions {
  readonly width: number;
  readonly height: number;
  /** By vertical: its left edge; by horizontal: its upper edge. */
  readonly verticals: readonly number[];
  readonly horizontals: readonly number[];
  /** By place. */
  readonly places: readonly Rect[];
}

/** Puts everything where its neighbours leave it room. */
export function positionsOf({ boxes, groups }: LayoutInput, channels: Channels, sizes: Sizes): Positions {
  const { columns, cells } = channels.arrangement;
  const verticals: number[] = [];
  const horizontals: number[] = [];
  const places: Rect[] = [];
  const rowHeights = cells.map(({ rows, columns: inside }) =>
    Array.from({ length: rows }, (_, row) =>
      Math.max(...inside.map((list) => (list[row] === undefined ? 0 : (sizes.heights[list[row]] as number)))),
    ),
  );
  const header = (group: number) => (groups[group]?.framed ? (sizes.headers[group] as number) : 0);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const size = (list: readonly number[], of: readonly number[]) => sum(list.map((one) => of[one] as number));
  const groupHeight = (group: number) =>
    header(group) +
    size(channels.inner[group]?.horizontals ?? [], sizes.horizontals) +
    sum(rowHeights[group] as number[]);
  const stacks = columns.map(
    (list, at) => size(channels.gaps[at] ?? [], sizes.horizontals) + sum(list.map(groupHeight)),
  );
  const height = Math.max(...stacks);
  let x = 0;
  for (const [at, list] of columns.entries()) {
    const gutter = channels.gutters[at] as number;
    verticals[gutter] = x;
    x += sizes.verticals[gutter] as number;
    const widths = list.map((group) => groupWidth(group));
    const columnWidth = Math.max(...widths);
    let y = Math.floor((height - (stacks[at] as number)) / 2 / UNIT) * UNIT;
    const gap = (index: number) => {
      const horizontal = channels.gaps[at]?.[index] as number;
      horizontals[horizontal] = y;
      y += sizes.horizontals[horizontal] as number;
    };
    gap(0);
    for (const [index, group] of list.entries()) {
      const top = y;
      y += header(group);
      const free = Math.floor((columnWidth - (widths[index] as number)) / 2) * 2;
      placeGroup(group, x, free);
      places[boxes.length + group] = { x: x + free / 2, y: top, width: widths[index] as number, height: y - top };
      gap(index + 1);
    }
    x += columnWidth;

    function placeGroup(group: number, left: number, free: number): void {
      const { columns: inside } = cells[group] as Cells;
      const { verticals: between, horizontals: rows } = channels.inner[group] as (typeof channels.inner)[number];
      const lefts: number[] = [];
      let at = left + (sizes.paddings[group]?.left ?? 0) + free / 2;
      for (const [column, list] of inside.entries()) {
        lefts.push(at);
        at += columnWidthOf(list);
        const next = between[column];
        if (next !== undefined) {
          verticals[next] = at;
          at += sizes.verticals[next] as number;
        }
      }
      for (const [row, horizontal] of rows.entries()) {
        horizontals[horizontal] = y;
        y += sizes.horizontals[horizontal] as number;
        const rowHeight = rowHeights[group]?.[row] ?? 0;
        for (const [column, list] of inside.entries()) {
          const box = list[row];
          if (box !== undefined) {
            const own = sizes.heights[box] as number;
            const top = y + Math.floor((rowHeight - own) / 2 / UNIT) * UNIT;
            places[box] = { x: lefts[column] as number, y: top, width: columnWidthOf(list), height: own };
          }
        }
        y += rowHeight;
      }
    }
  }
  const last = channels.gutters.at(-1) as number;
  verticals[last] = x;
  return { width: x + (sizes.verticals[last] as number), height, verticals, horizontals, places };

  function columnWidthOf(list: readonly (number | undefined)[]): number {
    return Math.max(0, ...list.map((box) => (box === undefined ? 0 : (boxes[box]?.width ?? 0))));
  }

  function groupWidth(group: number): number {
    const { columns: inside } = cells[group] as Cells;
    const { left, right } = sizes.paddings[group] as { left: number; right: number };
    const own =
      left + right + sum(inside.map(columnWidthOf)) + size(channels.inner[group]?.verticals ?? [], sizes.verticals);
    return Math.max(own, (groups[group]?.titleWidth ?? 0) + 2 * PADDING);
  }
}
