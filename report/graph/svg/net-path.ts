import type { Drawn, Point } from '../layout/types';

const RADIUS = 5;

/** The path of a line, its corners rounded, and the points at which it divides. */
export function pathOf({ pieces }: Pick<Drawn, 'pieces'>): {
  readonly path: string;
  readonly joints: readonly Point[];
} {
  const points = new Map<string, Point>();
  const links = new Map<string, Set<string>>();
  const key = ({ x, y }: Point) => `${x} ${y}`;
  const all = pieces.flat();
  for (const [a, b] of pieces) {
    // A piece is cut where others end on it.
    const on = all.filter((p) =>
      a.y === b.y
        ? p.y === a.y && p.x >= Math.min(a.x, b.x) && p.x <= Math.max(a.x, b.x)
        : p.x === a.x && p.y >= Math.min(a.y, b.y) && p.y <= Math.max(a.y, b.y),
    );
    on.sort((p, q) => p.x - q.x || p.y - q.y);
    for (const [at, p] of on.entries()) {
      points.set(key(p), p);
      const last = on[at - 1];
      if (last !== undefined && key(last) !== key(p)) {
        links.set(key(p), (links.get(key(p)) ?? new Set()).add(key(last)));
        links.set(key(last), (links.get(key(last)) ?? new Set()).add(key(p)));
      }
    }
  }
  const degree = (at: string) => links.get(at)?.size ?? 0;
  const done = new Set<string>();
  const parts: string[] = [];
  for (const [start, others] of links) {
    for (const next of degree(start) === 2 ? [] : others) {
      if (done.has(`${start}|${next}`)) {
        continue;
      }
      const way = [start, next];
      while (degree(way.at(-1) as string) === 2) {
        const [last, before] = [way.at(-1) as string, way.at(-2) as string];
        way.push([...(links.get(last) as Set<string>)].find((one) => one !== before) as string);
      }
      for (let at = 1; at < way.length; at++) {
        done.add(`${way[at]}|${way[at - 1]}`);
        done.add(`${way[at - 1]}|${way[at]}`);
      }
      parts.push(rounded(way.map((at) => points.get(at) as Point)));
    }
  }
  return {
    path: parts.join(''),
    joints: [...links.keys()].filter((at) => degree(at) > 2).map((at) => points.get(at) as Point),
  };
}

function rounded(way: readonly Point[]): string {
  let text = `M${way[0]?.x} ${way[0]?.y}`;
  for (let at = 1; at < way.length; at++) {
    const [before, here, next] = [way[at - 1] as Point, way[at] as Point, way[at + 1]];
    if (next === undefined) {
      text += `L${here.x} ${here.y}`;
      continue;
    }
    const reach = Math.min(RADIUS, distance(before, here) / 2, distance(here, next) / 2);
    const [from, to] = [towards(here, before, reach), towards(here, next, reach)];
    text += `L${from.x} ${from.y}Q${here.x} ${here.y} ${to.x} ${to.y}`;
  }
  return text;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
