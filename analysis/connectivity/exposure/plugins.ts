import type { Exposure } from '../types';

/**
 * Exposures as they are under both kinds of network plugins: what is not the same cannot be told.
 *
 * @param outside rows where an ipBlock matches addresses outside alone
 * @param everywhere the same rows where it matches pods too
 */
export function underEither(outside: readonly Exposure[], everywhere: readonly Exposure[]): readonly Exposure[] {
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
