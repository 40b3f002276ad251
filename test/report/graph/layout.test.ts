import { layoutOf } from '../../../report/graph/layout/layout';
import { measured } from '../../../report/graph/layout/measure';
import { ringOf } from '../../../report/graph/layout/ring';
import type { Layout, LayoutInput, Point, Rect } from '../../../report/graph/layout/types';

/** The same random numbers every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Groups of boxes, and lines between boxes that are not the same. */
function graph(groups: number, each: number, lines: number, seed: number): LayoutInput {
  const random = dice(seed);
  const pick = () => Math.floor(random() * groups * each);
  const box = (at: number) => ({ width: 100 + (at % 5) * 20, height: at % 3 === 0 ? 36 : 48 });
  return {
    boxes: Array.from({ length: groups * each }, (_, at) => box(at)),
    groups: Array.from({ length: groups }, (_, group) => ({
      boxes: Array.from({ length: each }, (_, at) => group * each + at),
      titleWidth: 60,
      framed: true,
      side: 'inside' as const,
    })),
    nets: Array.from({ length: lines }, () => {
      const [from, to] = [pick(), pick()];
      return { sources: [from], targets: [from === to ? (to + 1) % (groups * each) : to], labelWidth: 30 };
    }),
  };
}

/** Pieces of lines that meet a box which is none of their ends, or run through the frame of a group without one. */
function through({ boxes, groups, nets }: LayoutInput, layout: Layout): string[] {
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
function overlaps(rects: readonly Rect[]): number {
  let count = 0;
  for (const [at, a] of rects.entries()) {
    for (const b of rects.slice(at + 1)) {
      count += a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height ? 1 : 0;
    }
  }
  return count;
}

/** Where texts at arrows stand. */
function labels({ nets }: LayoutInput, layout: Layout): Rect[] {
  return layout.nets.flatMap(({ tips }, net) => {
    const width = nets[net]?.labelWidth ?? 0;
    return tips
      .filter(({ isTarget }) => isTarget)
      .map(({ x, y, side }) => ({ x: side === 'left' ? x - 12 - width : x + 12, y: y - 5, width, height: 10 }));
  });
}

/** Pieces of two lines that lie on each other. */
function coinciding({ nets }: Layout): number {
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

const SHAPES: [number, number, number, number][] = [
  [5, 8, 60, 1],
  [1, 20, 60, 2],
  [1, 12, 14, 3],
  [3, 4, 12, 4],
  [8, 3, 40, 5],
  [2, 1, 1, 6],
  [1, 25, 48, 7],
  [1, 25, 48, 8],
  ...Array.from({ length: 12 }, (_, at): [number, number, number, number] => [
    1 + (at % 6),
    1 + (at % 5),
    3 + at * 2,
    100 + at,
  ]),
];

describe.each(SHAPES)('%i namespaces of %i workloads with %i lines, drawn %i', (groups, each, lines, seed) => {
  const input = graph(groups, Math.max(each, groups === 1 ? 2 : 1), lines, seed);
  const layout = layoutOf(input);

  test('have no line through a foreign box or namespace', () => {
    expect(through(input, layout)).toEqual([]);
  });

  test('have no boxes, namespaces and texts that overlap', () => {
    expect([overlaps(layout.boxes), overlaps(layout.groups), overlaps(labels(input, layout))]).toEqual([0, 0, 0]);
  });

  test('have no text on a foreign box, and no two lines on each other', () => {
    const onBox = labels(input, layout).filter((label) => layout.boxes.some((box) => overlaps([label, box]) > 0));
    expect([onBox, coinciding(layout)]).toEqual([[], 0]);
  });

  test('have every line begin and end at its boxes', () => {
    const ends = layout.nets.map(({ tips }) => new Set(tips.map(({ place }) => place)));
    expect(ends).toEqual(input.nets.map(({ sources, targets }) => new Set([...sources, ...targets])));
  });

  test('are laid out the same every time', () => {
    expect(layoutOf(input)).toEqual(layout);
  });
});

test('60 random lines between 5 namespaces of 8 workloads, none bundled, cross less than 200 times', () => {
  expect(measured(layoutOf(graph(5, 8, 60, 1))).crossings).toBeLessThan(200);
});

describe.each([
  [20, 500, 7],
  [20, 60, 8],
  [9, 36, 9],
  [60, 400, 10],
])('%i islands around, with %i lines, drawn %i', (islands, lines, seed) => {
  const input = graph(1, islands, lines, seed);
  const layout = ringOf(input);

  test('have no line through a foreign box', () => {
    const hit = layout.nets.flatMap(({ pieces }, net) => {
      const { sources, targets } = input.nets[net] as LayoutInput['nets'][number];
      return layout.boxes.filter(
        (rect, box) =>
          !sources.includes(box) && !targets.includes(box) && pieces.some((piece) => isThrough(piece, rect)),
      );
    });
    expect(hit).toEqual([]);
  });

  test('have no boxes that overlap, and every line ends at its boxes', () => {
    expect(overlaps(layout.boxes)).toBe(0);
    for (const [net, { tips }] of layout.nets.entries()) {
      expect(tips.map(({ place }) => [place])).toEqual([input.nets[net]?.sources, input.nets[net]?.targets]);
      for (const { x, y, place } of tips) {
        const rect = layout.boxes[place] as Rect;
        expect(
          Math.max(rect.x - x, x - rect.x - rect.width, 0) + Math.max(rect.y - y, y - rect.y - rect.height, 0),
        ).toBeLessThan(rect.width / 2);
      }
    }
  });

  test('are laid out the same every time', () => {
    expect(ringOf(input)).toEqual(layout);
  });
});

test('20 islands with 500 lines fit the width of a screen', () => {
  expect(ringOf(graph(1, 20, 500, 7)).width).toBeLessThan(1600);
});

/** Whether a straight line runs through the inside of a rectangle. */
function isThrough([a, b]: readonly [Point, Point], { x, y, width, height }: Rect): boolean {
  return Array.from({ length: 401 }, (_, at) => at / 400).some((share) => {
    const [px, py] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
    return px > x && px < x + width && py > y && py < y + height;
  });
}
