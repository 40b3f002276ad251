import type { External } from '../../analysis/connectivity';
import { isSameFamily, rangeOf } from '../connections/merged';
import { peerLabel } from '../peers';

/** So many ranges are named; of more the rest is counted. */
const SHOWN = 2;

/** What some ranges of an answer are together, in words: `10.0.0.0/8`, or `any IPv4 but 169.254.169.254`. */
export function addressesLabel(places: readonly number[], externals: readonly External[]): string {
  const families = [false, true].map((isV6) =>
    [...externals.keys()].filter((at) => externals[at]?.ipRange.includes(':') === isV6),
  );
  const own = new Set(places);
  return families
    .flatMap((family, isV6) => {
      const inside = ranges(
        family.filter((at) => own.has(at)),
        externals,
      );
      const outside = ranges(
        family.filter((at) => !own.has(at)),
        externals,
      );
      const all = `any IPv${isV6 === 0 ? 4 : 6}`;
      return inside.length === 0
        ? []
        : outside.length === 0
          ? [all]
          : outside.length < inside.length || (inside.length > 1 && outside.length <= SHOWN)
            ? [`${all} but ${listed(outside)}`]
            : [listed(inside)];
    })
    .join(', ');
}

function listed(texts: readonly string[]): string {
  return texts.length <= SHOWN ? texts.join(', ') : `${texts.slice(0, SHOWN).join(', ')} +${texts.length - SHOWN}`;
}

/** Neighbours as one. */
function ranges(places: readonly number[], externals: readonly External[]): string[] {
  const runs: { readonly first: External; last: External; at: number }[] = [];
  for (const at of places) {
    const external = externals[at] as External;
    const run = runs.at(-1);
    if (run !== undefined && run.at === at - 1 && isSameFamily(run.last, external)) {
      run.last = external;
      run.at = at;
    } else {
      runs.push({ first: external, last: external, at });
    }
  }
  return runs.map((run) => peerLabel(rangeOf(run)));
}
