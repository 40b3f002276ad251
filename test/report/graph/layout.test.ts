import { layoutOf } from '../../../report/graph/layout/layout';
import { measured } from '../../../report/graph/layout/measure';
import { ringOf } from '../../../report/graph/layout/ring';
import type { LayoutInput, Point, Rect } from '../../../report/graph/layout/types';
import { coinciding, labels, overlaps, through } from './faults';

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

  // The large ones take their time.
  if (lines < 40) {
    test('are laid out the same every time', () => {
      expect(layoutOf(input)).toEqual(layout);
    });
  }
});

test('60 random lines between 5 namespaces of 8 workloads, none bundled, cross less than 180 times', () => {
  expect(measured(layoutOf(graph(5, 8, 60, 1))).crossings).toBeLessThan(180);
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
