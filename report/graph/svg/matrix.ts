import type { Graph } from '../model';
import { fitted, xml } from './text';

const CELL = 26;
const NAMES = 170;

/** A table of boxes: how many lines lead from each row to each column. */
export function matrix(
  { nodes, lines }: Graph,
  x: number,
  y: number,
): { readonly text: string; readonly width: number; readonly height: number } {
  const shown = [...nodes.keys()].filter((at) => nodes[at]?.kind === 'island');
  const place = new Map(shown.map((node, at) => [node, at]));
  const counts = new Map<string, { row: number; column: number; count: number }>();
  for (const { from, to, count } of lines) {
    const [row, column] = [place.get(from), place.get(to)];
    if (row !== undefined && column !== undefined) {
      const key = `${row} ${column}`;
      counts.set(key, { row, column, count: (counts.get(key)?.count ?? 0) + count });
    }
  }
  for (const [at, node] of shown.entries()) {
    const { count = 0 } = nodes[node]?.inside ?? {};
    if (count > 0) {
      counts.set(`${at} ${at}`, { row: at, column: at, count });
    }
  }
  const size = shown.length * CELL;
  const name = (node: number) => xml(fitted(nodes[node]?.label ?? '', 10.5, NAMES - 30));
  const parts = shown.flatMap((node, at) => [
    `<text class="soft" x="${NAMES - 8}" y="${at * CELL + 17 + 34}" text-anchor="end">${at + 1}  ${name(node)}</text>`,
    `<text class="soft" x="${NAMES + at * CELL + CELL / 2}" y="28" text-anchor="middle">${at + 1}</text>`,
    `<rect class="box" x="${NAMES}" y="${34 + at * CELL}" width="${size}" height="${CELL}"/>`,
  ]);
  for (const { row, column, count } of counts.values()) {
    const text = count > 999 ? `${Math.floor(count / 1000)}k` : `${count}`;
    parts.push(
      `<g><title>${xml(`${nodes[shown[row] as number]?.label} → ${nodes[shown[column] as number]?.label}: ${count}`)}</title><rect class="out" x="${NAMES + column * CELL + 1}" y="${35 + row * CELL}" width="${CELL - 2}" height="${CELL - 2}"/><text class="outtext" x="${NAMES + column * CELL + CELL / 2}" y="${34 + row * CELL + 17}" text-anchor="middle">${text}</text></g>`,
    );
  }
  const title = `<text class="title" x="0" y="10">From row to column</text>`;
  return {
    text: `<g transform="translate(${x} ${y})">${title}${parts.join('\n')}</g>`,
    width: NAMES + size,
    height: size + 60,
  };
}
