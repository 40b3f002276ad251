import { ringOf } from '../../../report/graph/layout/ring';
import type { LayoutInput, Point, Rect } from '../../../report/graph/layout/types';
import { overlaps } from './faults';
import { graph, holds } from './laid-out';

/** The largest are those of layout.slow.test.ts. */
const SHAPES: [number, number, number, number][] = [
  [5, 8, 60, 1],
  [1, 12, 14, 3],
  [3, 4, 12, 4],
  [8, 3, 40, 5],
  [2, 1, 1, 6],
  ...Array.from({ length: 12 }, (_, at): [number, number, number, number] => [
    1 + (at % 6),
    1 + (at % 5),
    3 + at * 2,
    100 + at,
  ]),
];

describe.each(SHAPES)('%i namespaces of %i workloads with %i lines, drawn %i', holds);

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

  if (islands === 20) {
    test('fit the width of a screen', () => {
      expect(layout.width).toBeLessThan(1600);
    });
  }
});

/** Whether a straight line runs through the inside of a rectangle. */
function isThrough([a, b]: readonly [Point, Point], { x, y, width, height }: Rect): boolean {
  return Array.from({ length: 401 }, (_, at) => at / 400).some((share) => {
    const [px, py] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
    return px > x && px < x + width && py > y && py < y + height;
  });
}
