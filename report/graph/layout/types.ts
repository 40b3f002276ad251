/** What is laid out. A place is the number of a box, or `boxes.length` plus the number of a group. */
export interface LayoutInput {
  readonly boxes: readonly LayoutBox[];
  readonly groups: readonly LayoutGroup[];
  readonly nets: readonly LayoutNet[];
}

/** A box for one thing: its least width and height. */
export interface LayoutBox {
  readonly width: number;
  readonly height: number;
}

/** Boxes that stand together. */
export interface LayoutGroup {
  readonly boxes: readonly number[];
  readonly titleWidth: number;
  /** Whether a frame with a title is drawn around the boxes. */
  readonly framed: boolean;
  /** Where it stands: groups of a rim at the edge of the picture. */
  readonly side: 'left' | 'inside' | 'right';
}

/** One line with any number of ends: everything among `sources` leads to everything among `targets`. */
export interface LayoutNet {
  /** Places. */
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  /** The width of the text at each target. */
  readonly labelWidth: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** One end of a drawn line at a place. */
export interface Tip extends Point {
  readonly place: number;
  /** The side of the place at which the line ends. */
  readonly side: 'left' | 'right';
  readonly isTarget: boolean;
}

/** A drawn line: pieces that are each horizontal or vertical. */
export interface Drawn {
  readonly pieces: readonly (readonly [Point, Point])[];
  readonly tips: readonly Tip[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Rect[];
  readonly groups: readonly Rect[];
  readonly nets: readonly Drawn[];
}

/** The height of the title of a frame. */
export const HEADER = 30;
/** Everything that stands below one another stands on multiples of this, so that no two lines fall together. */
export const UNIT = 10;
/** The distance of lines beside each other. */
export const PITCH = 7;
/** What is free between a frame and its boxes. */
export const PADDING = 14;
