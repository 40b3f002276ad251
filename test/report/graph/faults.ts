import type { Layout, LayoutInput, Point, Rect } from '../../../report/graph/layout/types';

/** Pieces of lines that meet a box which is none of their ends, or run through the frame of a group without one. */
export function through({ boxes, groups, nets }: LayoutInput, layout: Layout): string[] {
  return layout.nets.flatMap(({ pieces }, net) => {
    const ends = new Set([...(nets[net]?.sources ?? []), ...(nets[net]?.targets ?? [])]);
    const hit = (rects: readonly Rect[], isOwn: (at: number) => boolean) =>
      rects.flatMap((rect, at) =>
        !isOwn(at) && pieces.some((piece) => meets(piece, rect)) ? [`${net} meets ${at}`] : [],
      );
    return [
      ...hit(layout.boxes, (at) => ends.has(at)),
      ...hit(
        layout.groups,
        (at) => (groups[at]?.boxes ?? []).some((box) => ends.has(box)) || ends.has(boxes.length + at),
      ),
    ];
  });
}

function meets([a, b]: readonly [Point, Point], { x, y, width, height }: Rect): boolean {
  return (
    Math.max(a.x, b.x) > x &&
    Math.min(a.x, b.x) < x + width &&
    Math.max(a.y, b.y) > y &&
    Math.min(a.y, b.y) < y + height
  );
}

/** Pairs that have a part of their area in common. */
export function overlaps(rects: readonly Rect[]): number {
  let count = 0;
  for (const [at, a] of rects.entries()) {
    for (const b of rects.slice(at + 1)) {
      count += a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height ? 1 : 0;
    }
  }
  return count;
}

/** Where texts at arrows stand. */
export function labels({ nets }: LayoutInput, layout: Layout): Rect[] {
  return layout.nets.flatMap(({ tips }, net) => {
    const width = nets[net]?.labelWidth ?? 0;
    return tips
      .filter(({ isTarget }) => isTarget)
      .map(({ x, y, side }) => ({ x: side === 'left' ? x - 12 - width : x + 12, y: y - 5, width, height: 10 }));
  });
}

/** Pieces of two lines that lie on each other. */
export function coinciding({ nets }: Layout): number {
  const pieces = nets.flatMap(({ pieces: own }, net) => own.map((piece) => ({ net, piece })));
  let count = 0;
  for (const [
    at,
    {
      net,
      piece: [a, b],
    },
  ] of pieces.entries()) {
    for (const {
      net: other,
      piece: [c, d],
    } of pieces.slice(at + 1)) {
      const wide =
        a.y === b.y &&
        c.y === d.y &&
        a.y === c.y &&
        Math.max(a.x, b.x) > Math.min(c.x, d.x) &&
        Math.max(c.x, d.x) > Math.min(a.x, b.x);
      const tall =
        a.x === b.x &&
        c.x === d.x &&
        a.x === c.x &&
        Math.max(a.y, b.y) > Math.min(c.y, d.y) &&
        Math.max(c.y, d.y) > Math.min(a.y, b.y);
      count += net !== other && (wide || tall) ? 1 : 0;
    }
  }
  return count;
}
