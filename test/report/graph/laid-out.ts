import { layoutOf } from '../../../report/graph/layout/layout';
import { measured } from '../../../report/graph/layout/measure';
import type { LayoutInput } from '../../../report/graph/layout/types';
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
export function graph(groups: number, each: number, lines: number, seed: number): LayoutInput {
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

/** The tests of a picture of so many groups, boxes in each and lines. */
export function holds(groups: number, each: number, lines: number, seed: number): void {
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

  if (groups === 5 && lines === 60) {
    test('cross less than 180 times', () => {
      expect(measured(layout).crossings).toBeLessThan(180);
    });
  }

  // The large ones take their time.
  if (lines < 40) {
    test('are laid out the same every time', () => {
      expect(layoutOf(input)).toEqual(layout);
    });
  }
}
