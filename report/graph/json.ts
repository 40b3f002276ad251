import { jsonText } from '../json';
import type { Graph } from './model';

/** A graph as JSON: islands, nodes and lines, which name each other by their places. */
export function graphJson({ islands, nodes, lines, isChange }: Graph): string {
  return `${jsonText({ islands, nodes, lines, isChange }, 2)}\n`;
}
