import type { Arrangement } from './arrangement';
import { bettered } from './better';
import { Channels, type Stop } from './channels';
import { geometryOf } from './geometry';
import { measured } from './measure';
import { arrangementOf } from './place';
import { polished } from './polish';
import { Router } from './router';
import { type Positions, positionsOf, type Sizes } from './sizes';
import { HEADER, type Layout, type LayoutInput, PADDING, UNIT } from './types';

/** The shape of a screen, and what fits on it. */
const SCREEN = { width: 1392, height: 770 };

/**
 * Lays a picture out: groups in columns, boxes in rows and columns of their group, lines in channels between them, each in
 * a lane of its own. No line meets a box that is not one of its ends, since there are no channels there. The same input
 * gives the same layout.
 */
export function layoutOf(input: LayoutInput): Layout {
  if (input.groups.length === 0) {
    return { width: 0, height: 0, boxes: [], groups: [], nets: [] };
  }
  const plain = new Map<string, Tried>();
  for (const division of divisions(input)) {
    const arrangement = arrangementOf(input, division);
    const key = JSON.stringify(arrangement);
    if (!plain.has(key)) {
      plain.set(key, tried(input, arrangement));
    }
  }
  const promising = [...plain.values()].sort((a, b) => a.cost - b.cost).slice(0, BETTERED);
  const all = [...promising, ...promising.flatMap(({ arrangement }) => moved(input, arrangement))];
  const best = [...all].sort((a, b) => a.cost - b.cost).slice(0, POLISHED);
  const last = best.flatMap((one) => [one, ...polishedOf(input, one)]);
  return last.reduce((least, one) => (one.cost < least.cost ? one : least)).layout;
}

/** So many of the best divisions are bettered. */
const BETTERED = 4;

/** So many of the best are polished. */
const POLISHED = 2;

/** The same with boxes exchanged where the lines that end at them cost less for it; the one that is given is of no use for it again. */
function polishedOf(input: LayoutInput, { arrangement, channels, router }: Tried): Tried[] {
  const other = polished(input, channels, router);
  return other === arrangement ? [] : [tried(input, other)];
}

interface Tried {
  readonly arrangement: Arrangement;
  readonly layout: Layout;
  readonly channels: Channels;
  /** Has led all lines. */
  readonly router: Router;
  readonly cost: number;
}

function tried(input: LayoutInput, arrangement: Arrangement): Tried {
  const laid = laidOut(input, arrangement);
  return { arrangement, ...laid, cost: costOf(laid.layout) };
}

/** The same with boxes and groups moved, where that may help. */
function moved(input: LayoutInput, arrangement: Arrangement): Tried[] {
  const other = bettered(arrangement, input);
  return other === arrangement ? [] : [tried(input, other)];
}

function* divisions({ groups, boxes, nets }: LayoutInput) {
  const inside = groups.filter(({ side }) => side === 'inside').length;
  const largest = Math.max(...groups.map(({ boxes: own }) => own.length));
  const isBig = nets.length * boxes.length > 6000;
  const rows = [...new Set([largest, Math.ceil(largest / 2), Math.ceil(largest / 3), Math.ceil(Math.sqrt(largest))])];
  for (const most of isBig ? rows.slice(-2) : rows) {
    for (let columns = 1; columns <= Math.min(inside, isBig ? 5 : 6); columns++) {
      if (inside === 0 || columns * most >= 2 || columns === inside) {
        yield { columns, rows: Math.max(1, most) };
      }
    }
  }
  if (inside === 0) {
    yield { columns: 1, rows: Math.max(1, largest) };
  }
}

/** What a reader pays: crossings and bends first, then all that does not fit on one screen. */
function costOf(layout: Layout): number {
  const { crossings, bends, length } = measured(layout);
  const scale = Math.max(1, layout.width / SCREEN.width, layout.height / SCREEN.height);
  const shape = Math.abs(Math.log(layout.width / layout.height / (SCREEN.width / SCREEN.height)));
  return (crossings * 6 + bends * 2 + length / 80 + 20) * scale ** 2.2 * (1 + shape * 0.25);
}

function laidOut(input: LayoutInput, arrangement: Arrangement): Pick<Tried, 'layout' | 'channels' | 'router'> {
  const channels = new Channels(input, arrangement);
  let sizes: Sizes = {
    verticals: channels.verticals.map(({ group }) => (group === undefined ? 90 : 70)),
    horizontals: channels.horizontals.map(() => 2 * UNIT),
    heights: input.boxes.map(({ height }) => Math.ceil(height / UNIT) * UNIT),
    paddings: input.groups.map(() => ({ left: 2 * PADDING, right: 2 * PADDING })),
    headers: input.groups.map(() => HEADER),
  };
  let positions = positionsOf(input, channels, sizes);
  for (let round = 0; ; round++) {
    const ys = channels.stops.map((_, stop) => heightOf(channels, positions, input.boxes.length, stop));
    const xs = positions.verticals.map((x, vertical) => x + (sizes.verticals[vertical] as number) / 2);
    channels.sort((stop) => ys[stop] as number);
    const router = new Router(
      input,
      channels,
      (vertical) => xs[vertical] as number,
      (stop) => ys[stop] as number,
    );
    const geometry = geometryOf(input, channels, router.all(), positions);
    if (round === 1) {
      const { width, height, places } = geometry.positions;
      const { length } = input.boxes;
      const layout = {
        width,
        height,
        boxes: places.slice(0, length),
        groups: places.slice(length),
        nets: geometry.nets,
      };
      return { layout, channels, router };
    }
    ({ sizes, positions } = geometry);
  }
}

function heightOf(channels: Channels, positions: Positions, boxes: number, stop: number): number {
  const { horizontal, place } = channels.stops[stop] as Stop;
  if (horizontal !== undefined) {
    return (positions.horizontals[horizontal] as number) + UNIT / 2;
  }
  const { y, height } = positions.places[place as number] as { y: number; height: number };
  return (place as number) >= boxes ? y + HEADER / 2 : y + height / 2;
}
