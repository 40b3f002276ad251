import type { ChangedObject, ConnectivityComparison } from '../../analysis';
import { placeOf } from '../problems';

/** An object that a change comes from, and where it stands: `NetworkPolicy shop/db changed, dist/shop.yaml:12`. */
export function becauseLine({ object, change, file, line }: ChangedObject): string {
  return `${object} ${change === 'changed' ? 'changed' : `is ${change}`}, ${placeOf(file, line)}`;
}

const WHY: Readonly<Record<ConnectivityComparison['undecided'][number]['why'], string>> = {
  'not-evaluated': 'it is not evaluated',
  'not-shown': 'what it opens hangs on what manifests do not show, such as the network plugin',
  'unseen-pods': 'it changes what pods may do that are not among the manifests',
};

/** Why nobody can say what a changed object does. */
export function undecidedWhy({ why }: ConnectivityComparison['undecided'][number]): string {
  return WHY[why];
}
