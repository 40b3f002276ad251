import type { Layout } from './types';

/** How well a layout reads. */
export interface Measure {
  /** Pairs of lines that cross, each point counted. */
  readonly crossings: number;
  readonly bends: number;
  /** The length of all lines. */
  readonly length: number;
}

/** Counts what makes a picture hard to read. */
export function measured({ nets }: Pick<Layout, 'nets'>): Measure {
  let [crossings, bends, length] = [0, 0, 0];
  const wide: { net: number; y: number; from: number; to: number }[] = [];
  const tall: { net: number; x: number; from: number; to: number }[] = [];
  for (const [net, { pieces }] of nets.entries()) {
    bends += Math.max(0, pieces.length - 1);
    for (const [a, b] of pieces) {
      length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
      if (a.y === b.y) {
        wide.push({ net, y: a.y, from: Math.min(a.x, b.x), to: Math.max(a.x, b.x) });
      }
      if (a.x === b.x && a.y !== b.y) {
        tall.push({ net, x: a.x, from: Math.min(a.y, b.y), to: Math.max(a.y, b.y) });
      }
    }
  }
  for (const one of wide) {
    for (const other of tall) {
      const crosses = one.from < other.x && other.x < one.to && other.from < one.y && one.y < other.to;
      crossings += one.net !== other.net && crosses ? 1 : 0;
    }
  }
  return { crossings, bends, length };
}
