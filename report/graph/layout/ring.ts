import type { Drawn, Layout, LayoutInput, Point, Rect } from './types';

/** Free room between neighbours. */
const GAP = 16;
/** A screen is wider than it is high. */
const FLATNESS = 0.68;

/**
 * Lays a picture out that has too many lines for channels: boxes around an ellipse, and straight lines inside it. Every box lies
 * beyond the tangent at the point where its lines end, so that no line meets a box which is none of its ends. Groups have no
 * frame: their rectangles are empty. The same input gives the same layout.
 */
export function ringOf(input: LayoutInput): Layout {
  const { boxes, groups, nets } = input;
  const order = orderOf(input);
  for (let radius = 160; ; radius *= 1.06) {
    const placed = placedOn(input, order, radius);
    if (!anyOverlap(placed.map(({ rect }) => rect))) {
      const left = Math.min(...placed.map(({ rect }) => rect.x));
      const top = Math.min(...placed.map(({ rect }) => rect.y));
      const moved = placed.map(({ rect, end }) => ({
        rect: { ...rect, x: rect.x - left, y: rect.y - top },
        end: { x: end.x - left, y: end.y - top },
      }));
      const lineOf = ({ sources: [from], targets: [to] }: LayoutInput['nets'][number]): Drawn => {
        const [a, b] = [moved[from as number]?.end as Point, moved[to as number]?.end as Point];
        const tip = (at: Point, place: number, isTarget: boolean) => ({
          ...at,
          place,
          side: at.x > (moved[place]?.rect.x as number) ? ('right' as const) : ('left' as const),
          isTarget,
        });
        return { pieces: [[a, b]], tips: [tip(a, from as number, false), tip(b, to as number, true)] };
      };
      return {
        width: Math.max(...moved.map(({ rect }) => rect.x + rect.width)),
        height: Math.max(...moved.map(({ rect }) => rect.y + rect.height)),
        boxes: boxes.map((_, box) => moved[box]?.rect as Rect),
        groups: groups.map(() => ({ x: 0, y: 0, width: 0, height: 0 })),
        nets: nets.map(lineOf),
      };
    }
  }
}

/** Boxes around an ellipse, each with as much of it as its side takes; by box. */
function placedOn({ boxes }: LayoutInput, order: readonly number[], radius: number) {
  const steps = 720;
  const points = Array.from({ length: steps }, (_, at) => {
    const angle = (at / steps) * 2 * Math.PI - Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const size = Math.hypot(cos * FLATNESS, sin);
    return {
      x: radius * cos,
      y: radius * FLATNESS * sin,
      normal: { x: (cos * FLATNESS) / size, y: sin / size },
      arc: (radius * 2 * Math.PI * Math.hypot(sin, FLATNESS * cos)) / steps,
    };
  });
  // How much of the ellipse a box takes depends on where it stands: it lies flat above and below, and upright beside.
  const widest = Math.max(...boxes.map(({ width }) => width));
  const tallest = Math.max(...boxes.map(({ height }) => height));
  const share = points.map(({ normal, arc }) => arc / ((Math.abs(normal.y) > 0.5 ? widest : tallest) + GAP));
  const total = share.reduce((all, one) => all + one, 0);
  const placed: { rect: Rect; end: Point }[] = [];
  let [done, next] = [0, 0];
  for (const [at, { x, y, normal }] of points.entries()) {
    while (next < order.length && (next + 0.5) / order.length <= (done + (share[at] as number)) / total) {
      const box = order[next++] as number;
      const { width, height } = boxes[box] as { width: number; height: number };
      const away = (width / 2) * Math.abs(normal.x) + (height / 2) * Math.abs(normal.y) + 2;
      const rect = { x: Math.round(x + normal.x * away - width / 2), y: Math.round(y + normal.y * away - height / 2) };
      placed[box] = { rect: { ...rect, width, height }, end: { x: Math.round(x), y: Math.round(y) } };
    }
    done += share[at] as number;
  }
  return placed;
}

/** An order around in which what is connected stands near: begun by what hangs together most, bettered by swaps. */
function orderOf({ boxes, nets }: LayoutInput): number[] {
  const weight = boxes.map(() => boxes.map(() => 0));
  for (const {
    sources: [from],
    targets: [to],
  } of nets) {
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as [number, number][]) {
      (weight[a] as number[])[b] = (weight[a]?.[b] ?? 0) + 1;
    }
  }
  const order = [...boxes.keys()];
  const apart = (a: number, b: number) => Math.min(Math.abs(a - b), order.length - Math.abs(a - b));
  const cost = (at: number) =>
    order.reduce((all, other, place) => all + (weight[order[at] as number]?.[other] ?? 0) * apart(at, place), 0);
  const swap = (a: number, b: number) => {
    [order[a], order[b]] = [order[b] as number, order[a] as number];
  };
  for (let round = 0, isBetter = true; isBetter && round < 12; round++) {
    isBetter = false;
    for (let a = 0; a < order.length; a++) {
      for (let b = a + 1; b < order.length; b++) {
        const before = cost(a) + cost(b);
        swap(a, b);
        if (cost(a) + cost(b) < before - 1e-9) {
          isBetter = true;
        } else {
          swap(a, b);
        }
      }
    }
  }
  return order;
}

function anyOverlap(rects: readonly Rect[]): boolean {
  return rects.some((a, at) =>
    rects
      .slice(at + 1)
      .some(
        (b) =>
          a.x < b.x + b.width + GAP / 2 &&
          b.x < a.x + a.width + GAP / 2 &&
          a.y < b.y + b.height + GAP / 2 &&
          b.y < a.y + a.height + GAP / 2,
      ),
  );
}
