import { jsonText } from '../json';
import type { Placed } from '../problems';
import { withWarnings } from '../warnings';
import type { Graph } from './model';

/** A graph as JSON: islands, nodes and lines, which name each other by their places, and what reading the manifests warns of. */
export function graphJson(
  { islands, nodes, lines, isChange, unseen, notes }: Graph,
  warnings: readonly Placed[] = [],
): string {
  return `${jsonText(withWarnings({ islands, nodes, lines, isChange, unseen, ...(notes === undefined ? {} : { notes }) }, warnings), 2)}\n`;
}
