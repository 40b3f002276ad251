import type { Model, ReadOptions } from '../read/read';
import type { Exposure } from '../types';

/**
 * Exposures as they are in every way to understand the manifests: what is not the same in all of them cannot be told.
 *
 * @param rows as they are told
 * @param under the same rows of the manifests read otherwise
 */
export function inEveryWay(
  rows: readonly Exposure[],
  { doubts, hasBlocks }: Pick<Model, 'doubts' | 'hasBlocks'>,
  options: ReadOptions,
  under: (options: ReadOptions) => readonly Exposure[],
): readonly Exposure[] {
  if (rows.length === 0) {
    return rows;
  }
  const doubting = { ...options, doubtsLabels: doubts.includes('labels') };
  const known = doubting.doubtsLabels ? underLabels(rows, under(doubting)) : rows;
  return options.ipBlocks === undefined && hasBlocks
    ? underEither(known, under({ ...doubting, ipBlocks: 'everywhere' }))
    : known;
}

/**
 * Exposures as they are under both kinds of network plugins: what is not the same cannot be told.
 *
 * @param outside rows where an ipBlock matches addresses outside alone
 * @param everywhere the same rows where it matches pods too
 */
function underEither(outside: readonly Exposure[], everywhere: readonly Exposure[]): readonly Exposure[] {
  return outside.map((row, place) => {
    const other = everywhere[place] as Exposure;
    return row.reachable === other.reachable
      ? row
      : {
          ...row,
          reachable: null,
          why: `it hangs on whether the network plugin lets an ipBlock match pods (--ip-blocks): if not, ${row.why}; if so, ${other.why}`,
        };
  });
}

/**
 * Exposures as they are whatever labels namespaces have that are not among the manifests: what hangs on them cannot be told.
 *
 * @param plain rows where such a namespace has no labels but its name
 * @param doubting the same rows where nobody knows its labels
 */
function underLabels(plain: readonly Exposure[], doubting: readonly Exposure[]): readonly Exposure[] {
  return plain.map((row, place) =>
    row.reachable === doubting[place]?.reachable
      ? row
      : {
          ...row,
          reachable: null,
          why: `it hangs on labels of a namespace that is not among the manifests: without them, ${row.why}`,
        },
  );
}
